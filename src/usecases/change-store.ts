import type { AppContext } from '../context.ts'
import type { Store } from '../domain/views.ts'
import { setStore, storeBySource } from '../store/stores.ts'
import { checkZone } from './add-store.ts'
import { type Asked, loggedOf, wasChangedBefore } from './change-log.ts'

export type ChangeStoreRequest = Asked & {
  sourceId: string
  change: Partial<Pick<Store, 'name' | 'address' | 'zone'>>
}

export type ChangeStoreResult =
  | { outcome: 'changed' | 'unchanged'; store: Store }
  | { outcome: 'refused'; reason: 'unknown_store' }

/** Changes a store's name, address or zone; vouchers that people have keep their last day. */
export async function changeStore(
  app: AppContext,
  request: ChangeStoreRequest,
): Promise<ChangeStoreResult> {
  const { merchantId, sourceId, change } = request
  if (change.zone !== undefined) checkZone(change.zone)
  const logged = loggedOf(request, [sourceId, change])
  const isChanged = await setStore(app.db, merchantId, sourceId, change, logged)
  if (!isChanged) await wasChangedBefore(app, request, logged)
  const store = await storeBySource(app.db, merchantId, sourceId)
  if (!store) return { outcome: 'refused', reason: 'unknown_store' }
  return { outcome: isChanged ? 'changed' : 'unchanged', store }
}

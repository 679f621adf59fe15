import type { AppContext } from '../context.ts'
import type { Store } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { storeBySource, addStore as storeStore } from '../store/stores.ts'

export type AddStoreRequest = {
  merchantId: string
  sourceId: string
  name: string
  address: string
  zone: string
  /** `telegram:42` or `cli`; left out: the merchant's own system, `api`. */
  by?: string | undefined
}

/** Adds a store under the merchant's own id of it; adding it again leaves it as it is. */
export async function addStore(
  app: AppContext,
  request: AddStoreRequest,
): Promise<{ outcome: 'added' | 'exists'; store: Store }> {
  const { merchantId, by = 'api', ...given } = request
  checkZone(given.zone)
  const store = { storeId: newId('sto'), ...given }
  const logged = { changeId: newId('chg'), by }
  if (await storeStore(app.db, merchantId, store, logged)) return { outcome: 'added', store }
  return {
    outcome: 'exists',
    store: (await storeBySource(app.db, merchantId, given.sourceId)) ?? store,
  }
}

/** @throws AppError when this is no time zone by its IANA name */
export function checkZone(zone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch (cause) {
    throw new AppError(
      'ERR_REQUEST_INVALID',
      'The time zone must be an IANA name such as Europe/London.',
      { cause },
    )
  }
}

import type { AppContext } from '../context.ts'
import type { Store } from '../domain/views.ts'
import { storesOf } from '../store/stores.ts'

/** A merchant's stores. */
export async function listStores(app: AppContext, merchantId: string): Promise<Store[]> {
  return storesOf(app.db, merchantId)
}

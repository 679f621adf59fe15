import type { AppContext } from '../context.ts'
import { AppError } from '../errors.ts'
import { storesOf } from '../store/stores.ts'

/** @throws AppError when one of these is no store of the merchant's; stores are never deleted */
export async function checkStores(
  app: AppContext,
  merchantId: string,
  storeIds: readonly string[],
): Promise<void> {
  if (storeIds.length === 0) return
  const own = new Set((await storesOf(app.db, merchantId)).map(({ storeId }) => storeId))
  if (storeIds.every((id) => own.has(id))) return
  throw new AppError('ERR_STORE_NOT_FOUND', 'There is no such store at this merchant.')
}

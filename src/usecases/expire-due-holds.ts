import type { AppContext } from '../context.ts'
import { expireHolds, merchantsWithDueHolds } from '../store/holds.ts'
import { merchantByMerchant } from './merchant-by-merchant.ts'

const AT_ONCE = 1000

/** Tidies holds that are past their end. They keep nobody from spending since that moment. */
export async function expireDueHolds(app: AppContext): Promise<number> {
  return merchantByMerchant(await merchantsWithDueHolds(app.db), AT_ONCE, (merchantId) =>
    expireHolds(app.db, merchantId, AT_ONCE),
  )
}

import type { AppContext } from '../context.ts'
import { expireVouchers, merchantsWithDueVouchers } from '../store/vouchers.ts'
import { merchantByMerchant } from './merchant-by-merchant.ts'

const AT_ONCE = 1000

/** Expires vouchers whose last day is over and books what was left of them. */
export async function expireDueVouchers(app: AppContext): Promise<number> {
  return merchantByMerchant(await merchantsWithDueVouchers(app.db), AT_ONCE, (merchantId) =>
    expireVouchers(app.db, merchantId, AT_ONCE),
  )
}

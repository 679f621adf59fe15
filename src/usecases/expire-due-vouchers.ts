import type { AppContext } from '../context.ts'
import { expireVouchers, merchantsWithDueVouchers } from '../store/vouchers.ts'

const AT_ONCE = 1000

/** Expires vouchers whose last day is over and books what was left of them. */
export async function expireDueVouchers(app: AppContext): Promise<number> {
  let expired = 0
  for (const merchantId of await merchantsWithDueVouchers(app.db)) {
    for (;;) {
      const some = await expireVouchers(app.db, merchantId, AT_ONCE)
      expired += some
      if (some < AT_ONCE) break
    }
  }
  return expired
}

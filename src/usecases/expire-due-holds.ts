import type { AppContext } from '../context.ts'
import { expireHolds, merchantsWithDueHolds } from '../store/holds.ts'

const AT_ONCE = 1000

/** Tidies holds that are past their end. They keep nobody from spending since that moment. */
export async function expireDueHolds(app: AppContext): Promise<number> {
  let expired = 0
  for (const merchantId of await merchantsWithDueHolds(app.db)) {
    for (;;) {
      const some = await expireHolds(app.db, merchantId, AT_ONCE)
      expired += some
      if (some < AT_ONCE) break
    }
  }
  return expired
}

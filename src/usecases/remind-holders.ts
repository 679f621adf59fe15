import type { AppContext } from '../context.ts'
import { merchantsToRemind, remindHolders as remind } from '../store/reminders.ts'

/** More cannot be sent before the clock comes round again. */
const AT_ONCE = 5000

/** Reminds people of vouchers that end within 72 and within 12 hours, outside their nights. */
export async function remindHolders(app: AppContext): Promise<number> {
  let reminded = 0
  for (const merchantId of await merchantsToRemind(app.db)) {
    reminded += await remind(app.db, merchantId, AT_ONCE)
  }
  if (reminded > 0) app.wakeOutbox()
  return reminded
}

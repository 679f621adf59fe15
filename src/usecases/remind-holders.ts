import type { AppContext } from '../context.ts'
import {
  isReminderDue as isDue,
  merchantsToRemind,
  remindHolders as remind,
} from '../store/reminders.ts'

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

/** Whether a reminder that was kept is still worth sending: the voucher may be spent meanwhile. */
export async function isReminderDue(
  app: AppContext,
  { merchantId, voucherId }: { merchantId: string; voucherId: string },
): Promise<boolean> {
  return isDue(app.db, merchantId, voucherId)
}

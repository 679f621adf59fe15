import type { AppContext } from '../context.ts'
import {
  isReminderDue as isDue,
  merchantsToRemind,
  type ReminderPlace,
  remindHolders as remind,
} from '../store/reminders.ts'

/** So many at a time, so that no statement takes long. */
const LOOK = 5_000
/** More cannot be sent before the clock comes round again. */
const MOST = 15_000

/** Reminds people of vouchers that end within 72 and within 12 hours, outside their nights. */
export async function remindHolders(app: AppContext): Promise<number> {
  let reminded = 0
  for (const merchantId of await merchantsToRemind(app.db)) {
    let place: ReminderPlace | undefined
    do {
      const some = await remind(app.db, merchantId, LOOK, place)
      reminded += some.reminded
      place = some.next
    } while (place && reminded < MOST)
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

import type { AppContext } from '../context.ts'
import { drawQr } from '../pictures/qr-picture.ts'
import type { LeasedMessage } from '../store/outbox.ts'
import { exportPerson } from '../usecases/export-person.ts'
import { voucherOf } from '../usecases/list-vouchers.ts'
import { isReminderDue } from '../usecases/remind-holders.ts'
import { showVoucher } from '../usecases/show-voucher.ts'
import { drawReminder } from './draw/notice.ts'
import { drawPersonExport } from './draw/privacy.ts'
import { drawVoucherCard, isUsable } from './draw/voucher.ts'
import type { Message } from './message.ts'
import type { Texts } from './texts.ts'

/** What a person is told of their own: it is drawn when it is sent, from what is true then. */
export async function drawPersonEvent(
  app: AppContext,
  t: Texts,
  { merchantId, kind, personId, payload }: LeasedMessage,
): Promise<Message | undefined> {
  if (personId === null) return undefined
  const place = { merchantId, personId, voucherId: String(payload['voucherId']) }
  switch (kind) {
    case 'voucher_ends': {
      const isDue = await isReminderDue(app, place)
      const voucher = isDue ? await voucherOf(app, place) : undefined
      return voucher && drawReminder(t, voucher, app.bot)
    }
    case 'voucher_card': {
      const shown = await showVoucher(app, place)
      const picture =
        shown && isUsable(shown.voucher) ? await drawQr(shown.voucher.code) : undefined
      return shown && drawVoucherCard(t, shown, picture)
    }
    default:
      return drawPersonExport(t, await exportPerson(app, personId))
  }
}

import type { VoucherView } from '../../domain/views.ts'
import type { Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import type { AppPlace } from './order.ts'
import { bold, callbackButton, cut, GAP, html, linesOf, voucherWorth } from './parts.ts'
import { drawVoucher } from './voucher.ts'

/** Tells a holder that their voucher was spent, or got its value back. */
export function drawSpending(
  t: Texts,
  what: 'notice-redeemed' | 'notice-rolled-back' | 'notice-refunded',
  spending: { amountMinor: number; voucher: VoucherView },
  place: AppPlace,
): Message {
  const { amountMinor, voucher } = spending
  const amount = t.money(amountMinor, voucher.currency)
  const sign = what === 'notice-redeemed' ? '✅' : '↩️'
  const headline = bold(t.html(what, { amount, merchant: voucher.merchantName }))
  const worth = bold(html(voucherWorth(t, voucher)))
  return drawVoucher(t, linesOf(`${sign} ${headline}`, GAP, worth), voucher, place)
}

/** Tells a holder that a voucher is theirs no more, since the order that it was shared from is gone. */
export function drawRevoked(t: Texts, voucher: VoucherView): Message {
  const { merchantName: merchant, name } = voucher
  return {
    text: linesOf(
      bold(t.html('notice-revoked', { merchant })),
      `${html(cut(name, 80))} · ${html(voucherWorth(t, voucher))}`,
      t.html('notice-revoked-why'),
    ),
  }
}

/** Reminds a holder of a voucher that ends soon; one tap, and no other reminder comes. */
export function drawReminder(t: Texts, voucher: VoucherView, place: AppPlace): Message {
  const value = cut(voucherWorth(t, voucher), 100)
  const headline = t.html('notice-ends', { value, merchant: voucher.merchantName })
  const message = drawVoucher(t, `⏰ ${bold(headline)}`, voucher, place)
  const stop = callbackButton(t.plain('button-reminders-off'), 'b:off')
  return { ...message, buttons: [...(message.buttons ?? []), [stop]] }
}

import { spellCode } from '../../domain/code.ts'
import type { RedemptionView, VoucherView } from '../../domain/views.ts'
import { exampleAmount } from '../form.ts'
import type { Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { bold, callbackButton, code, cut, html, linesOf, voucherWorth } from './parts.ts'

/** What a cashier sees after redeeming, with the way back. */
export function drawRedemption(t: Texts, redemption: RedemptionView, isRepeated: boolean): Message {
  const { voucher, amountMinor, balanceAfterMinor, unusedMinor, redemptionId } = redemption
  // Of a percentage only the most that it may take off is left: nothing is lost.
  const isLost = unusedMinor > 0 && voucher.kind !== 'percent_off'
  return {
    text: linesOf(
      `✅ ${bold(t.html('redeem-done', { amount: t.money(amountMinor, voucher.currency) }))}`,
      isRepeated && t.html('redeem-repeated'),
      ...drawVoucherLine(t, voucher),
      balanceAfterMinor > 0 &&
        t.html('redeem-left', { amount: t.money(balanceAfterMinor, voucher.currency) }),
      isLost && `⚠️ ${t.html('redeem-unused', { amount: t.money(unusedMinor, voucher.currency) })}`,
    ),
    buttons: [[callbackButton(t.plain('button-undo'), `u:${voucher.merchantId}:${redemptionId}`)]],
  }
}

/** Asks what a percentage took off, with the command to finish: nobody but the till knows. */
export function drawAmountQuestion(t: Texts, voucher: VoucherView): Message {
  const command = `/redeem ${spellCode(voucher.code)} ${exampleAmount(voucher.currency)}`
  return {
    text: linesOf(
      `❌ ${t.html('redeem-amount_required')}`,
      ...drawVoucherLine(t, voucher),
      t.html('form-example'),
      code(command),
    ),
  }
}

/** What stands there once the redemption is undone. */
export function drawUndone(t: Texts, redemption: RedemptionView): Message {
  const { voucher, rolledBackMinor } = redemption
  return {
    text: linesOf(
      `↩️ ${bold(t.html('undo-done', { amount: t.money(rolledBackMinor, voucher.currency) }))}`,
      ...drawVoucherLine(t, voucher),
    ),
  }
}

export function drawRefusedRedemption(t: Texts, reason: string, usedAt?: Date): Message {
  const words = usedAt
    ? t.html(`redeem-${reason}-at`, { moment: t.moment(usedAt) })
    : t.html(`redeem-${reason}`)
  return { text: `❌ ${words}` }
}

function drawVoucherLine(t: Texts, voucher: VoucherView): string[] {
  return [
    `${html(cut(voucher.name, 80))} · ${html(voucherWorth(t, voucher))}`,
    code(spellCode(voucher.code)),
  ]
}

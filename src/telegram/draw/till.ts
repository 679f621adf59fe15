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
      ...drawVoucherLines(t, voucher),
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
      ...drawVoucherLines(t, voucher),
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
      ...drawVoucherLines(t, voucher),
    ),
  }
}

export function drawRefusedRedemption(t: Texts, reason: string, usedAt?: Date): Message {
  const words = usedAt
    ? t.html(`redeem-${reason}-at`, { moment: t.moment(usedAt) })
    : t.html(`redeem-${reason}`)
  return { text: `❌ ${words}` }
}

/** What it is and what it is tied to, which only the till can check. */
function drawVoucherLines(t: Texts, voucher: VoucherView): (string | false)[] {
  const { name, minSpendMinor, currency, storeName, storeAddress } = voucher
  const store = [storeName, storeAddress].filter(Boolean).join(', ')
  return [
    `${html(cut(name, 80))} · ${html(voucherWorth(t, voucher))}`,
    minSpendMinor > 0 && t.html('voucher-min-spend', { amount: t.money(minSpendMinor, currency) }),
    storeName !== undefined && t.html('redeem-only-at', { store: cut(store, 200) }),
    code(spellCode(voucher.code)),
  ]
}

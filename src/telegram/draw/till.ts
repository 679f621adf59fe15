import { spellCode } from '../../domain/code.ts'
import type { RedemptionView, RollbackView, UsedView, VoucherView } from '../../domain/views.ts'
import type { RedeemResult } from '../../usecases/redeem-voucher.ts'
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
      redemption.orderMinor !== undefined &&
        t.html('redeem-order', { amount: t.money(redemption.orderMinor, voucher.currency) }),
      ...drawVoucherLines(t, voucher),
      balanceAfterMinor > 0 &&
        t.html('redeem-left', { amount: t.money(balanceAfterMinor, voucher.currency) }),
      isLost && `⚠️ ${t.html('redeem-unused', { amount: t.money(unusedMinor, voucher.currency) })}`,
    ),
    buttons: [[callbackButton(t.plain('button-undo'), `u:${voucher.merchantId}:${redemptionId}`)]],
  }
}

/** What stands there once the redemption is undone. */
export function drawUndone(
  t: Texts,
  { redemption, rollback }: { redemption: RedemptionView; rollback: RollbackView },
): Message {
  const { voucher } = redemption
  const amount = t.money(rollback.amountMinor, voucher.currency)
  const isBack = rollback.balanceAfterMinor > rollback.balanceBeforeMinor
  return {
    text: linesOf(
      `↩️ ${bold(t.html(isBack ? 'undo-done' : 'undo-done-over', { amount }))}`,
      ...drawVoucherLines(t, voucher),
    ),
  }
}

/** Why a voucher was not taken; who used it before; or how to say what is missing. */
export function drawRefusedRedemption(
  t: Texts,
  { reason, voucher, used }: Omit<Extract<RedeemResult, { outcome: 'refused' }>, 'outcome'>,
): Message {
  const asksForOrder = reason === 'amount_required' || reason === 'order_amount_required'
  return {
    text: linesOf(
      `❌ ${t.html(`redeem-${reason}`)}`,
      reason === 'already_redeemed' && used && voucher && drawUse(t, used, voucher),
      ...(voucher ? drawVoucherLines(t, voucher) : []),
      ...(asksForOrder && voucher ? drawOrderQuestion(t, voucher) : []),
    ),
  }
}

/** The command to finish: nobody but the till knows what the order comes to. */
function drawOrderQuestion(t: Texts, { code: text, currency, minSpendMinor }: VoucherView) {
  const amount = exampleAmount(currency, minSpendMinor)
  return [t.html('form-example'), code(`/redeem ${spellCode(text)} order=${amount}`)]
}

function drawUse(t: Texts, used: UsedView, { currency, zone }: VoucherView): string {
  const { by, label } = used
  return t.html('redeem-use', {
    amount: t.money(used.amountMinor, currency),
    moment: t.moment(used.redeemedAt, zone),
    who: by === 'till' ? t.plain('redeem-by-till') : (label ?? t.plain('redeem-by-colleague')),
    store: used.storeName ? ` · ${cut(used.storeName, 80)}` : '',
  })
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

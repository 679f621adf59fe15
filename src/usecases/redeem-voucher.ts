import type { AppContext } from '../context.ts'
import { spellingsOf } from '../domain/code.ts'
import type { HoldRefusal, SpendingRefusal } from '../domain/spending.ts'
import type { RedemptionView } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { redeemVoucher as redeem } from '../store/redemptions.ts'
import { refuseFalseAmounts } from './false-amounts.ts'
import { redemptionView } from './redemption-view.ts'
import { hashOfRequest } from './request-hash.ts'
import { type TillVoucher, tillVoucher, wrongCode } from './till-refusal.ts'

export type RedeemRequest = {
  merchantId: string
  code: string
  /** Left out: all there is, or a percentage of the order. */
  amountMinor?: number | undefined
  /** What the order comes to. A percentage is computed of it; a minimum spend must know it. */
  orderMinor?: number | undefined
  /** Of the amounts; left out: the voucher's. */
  currency?: string | undefined
  /** The number on the receipt: when that order is cancelled, this is given back. */
  orderId?: string | undefined
  /** The store of the till: our id or the merchant's own. */
  storeId?: string | undefined
  /** A hold whose amount is spent. */
  holdId?: string | undefined
  /** Repeating it gets the first answer. */
  requestId: string
  /** Who redeems: `telegram:42` or `api`. */
  by: string
}

export type RedeemRefusal = SpendingRefusal | HoldRefusal | 'order_cancelled'

export type RedeemResult =
  | { outcome: 'redeemed' | 'repeated'; redemption: RedemptionView }
  | ({ outcome: 'refused'; reason: RedeemRefusal } & TillVoucher)

/**
 * Spends a voucher, whole or in part. Of two tills at the same moment one wins and the other is told who
 * used it and when; a repeated request id gets its first answer. Only a gift balance keeps a rest. What
 * a percentage takes off is computed where the till says what the order comes to.
 */
export async function redeemVoucher(
  app: AppContext,
  request: RedeemRequest,
): Promise<RedeemResult> {
  const { merchantId, orderId, amountMinor, orderMinor, requestId, by } = request
  refuseFalseAmounts(amountMinor, orderMinor)
  const { currency, storeId, holdId } = request
  const codes = spellingsOf(request.code)
  const { outcome, redemptionId } = await redeem(app.db, merchantId, {
    redemptionId: newId('rdm'),
    codes,
    amountMinor,
    orderMinor,
    currency,
    orderSourceId: orderId,
    storeId,
    holdId,
    requestId,
    requestHash: hashOfRequest([
      codes[0],
      amountMinor,
      orderMinor,
      currency,
      orderId,
      storeId,
      holdId,
    ]),
    by,
  })
  if (outcome === 'request_reused') {
    throw new AppError('ERR_IDEMPOTENCY_CONFLICT', 'This request id was used for something else.')
  }
  if (outcome === 'redeemed' || outcome === 'repeated') {
    app.wakeOutbox()
    return { outcome, redemption: await redemptionView(app, merchantId, redemptionId ?? '') }
  }
  if (outcome === 'unknown_code') {
    return { outcome: 'refused', reason: await wrongCode(app, merchantId, request) }
  }
  return { outcome: 'refused', reason: outcome, ...(await tillVoucher(app, merchantId, codes)) }
}

import type { AppContext } from '../context.ts'
import { readCode } from '../domain/code.ts'
import type { RedemptionView, VoucherView } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { lastRedemptionOf, redeemVoucher as redeem } from '../store/redemptions.ts'
import { voucherByCode } from '../store/vouchers.ts'
import { redemptionView } from './redemption-view.ts'
import { hashOfRequest } from './request-hash.ts'
import { voucherView } from './voucher-view.ts'

export type RedeemRequest = {
  merchantId: string
  code: string
  /** Left out: all there is. A percentage needs it: only the till knows what it took off. */
  amountMinor?: number | undefined
  /** Repeating it gets the first answer. */
  requestId: string
  /** Who redeems: `telegram:42` or `api`. */
  by: string
}

export type RedeemRefusal =
  | 'unknown_code'
  | 'amount_required'
  | 'already_redeemed'
  | 'expired'
  | 'revoked'
  | 'held'
  | 'amount_exceeds_balance'

export type RedeemResult =
  | { outcome: 'redeemed' | 'repeated'; redemption: RedemptionView }
  | { outcome: 'refused'; reason: RedeemRefusal; usedAt?: Date; voucher?: VoucherView }

/**
 * Spends a voucher, whole or in part. Of two tills at the same moment one wins and the other is told
 * when it was used; a repeated request id gets its first answer. Only a gift balance keeps a rest.
 */
export async function redeemVoucher(
  app: AppContext,
  request: RedeemRequest,
): Promise<RedeemResult> {
  const { merchantId, requestId, amountMinor, by } = request
  const code = readCode(request.code)
  if (!code) return { outcome: 'refused', reason: 'unknown_code' }
  if (amountMinor !== undefined && (!Number.isSafeInteger(amountMinor) || amountMinor <= 0)) {
    throw new AppError(
      'ERR_AMOUNT_INVALID',
      'The amount must be more than nothing, in minor units.',
    )
  }

  if (amountMinor === undefined) {
    const voucher = await unspentPercentage(app, merchantId, code)
    if (voucher) return { outcome: 'refused', reason: 'amount_required', voucher }
  }

  const { outcome, redemptionId } = await redeem(app.db, merchantId, {
    redemptionId: newId('rdm'),
    code,
    amountMinor,
    requestId,
    requestHash: hashOfRequest([code, amountMinor]),
    by,
  })
  if (outcome === 'request_reused') {
    throw new AppError('ERR_IDEMPOTENCY_CONFLICT', 'This request id was used for something else.')
  }
  if (outcome === 'redeemed' || outcome === 'repeated') {
    app.wakeOutbox()
    return { outcome, redemption: await redemptionView(app, merchantId, redemptionId ?? '') }
  }
  const last =
    outcome === 'already_redeemed' ? await lastRedemptionOf(app.db, merchantId, code) : undefined
  return { outcome: 'refused', reason: outcome, ...(last && { usedAt: last.redeemedAt }) }
}

/** The voucher when its value is only the most that a percentage takes off, so that it says no amount. */
async function unspentPercentage(
  app: AppContext,
  merchantId: string,
  code: string,
): Promise<VoucherView | undefined> {
  const stored = await voucherByCode(app.db, merchantId, code)
  const isMeant = stored?.kind === 'percent_off' && stored.status === 'issued'
  return isMeant ? voucherView(stored) : undefined
}

import type { AppContext } from '../context.ts'
import { spellingsOf } from '../domain/code.ts'
import type { SpendingRefusal } from '../domain/spending.ts'
import type { HoldView } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { holdVoucher as hold, type ReleaseOutcome, releaseHold as release } from '../store/holds.ts'
import { refuseFalseAmounts } from './false-amounts.ts'
import { holdView } from './hold-view.ts'
import { hashOfRequest } from './request-hash.ts'
import { type TillVoucher, tillVoucher, wrongCode } from './till-refusal.ts'

const USUAL_SECONDS = 600

export type HoldRequest = {
  merchantId: string
  code: string
  /** Left out: all that is free. Only of a gift balance a part can be held. */
  amountMinor?: number | undefined
  storeId?: string | undefined
  /** Ten minutes when left out; it never lasts longer than the voucher. */
  ttlSeconds?: number | undefined
  /** Repeating it gets the first answer. */
  requestId: string
  by: string
}

export type HoldResult =
  | { outcome: 'held' | 'repeated'; hold: HoldView }
  | ({ outcome: 'refused'; reason: SpendingRefusal } & TillVoucher)

/**
 * Keeps an amount of a voucher for a till that is about to spend it, as while a customer pays: other tills
 * may spend only what is left. Redeeming with the hold's id spends it.
 */
export async function holdVoucher(app: AppContext, request: HoldRequest): Promise<HoldResult> {
  const { merchantId, amountMinor, storeId, ttlSeconds = USUAL_SECONDS, requestId, by } = request
  refuseFalseAmounts(amountMinor)
  const codes = spellingsOf(request.code)
  const { outcome, holdId } = await hold(app.db, merchantId, {
    holdId: newId('hld'),
    codes,
    amountMinor,
    storeId,
    ttlSeconds,
    requestId,
    requestHash: hashOfRequest([codes[0], amountMinor, storeId, ttlSeconds]),
    by,
  })
  if (outcome === 'request_reused') {
    throw new AppError('ERR_IDEMPOTENCY_CONFLICT', 'This request id was used for something else.')
  }
  if (outcome === 'held_for_till' || outcome === 'repeated') {
    const isNew = outcome === 'held_for_till'
    return {
      outcome: isNew ? 'held' : 'repeated',
      hold: await holdView(app, merchantId, holdId ?? ''),
    }
  }
  if (outcome === 'unknown_code') {
    return { outcome: 'refused', reason: await wrongCode(app, merchantId, request) }
  }
  return { outcome: 'refused', reason: outcome, ...(await tillVoucher(app, merchantId, codes)) }
}

export type ReleaseResult =
  | { outcome: Extract<ReleaseOutcome, 'released' | 'unchanged'>; hold: HoldView }
  | { outcome: 'refused'; reason: Exclude<ReleaseOutcome, 'released' | 'unchanged'> }

/** Gives back what a hold keeps; a repeat changes nothing, since the hold's state decides. */
export async function releaseHold(
  app: AppContext,
  { merchantId, holdId }: { merchantId: string; holdId: string },
): Promise<ReleaseResult> {
  const outcome = await release(app.db, merchantId, holdId)
  if (outcome === 'unknown_hold' || outcome === 'hold_over') {
    return { outcome: 'refused', reason: outcome }
  }
  return { outcome, hold: await holdView(app, merchantId, holdId) }
}

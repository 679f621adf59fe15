import type { AppContext } from '../context.ts'
import type { RedemptionView } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { rollBackRedemption as rollBack } from '../store/redemptions.ts'
import { redemptionView } from './redemption-view.ts'
import { hashOfRequest } from './request-hash.ts'

export type RollBackRequest = {
  merchantId: string
  redemptionId: string
  /** Left out: all that is left of the redemption. */
  amountMinor?: number | undefined
  requestId: string
  by: string
  reason?: string | undefined
}

export type RollBackRefusal = 'unknown_redemption' | 'nothing_left' | 'amount_exceeds_redemption'

export type RollBackResult =
  | { outcome: 'rolled_back' | 'repeated'; redemption: RedemptionView }
  | { outcome: 'refused'; reason: RollBackRefusal }

/** Undoes a redemption, whole or in part. Repeating a request id returns the first answer. */
export async function rollBackRedemption(
  app: AppContext,
  request: RollBackRequest,
): Promise<RollBackResult> {
  const { merchantId, redemptionId, amountMinor, requestId, by, reason = '' } = request
  if (amountMinor !== undefined && (!Number.isSafeInteger(amountMinor) || amountMinor <= 0)) {
    throw new AppError(
      'ERR_AMOUNT_INVALID',
      'The amount must be more than nothing, in minor units.',
    )
  }
  const { outcome } = await rollBack(app.db, merchantId, {
    rollbackId: newId('rbk'),
    redemptionId,
    amountMinor,
    requestId,
    requestHash: hashOfRequest([redemptionId, amountMinor]),
    by,
    reason,
  })
  if (outcome === 'request_reused') {
    throw new AppError('ERR_IDEMPOTENCY_CONFLICT', 'This request id was used for something else.')
  }
  if (outcome !== 'rolled_back' && outcome !== 'repeated')
    return { outcome: 'refused', reason: outcome }
  app.wakeOutbox()
  return { outcome, redemption: await redemptionView(app, merchantId, redemptionId) }
}

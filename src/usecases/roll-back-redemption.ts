import type { AppContext } from '../context.ts'
import type { RedemptionView, RollbackView } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import {
  type ReturnedItem,
  type RollBackOutcome,
  rollBackRedemption as rollBack,
} from '../store/redemptions.ts'
import { refuseFalseAmounts } from './false-amounts.ts'
import { rollbackView } from './redemption-view.ts'
import { hashOfRequest } from './request-hash.ts'

export type RollBackRequest = {
  merchantId: string
  redemptionId: string
  /** Left out, and no items: all that is left of the redemption. */
  amountMinor?: number | undefined
  /** What was brought back of the order that the redemption paid for; instead of an amount. */
  items?: readonly ReturnedItem[] | undefined
  requestId: string
  by: string
  reason?: string | undefined
}

export type RollBackRefusal = Exclude<
  RollBackOutcome,
  'rolled_back' | 'repeated' | 'request_reused'
>

export type RollBackResult =
  | { outcome: 'rolled_back' | 'repeated'; redemption: RedemptionView; rollback: RollbackView }
  | { outcome: 'refused'; reason: RollBackRefusal }

/**
 * Undoes a redemption: whole, by an amount, or by the items that were brought back, whose share of the
 * order's items it is. Repeating a request id returns the first answer. Until 180 days after it.
 */
export async function rollBackRedemption(
  app: AppContext,
  request: RollBackRequest,
): Promise<RollBackResult> {
  const { merchantId, redemptionId, amountMinor, items, requestId, by, reason = '' } = request
  refuseFalseAmounts(amountMinor)
  if (amountMinor !== undefined && items) {
    throw new AppError('ERR_REQUEST_INVALID', 'Say an amount or items, not both.')
  }
  const { outcome, rollbackId } = await rollBack(app.db, merchantId, {
    rollbackId: newId('rbk'),
    redemptionId,
    amountMinor,
    items,
    requestId,
    requestHash: hashOfRequest([redemptionId, amountMinor, items]),
    by,
    reason,
  })
  if (outcome === 'request_reused') {
    throw new AppError('ERR_IDEMPOTENCY_CONFLICT', 'This request id was used for something else.')
  }
  if (outcome !== 'rolled_back' && outcome !== 'repeated')
    return { outcome: 'refused', reason: outcome }
  app.wakeOutbox()
  const { rollback, redemption } = await rollbackView(app, merchantId, rollbackId ?? '')
  return { outcome, redemption, rollback }
}

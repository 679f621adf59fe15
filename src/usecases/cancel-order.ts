import type { AppContext } from '../context.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { ingestCancellations } from '../store/orders.ts'
import { refuseFalseAmounts } from './false-amounts.ts'
import { hashOfRequest } from './request-hash.ts'

export type CancelRequest = {
  merchantId: string
  orderSourceId: string
  cancelledAt?: Date | undefined
}
export type CancelResult = { outcome: 'cancelled' | 'waits_for_order'; repeated: boolean }

/**
 * Cancels a whole order: its shares stop, and what was paid for it with vouchers is given back, as their
 * campaigns say. A cancellation that comes before its order waits for it, and wins whenever the order
 * comes.
 */
export async function cancelOrder(app: AppContext, request: CancelRequest): Promise<CancelResult> {
  const [cancelled] = await ingestCancellations(app.db, request.merchantId, [
    {
      id: newId('can'),
      source_id: `cancel:${request.orderSourceId}`,
      order_source_id: request.orderSourceId,
      cancelled_at: request.cancelledAt ?? app.now(),
      lines: [],
    },
  ])
  app.wakeOutbox()
  return {
    outcome: cancelled?.orderSourceId ? 'cancelled' : 'waits_for_order',
    repeated: cancelled?.outcome === 'unchanged',
  }
}

export type RefundRequest = {
  merchantId: string
  orderSourceId: string
  /** The merchant's own id of the refund; repeating it changes nothing. */
  refundId: string
  amountMinor: number
  refundedAt?: Date | undefined
}
export type RefundResult = { outcome: 'refunded' | 'waits_for_order'; repeated: boolean }

/**
 * A part of an order was paid back: at least the same part of what was paid with vouchers is given back,
 * as their campaigns say. When nothing of the order is left it is cancelled.
 */
export async function refundOrder(app: AppContext, request: RefundRequest): Promise<RefundResult> {
  const { merchantId, orderSourceId, refundId, amountMinor } = request
  refuseFalseAmounts(amountMinor)
  const [refunded] = await ingestCancellations(app.db, merchantId, [
    {
      id: newId('can'),
      source_id: `refund:${hashOfRequest([orderSourceId, refundId])}`,
      order_source_id: orderSourceId,
      cancelled_at: request.refundedAt ?? app.now(),
      amount_minor: amountMinor,
      lines: [],
    },
  ])
  if (refunded?.amountMinor !== amountMinor) {
    throw new AppError('ERR_IDEMPOTENCY_CONFLICT', 'This refund was told with another amount.')
  }
  app.wakeOutbox()
  return {
    outcome: refunded.orderSourceId ? 'refunded' : 'waits_for_order',
    repeated: refunded.outcome === 'unchanged',
  }
}

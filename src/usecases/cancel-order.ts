import type { AppContext } from '../context.ts'
import { newId } from '../ids.ts'
import { ingestCancellations } from '../store/orders.ts'

export type CancelRequest = {
  merchantId: string
  orderSourceId: string
  cancelledAt?: Date | undefined
}
export type CancelResult = { outcome: 'cancelled' | 'waits_for_order'; repeated: boolean }

/**
 * Cancels a whole order; its shares stop. A cancellation that comes before its order waits for it, and
 * wins whenever the order comes.
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
  return {
    outcome: cancelled?.orderSourceId ? 'cancelled' : 'waits_for_order',
    repeated: cancelled?.outcome === 'unchanged',
  }
}

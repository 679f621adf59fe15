import type { AppContext } from '../context.ts'
import { AppError } from '../errors.ts'
import { newId, newPin, newReference } from '../ids.ts'
import type { Incoming, IncomingCancellation, IncomingOrder } from '../orders/source.ts'
import {
  type CancellationRecord,
  ingestCancellations,
  type OrderRecord,
  ingestOrders as storeOrders,
} from '../store/orders.ts'
import { storeBySource } from '../store/stores.ts'
import { hashOfRequest } from './request-hash.ts'

export type IngestRequest = {
  merchantId: string
  /** The merchant's own id of the store. */
  storeSourceId: string
  items: readonly Incoming[]
  /** The PIN printed on the receipt, by the order's source id; made here where there is none. */
  pins?: ReadonlyMap<string, string>
}

export type Ingested =
  | {
      kind: 'order'
      sourceId: string
      orderId: string
      outcome: 'taken' | 'changed' | 'unchanged'
      /** Left out when the key that sealed it is gone. */
      pin?: string
      reference: string
      /** What the receipt's QR holds. */
      queryToken: string
    }
  | {
      kind: 'cancellation'
      sourceId: string
      outcome: 'taken' | 'unchanged'
      orderSourceId?: string
    }

/**
 * Takes in orders and cancellations of one store. The same again changes nothing; a changed order is
 * changed; a cancellation whose order is not there yet waits for it.
 *
 * @patent 4 5
 */
export async function ingestOrders(app: AppContext, request: IngestRequest): Promise<Ingested[]> {
  const store = await storeBySource(app.db, request.merchantId, request.storeSourceId)
  if (!store) throw new AppError('ERR_STORE_NOT_FOUND', 'There is no such store at this merchant.')

  const orders = request.items.filter((item) => item.kind === 'order')
  const cancellations = request.items.filter((item) => item.kind === 'cancellation')
  const records = await Promise.all(
    orders.map((order) => orderRecord(app, order, request.pins?.get(order.sourceId))),
  )
  const stored =
    records.length > 0 ? await storeOrders(app.db, request.merchantId, store.storeId, records) : []
  const cancelled =
    cancellations.length > 0
      ? await ingestCancellations(app.db, request.merchantId, cancellations.map(cancellationRecord))
      : []
  return [
    ...(await Promise.all(
      stored.map(async ({ pinSealed, ...order }) => ({
        kind: 'order' as const,
        ...order,
        ...(await pinOf(app, pinSealed)),
        queryToken: await app.tokens.sealQuery({
          merchantId: request.merchantId,
          orderId: order.orderId,
        }),
      })),
    )),
    ...cancelled.map(({ sourceId, outcome, orderSourceId }) => ({
      kind: 'cancellation' as const,
      sourceId,
      outcome,
      ...(orderSourceId !== null && { orderSourceId }),
    })),
  ]
}

async function pinOf(app: AppContext, pinSealed: string): Promise<{ pin?: string }> {
  const pin = await app.tokens.openPin(pinSealed)
  return pin === undefined ? {} : { pin }
}

async function orderRecord(
  app: AppContext,
  order: IncomingOrder,
  pin = newPin(),
): Promise<OrderRecord> {
  const { kind, sourceId, placedAt, totalMinor, customerRef, ...rest } = order
  return {
    ...rest,
    id: newId('ord'),
    source_id: sourceId,
    placed_at: placedAt,
    total_minor: totalMinor,
    customer_ref: customerRef,
    tastes: tastesOf(order),
    content_hash: hashOfRequest([
      placedAt,
      order.currency,
      totalMinor,
      customerRef,
      order.country,
      order.lines,
    ]),
    reference: newReference(),
    pin_sealed: await app.tokens.sealPin(pin),
  }
}

function cancellationRecord(cancellation: IncomingCancellation): CancellationRecord {
  const { sourceId, orderSourceId, customerRef, cancelledAt, amountMinor, lines } = cancellation
  return {
    id: newId('can'),
    source_id: sourceId,
    order_source_id: orderSourceId,
    customer_ref: customerRef,
    cancelled_at: cancelledAt,
    amount_minor: amountMinor,
    lines,
  }
}

/** What was spent by category, in minor units: what matching knows of an order. @patent 7 */
function tastesOf({ lines }: IncomingOrder): Record<string, number> {
  const tastes = new Map<string, number>()
  for (const { kind, category, amountMinor } of lines) {
    if (kind === 'item' && category && amountMinor > 0) {
      tastes.set(category, (tastes.get(category) ?? 0) + amountMinor)
    }
  }
  return Object.fromEntries(tastes)
}

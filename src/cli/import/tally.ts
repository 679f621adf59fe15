import type { Delivery, Skipped } from '../../orders/source.ts'
import type { Ingested } from '../../usecases/ingest-orders.ts'

/** What an import has done so far. */
export type Tally = {
  orders: { taken: number; changed: number; unchanged: number }
  cancellations: { taken: number; unchanged: number; belonging: number; waiting: number }
  /** The totals of all orders by currency, in minor units. */
  money: Map<string, bigint>
  skipped: number
  /** The first of those skipped; the rest is only counted. */
  firstSkipped: Skipped[]
}

const MOST_SKIPPED_TOLD = 100

export function emptyTally(): Tally {
  return {
    orders: { taken: 0, changed: 0, unchanged: 0 },
    cancellations: { taken: 0, unchanged: 0, belonging: 0, waiting: 0 },
    money: new Map(),
    skipped: 0,
    firstSkipped: [],
  }
}

export function countDelivery(tally: Tally, delivery: Delivery): void {
  if (delivery.kind === 'order') {
    const { currency, totalMinor } = delivery
    tally.money.set(currency, (tally.money.get(currency) ?? 0n) + BigInt(totalMinor))
  }
  if (delivery.kind !== 'skipped') return
  tally.skipped += 1
  if (tally.firstSkipped.length < MOST_SKIPPED_TOLD) tally.firstSkipped.push(delivery)
}

export function countIngested(tally: Tally, ingested: Ingested): void {
  if (ingested.kind === 'order') {
    tally.orders[ingested.outcome] += 1
    return
  }
  tally.cancellations[ingested.outcome] += 1
  tally.cancellations[ingested.orderSourceId === undefined ? 'waiting' : 'belonging'] += 1
}

export function isEmpty(tally: Tally): boolean {
  const { taken, unchanged } = tally.cancellations
  return countOrders(tally) + taken + unchanged + tally.skipped === 0
}

export function countOrders({ orders }: Tally): number {
  return orders.taken + orders.changed + orders.unchanged
}

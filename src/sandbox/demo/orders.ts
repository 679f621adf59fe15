import type { IncomingOrder } from '../../orders/source.ts'
import { type Article, linesOf, totalOf } from '../../simulate/catalogue.ts'

/** Orders of the demo shop: three receipts that wait to be opened, and what some members bought before. */
export const RECEIPTS = ['L-1204', 'L-1205', 'L-1206'] as const

export const ORDERS: readonly IncomingOrder[] = [
  order('L-1188', '2026-11-02T11:20:00Z', { candle: 3, lantern: 2 }),
  order('L-1190', '2026-11-05T15:05:00Z', { mug: 4, jam: 1 }),
  order('L-1193', '2026-11-09T10:41:00Z', { teaSet: 1, mug: 2 }),
  order('L-1197', '2026-11-13T17:30:00Z', { bunting: 2, flannel: 1 }),
  order('L-1204', '2026-11-21T12:08:00Z', { heart: 6, lantern: 2, candle: 1 }),
  order('L-1205', '2026-11-21T13:47:00Z', { teaSet: 1, jam: 2 }),
  order('L-1206', '2026-11-21T16:12:00Z', { heart: 1 }),
]

function order(
  sourceId: string,
  placedAt: string,
  basket: Partial<Record<Article, number>>,
): IncomingOrder {
  const lines = linesOf(basket)
  return {
    kind: 'order',
    sourceId,
    placedAt: new Date(placedAt),
    currency: 'GBP',
    totalMinor: totalOf(lines),
    lines,
  }
}

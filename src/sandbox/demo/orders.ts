import type { IncomingOrder, OrderLine } from '../../orders/source.ts'

/** Orders of the demo shop: three receipts that wait to be opened, and what some members bought before. */
export const RECEIPTS = ['L-1204', 'L-1205', 'L-1206'] as const

const CATALOGUE = {
  heart: ['85123A', 'White hanging heart t-light holder', 295, 'candles'],
  lantern: ['71053', 'White metal lantern', 375, 'candles'],
  candle: ['22112', 'Beeswax pillar candle', 850, 'candles'],
  mug: ['21071', 'Vintage Billboard mug', 495, 'kitchen'],
  teaSet: ['22139', 'Retrospot tea set', 1995, 'kitchen'],
  jam: ['22960', 'Jam making set with jars', 425, 'kitchen'],
  bunting: ['21621', 'Vintage Union Jack bunting', 850, 'party'],
  flannel: ['84029G', 'Knitted hot water bottle', 639, 'bedroom'],
} as const satisfies Record<string, readonly [string, string, number, string]>

type Basket = Partial<Record<keyof typeof CATALOGUE, number>>

export const ORDERS: readonly IncomingOrder[] = [
  order('L-1188', '2026-11-02T11:20:00Z', { candle: 3, lantern: 2 }),
  order('L-1190', '2026-11-05T15:05:00Z', { mug: 4, jam: 1 }),
  order('L-1193', '2026-11-09T10:41:00Z', { teaSet: 1, mug: 2 }),
  order('L-1197', '2026-11-13T17:30:00Z', { bunting: 2, flannel: 1 }),
  order('L-1204', '2026-11-21T12:08:00Z', { heart: 6, lantern: 2, candle: 1 }),
  order('L-1205', '2026-11-21T13:47:00Z', { teaSet: 1, jam: 2 }),
  order('L-1206', '2026-11-21T16:12:00Z', { heart: 1 }),
]

function order(sourceId: string, placedAt: string, basket: Basket): IncomingOrder {
  const lines: OrderLine[] = []
  for (const [name, quantity] of Object.entries(basket)) {
    const [sku, title, unitMinor, category] = CATALOGUE[name as keyof typeof CATALOGUE]
    lines.push({
      sku,
      title,
      quantity,
      unitMinor,
      amountMinor: unitMinor * quantity,
      kind: 'item',
      category,
    })
  }
  const totalMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  return {
    kind: 'order',
    sourceId,
    placedAt: new Date(placedAt),
    currency: 'GBP',
    totalMinor,
    lines,
  }
}

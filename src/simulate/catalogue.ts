import type { OrderLine } from '../domain/views.ts'

/** What the shop that is played sells: article number, title, price in minor units, category. */
export const CATALOGUE = {
  heart: ['85123A', 'White hanging heart t-light holder', 295, 'candles'],
  lantern: ['71053', 'White metal lantern', 375, 'candles'],
  candle: ['22112', 'Beeswax pillar candle', 850, 'candles'],
  mug: ['21071', 'Vintage Billboard mug', 495, 'kitchen'],
  teaSet: ['22139', 'Retrospot tea set', 1995, 'kitchen'],
  jam: ['22960', 'Jam making set with jars', 425, 'kitchen'],
  bunting: ['21621', 'Vintage Union Jack bunting', 850, 'party'],
  flannel: ['84029G', 'Knitted hot water bottle', 639, 'bedroom'],
} as const satisfies Record<string, readonly [string, string, number, string]>

export type Article = keyof typeof CATALOGUE

export const ARTICLES = Object.keys(CATALOGUE) as Article[]

export const CATEGORIES = ['candles', 'kitchen', 'party', 'bedroom'] as const

export type Category = (typeof CATEGORIES)[number]

/** So many of each article, as they stand in an order. */
export function linesOf(basket: Partial<Record<Article, number>>): OrderLine[] {
  return ARTICLES.flatMap((article) => {
    const quantity = basket[article] ?? 0
    if (quantity === 0) return []
    const [sku, title, unitMinor, category] = CATALOGUE[article]
    const amountMinor = unitMinor * quantity
    return { sku, title, quantity, unitMinor, amountMinor, kind: 'item', category }
  })
}

export function totalOf(lines: readonly OrderLine[]): number {
  return lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
}

import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

import { readCsv } from '../../../src/orders/csv.ts'
import type { Delivery, IncomingCancellation, IncomingOrder } from '../../../src/orders/source.ts'

const EXCERPT = `${import.meta.dirname}/samples/online-retail-excerpt.csv`
const REAL = `${import.meta.dirname}/../../../../shared/data/orders/online-retail-999-lines.csv`

// The numbers were computed from the files with awk and with Python's decimal, not with this program.
describe('the excerpt of the real orders', async () => {
  const { orders, cancellations, skipped } = await read(EXCERPT)

  test('holds 7 orders of £4852.89 and 2 cancellations, and nothing is skipped', () => {
    expect(skipped).toEqual([])
    expect(Object.fromEntries([...orders].map(([id, order]) => [id, order.totalMinor]))).toEqual({
      536365: 13912,
      536370: 85586,
      536394: 102468,
      536403: 19260,
      536414: 0,
      536477: 247474,
      536488: 16589,
    })
    expect([...cancellations.keys()]).toEqual(['C536379', 'C536506'])
  })

  test('one order has the same article three times', () => {
    const angels = orders.get('536488')?.lines.filter(({ sku }) => sku === '84347')

    expect(angels?.map(({ quantity }) => quantity)).toEqual([1, 1, 3])
    expect(angels?.map(({ amountMinor }) => amountMinor)).toEqual([255, 255, 765])
  })

  test('an order of £0 without a customer or a title is an order', () => {
    const { lines, ...order } = orders.get('536414') ?? {}

    expect(order).toEqual({
      kind: 'order',
      sourceId: '536414',
      placedAt: new Date('2010-12-01T11:52:00Z'),
      currency: 'GBP',
      totalMinor: 0,
      country: 'United Kingdom',
    })
    expect(lines).toEqual([
      { sku: '22139', title: '22139', quantity: 56, unitMinor: 0, amountMinor: 0, kind: 'item' },
    ])
  })

  test('postage is told apart and belongs to the total', () => {
    expect(orders.get('536403')?.lines).toEqual([
      {
        sku: '22867',
        title: 'HAND WARMER BIRD DESIGN',
        quantity: 96,
        unitMinor: 185,
        amountMinor: 17760,
        kind: 'item',
        category: 'warmth',
      },
      {
        sku: 'POST',
        title: 'POSTAGE',
        quantity: 1,
        unitMinor: 1500,
        amountMinor: 1500,
        kind: 'postage',
      },
    ])
  })

  test('a discount that was cancelled counts as its amount', () => {
    expect(cancellations.get('C536379')).toEqual({
      kind: 'cancellation',
      sourceId: 'C536379',
      cancelledAt: new Date('2010-12-01T09:41:00Z'),
      amountMinor: 2750,
      customerRef: '14527',
      lines: [
        {
          sku: 'D',
          title: 'Discount',
          quantity: 1,
          unitMinor: 2750,
          amountMinor: 2750,
          kind: 'discount',
        },
      ],
    })
  })

  test('a cancellation names customer and articles by which its order can be found', () => {
    const { lines, ...cancellation } = cancellations.get('C536506') ?? {}

    expect(cancellation).toMatchObject({ amountMinor: 2550, customerRef: '17897' })
    expect(lines).toMatchObject([{ sku: '22960', quantity: 6, amountMinor: 2550 }])
    expect(orders.get('536488')?.lines).toContainEqual(
      expect.objectContaining({ sku: '22960', quantity: 8 }),
    )
  })

  test('quotes and commas within a title are kept, blanks around it are not', () => {
    const titles = [...orders.values()].flatMap(({ lines }) => lines.map(({ title }) => title))

    expect(titles).toContain('RECORD FRAME 7" SINGLE SIZE')
    expect(titles).toContain('FANCY FONT BIRTHDAY CARD,')
  })
})

describe.skipIf(!existsSync(REAL))(
  'all the real orders (skipped where ../shared/data is missing)',
  async () => {
    const { orders, cancellations, skipped } = existsSync(REAL) ? await read(REAL) : NOTHING

    test('are 62 orders of £24,702.88 in all and 4 cancellations; nothing is skipped', () => {
      const amounts = [...orders.values()].map(({ totalMinor }) => totalMinor)

      expect(orders.size).toBe(62)
      expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(2_470_288)
      expect(skipped).toEqual([])
      expect(
        Object.fromEntries([...cancellations].map(([id, { amountMinor }]) => [id, amountMinor])),
      ).toEqual({
        C536379: 2750,
        C536383: 465,
        C536391: 14148,
        C536506: 2550,
      })
    })

    test('have 999 lines, of which 2 are postage, 1 is a discount, and most say what was bought', () => {
      const lines = [...orders.values(), ...cancellations.values()].flatMap(
        (incoming) => incoming.lines,
      )
      const named = lines.filter(({ category }) => category !== undefined)

      expect(lines).toHaveLength(999)
      expect(lines.filter(({ kind }) => kind === 'postage')).toHaveLength(2)
      expect(lines.filter(({ kind }) => kind === 'discount')).toHaveLength(1)
      expect(named.length).toBeGreaterThan(600)
    })
  },
)

const NOTHING = {
  orders: new Map<string, IncomingOrder>(),
  cancellations: new Map<string, IncomingCancellation>(),
  skipped: [],
}

async function read(from: string) {
  const options = { from, currency: 'GBP', zone: 'Europe/London', map: 'online-retail' }
  const delivered: Delivery[] = await Array.fromAsync(readCsv(options))
  const orders = delivered.filter((delivery) => delivery.kind === 'order')
  const cancellations = delivered.filter((delivery) => delivery.kind === 'cancellation')
  return {
    orders: new Map(orders.map((order) => [order.sourceId, order])),
    cancellations: new Map(
      cancellations.map((cancellation) => [cancellation.sourceId, cancellation]),
    ),
    skipped: delivered.filter((delivery) => delivery.kind === 'skipped'),
  }
}

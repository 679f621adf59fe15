import { describe, expect, test } from 'vitest'

import {
  decisiveIn,
  fitsOrder,
  judge,
  type OrderFacts,
  unfitOf,
} from '../../../src/domain/fit-offer.ts'
import type { Rule } from '../../../src/domain/rule.ts'

/** A Saturday, 18:30: £15.30 of candles in store 1, somebody's first order here. */
const order: OrderFacts = {
  currency: 'GBP',
  amountMinor: 1530,
  items: ['85123A'],
  categories: ['candles'],
  storeId: 'sto_1',
  country: 'United Kingdom',
  weekday: 6,
  minute: 18 * 60 + 30,
  language: 'en',
  otherOrders: 0,
  shares: 2,
}

test('patent 2: an offer without a rule matches any order that was paid', () => {
  expect(fitsOrder(null, 'GBP', order)).toBe(true)
  expect(fitsOrder(null, 'GBP', { ...order, amountMinor: 0 })).toBe(false)
})

test('patent 2: an offer matches when every condition it states holds', () => {
  const rule: Rule = {
    all: [
      { amountMinor: { from: 1530, to: 1530 } },
      { categories: ['x', 'candles'] },
      { storeIds: ['sto_1'] },
    ],
  }

  expect(fitsOrder(rule, 'GBP', order)).toBe(true)
  expect(fitsOrder(rule, 'GBP', { ...order, storeId: 'sto_2' })).toBe(false)
})

test('amounts of another currency are not compared', () => {
  expect(fitsOrder(null, 'EUR', order)).toBe(false)
  expect(unfitOf('EUR', order)).toBe('other_currency')
})

describe('patent 3: a condition holds or fails at its very edge:', () => {
  test.each<[holds: Rule, fails: Rule]>([
    [{ amountMinor: { from: 1530 } }, { amountMinor: { from: 1531 } }],
    [{ amountMinor: { to: 1530 } }, { amountMinor: { to: 1529 } }],
    [{ items: ['85123a'] }, { items: ['85123'] }],
    [{ categories: [' Candles'] }, { categories: ['kitchen'] }],
    [{ storeIds: ['sto_2', 'sto_1'] }, { storeIds: ['sto_2'] }],
    [{ weekdays: [6, 7] }, { weekdays: [1, 2, 3, 4, 5] }],
    [
      { hours: { fromMinute: 1110, toMinute: 1111 } },
      { hours: { fromMinute: 1080, toMinute: 1110 } },
    ],
    [
      { hours: { fromMinute: 1110, toMinute: 60 } },
      { hours: { fromMinute: 1111, toMinute: 1110 } },
    ],
    [{ customer: 'new' }, { customer: 'returning' }],
    [{ languages: ['zh', 'en'] }, { languages: ['zh'] }],
    [{ countries: ['united kingdom'] }, { countries: ['Kingdom'] }],
    [{ shares: { from: 2, to: 2 } }, { shares: { from: 3 } }],
  ])('%j and %j', (holds, fails) => {
    expect(judge(holds, order).fits).toBe(true)
    expect(judge(fails, order).fits).toBe(false)
    expect(judge({ not: fails }, order).fits).toBe(true)
  })
})

test('of whom nothing is known no language and no country is right', () => {
  const unknown = { ...order, language: undefined, country: undefined }

  expect(judge({ languages: ['en', 'zh'] }, unknown).fits).toBe(false)
  expect(judge({ countries: ['undefined'] }, unknown).fits).toBe(false)
})

describe('the part that failed is told:', () => {
  test('of all, those that failed', () => {
    const judged = judge(
      { all: [{ amountMinor: { from: 100 } }, { weekdays: [1] }, { shares: { from: 9 } }] },
      order,
    )

    expect(decisiveIn(judged).map(({ condition, found }) => [condition, found])).toEqual([
      [{ weekdays: [1] }, 6],
      [{ shares: { from: 9 } }, 2],
    ])
  })

  test('of any, each of them', () => {
    const judged = judge({ any: [{ weekdays: [1] }, { categories: ['tea'] }] }, order)

    expect(judged.fits).toBe(false)
    expect(decisiveIn(judged)).toHaveLength(2)
  })

  test('of a not, the part that held', () => {
    const judged = judge({ all: [{ customer: 'new' }, { not: { storeIds: ['sto_1'] } }] }, order)

    expect(decisiveIn(judged)).toMatchObject([
      { fits: true, condition: { storeIds: ['sto_1'] }, found: 'sto_1' },
    ])
  })

  test('inside a part that does not matter, nothing is', () => {
    const judged = judge(
      { all: [{ any: [{ weekdays: [1] }, { customer: 'new' }] }, { shares: { from: 9 } }] },
      order,
    )

    expect(decisiveIn(judged).map(({ condition }) => condition)).toEqual([{ shares: { from: 9 } }])
  })
})

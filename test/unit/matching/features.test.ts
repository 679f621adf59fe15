import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { describeFit, describePerson, describeTerms } from '../../../src/matching/describe.ts'
import {
  KIND_FEATURES,
  type KindFacts,
  type Moment,
  PERSON_FEATURES,
  type PersonFacts,
} from '../../../src/matching/features.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
const NOBODY: PersonFacts = {
  tastes: {},
  ordersCount: 0,
  spentMinor: 0,
  sharesCount: 0,
  redemptionsCount: 0,
  latestOrders: [],
  tried: {},
  language: null,
}
const NOON: Moment = { at: NOW, hour: 12, weekday: 3, isOwnShare: false, isInChat: false }
const VOUCHER: KindFacts = {
  traits: {},
  kind: 'amount_off',
  valueMinor: 500,
  minSpendMinor: 2000,
  validDays: 30,
}

function person(facts: Partial<PersonFacts>, moment: Partial<Moment> = {}) {
  const values = describePerson(
    { ...NOBODY, ...facts },
    { ...NOON, ...moment },
    { usualMinor: 500 },
  )
  return Object.fromEntries(PERSON_FEATURES.map(({ name }, i) => [name, values[i]]))
}

function kind(facts: Partial<KindFacts>, of: Partial<PersonFacts> = {}, orderMinor?: number) {
  const moment = { ...NOON, ...(orderMinor !== undefined && { orderMinor }) }
  const voucher = { ...VOUCHER, ...facts }
  const values = [...describeTerms(voucher), ...describeFit(voucher, { ...NOBODY, ...of }, moment)]
  return Object.fromEntries(KIND_FEATURES.map(({ name }, i) => [name, values[i]]))
}

function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * 24 * 3600_000)
}

test('of somebody of whom nothing is known only that and the hour are told', () => {
  const { always, noOrder, hourCos, ...others } = person({})

  expect([always, noOrder, hourCos]).toEqual([1, 1, -1])
  expect(Object.values(others).every((value) => value === 0)).toBe(true)
})

test('patent 3 7: orders, their age and size, and what was bought are told in fixed steps', () => {
  const shopper = person({
    latestOrders: [daysAgo(7), daysAgo(40), daysAgo(120)],
    ordersCount: 2,
    spentMinor: 4000,
    tastes: { candles: 3000, kitchen: 1000 },
  })

  expect(shopper).toMatchObject({
    orders: 0.375, // two in 90 days, in eighths
    sinceOrder: 0.375, // seven days: three doublings of eight
    noOrder: 0,
    basket: 0.375, // four times what is usually given: two doublings of six
    oneSided: 0.75,
  })
})

test('patent 7: what somebody did with vouchers and shares is told, and little is told cautiously', () => {
  const tried = { amount_off: [3, 3], percent_off: [1, 0], shared: [2, 1] } as const
  const friend = person({ sharesCount: 3, tried })

  expect(friend).toMatchObject({ shares: 0.75, shareRate: 0, kept: 0.375, tried: 0.75 })
  expect(kind({ kind: 'amount_off' }, { tried })['keptKind']).toBe(0.75)
  expect(kind({ kind: 'percent_off' }, { tried })['keptKind']).toBe(-0.5)
  expect(kind({ kind: 'free_item' }, { tried })['keptKind']).toBe(0)
})

test('where and when somebody opens a link is told', () => {
  expect(person({}, { isOwnShare: true, isInChat: true, weekday: 6, hour: 6 })).toMatchObject({
    ownShare: 1,
    inChat: 1,
    weekend: 1,
    hourSin: 1,
    hourCos: 0,
  })
  expect(person({ language: 'zh' })['chinese']).toBe(1)
  expect(person({}, { orderMinor: 2000 })['thisBasket']).toBe(0.375)
})

describe('patent 8: the type information of a voucher is told:', () => {
  test('what it takes off, what must be spent, how long it is valid, of which kind it is', () => {
    expect(kind({})).toMatchObject({ depth: 0.25, minSpend: 0.5, validity: 0.5, percent: 0 })
    expect(kind({ kind: 'percent_off', percentBp: 1500 })).toMatchObject({
      depth: 0.125,
      percent: 1,
    })
    expect(kind({ minSpendMinor: 0 })).toMatchObject({ depth: 0.5, minSpend: 0, minSpendFit: 0 })
  })

  test('how well what the merchant says of it fits a person', () => {
    const cook = { tastes: { kitchen: 3000, candles: 1000 }, ordersCount: 3 }

    expect(kind({ traits: { kitchen: 1 } }, cook)['fit']).toBe(0.75)
    expect(kind({ traits: { candles: 0.8, returning: 0.3 } }, cook)['fit']).toBe(0.375)
    expect(kind({ traits: { party: 1 } }, cook)['fit']).toBe(0)
  })

  test('whether an order reaches what must be spent', () => {
    expect(kind({}, {}, 8000)['minSpendFit']).toBe(0.5)
    expect(kind({}, { ordersCount: 2, spentMinor: 2000 })['minSpendFit']).toBe(-0.25)
  })
})

test('whatever a person or a voucher is like, all that is told of them lies within its range', () => {
  const amount = fc.double({ min: -1e12, max: 1e15, noNaN: false })
  const count = fc.integer({ min: -5, max: 2 ** 31 })
  fc.assert(
    fc.property(
      fc.record({
        tastes: fc.dictionary(fc.string({ maxLength: 3 }), amount),
        ordersCount: count,
        spentMinor: amount,
        sharesCount: count,
        redemptionsCount: count,
        latestOrders: fc.array(fc.date({ noInvalidDate: false }), { maxLength: 16 }),
        tried: fc.constant({ shared: [0, 0] as const, amount_off: [-1, 9] as const }),
        language: fc.option(fc.string()),
      }),
      amount,
      (facts, value) => {
        const moment = { ...NOON, orderMinor: value }
        const told = [
          ...describePerson(facts, moment, { usualMinor: value }),
          ...describeTerms({ ...VOUCHER, valueMinor: value, validDays: value }),
          ...describeFit({ ...VOUCHER, valueMinor: value }, facts, moment),
        ]
        const features = [...PERSON_FEATURES, ...KIND_FEATURES]
        for (const [i, one] of told.entries()) {
          expect(one).toBeGreaterThanOrEqual(features[i]!.range[0])
          expect(one).toBeLessThanOrEqual(features[i]!.range[1])
        }
      },
    ),
  )
})

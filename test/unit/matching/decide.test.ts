import { describe, expect, test } from 'vitest'

import { type Arm, type Question, settle, tell, weigh } from '../../../src/matching/decide.ts'
import { describeTerms } from '../../../src/matching/describe.ts'
import { uniforms } from '../../../src/matching/draws.ts'
import type { PersonFacts } from '../../../src/matching/features.ts'
import { KIND_FEATURES, PERSON_FEATURES } from '../../../src/matching/features.ts'
import { type Model, newModel } from '../../../src/matching/model.ts'
import { usualMoney } from '../../../src/matching/money.ts'
import { SHOP_PRIOR } from '../../../src/matching/prior.ts'
import { makeReady } from '../../../src/matching/ready.ts'

const COOK: PersonFacts = {
  tastes: { kitchen: 3000 },
  ordersCount: 2,
  spentMinor: 3000,
  sharesCount: 0,
  redemptionsCount: 0,
  latestOrders: [new Date('2026-11-01T12:00:00Z')],
  tried: {},
  language: 'en',
}

function arm(id: string, terms: Partial<Arm> = {}): Arm {
  const kind = {
    traits: {},
    kind: 'amount_off',
    valueMinor: 500,
    minSpendMinor: 2000,
    validDays: 30,
    ...terms,
  } as const
  const seen = usualMoney(kind, undefined)
  return { id, least: 0, most: 1, ...kind, ...seen, terms: describeTerms(kind), ...terms }
}

const CANDLES = arm('candles', { traits: { candles: 1 } })
const KITCHEN = arm('kitchen', { traits: { kitchen: 1 } })
const PRESET = arm('preset', { valueMinor: 100, minSpendMinor: 0 })

function untaught(): Model {
  return newModel(PERSON_FEATURES.length, KIND_FEATURES.length, SHOP_PRIOR)
}

function decide(asked: Question, draw: number) {
  const told = tell(asked)
  return settle(asked, told, weigh(asked, told), draw)
}

/** Two kinds of vouchers and the preset one, for somebody who buys for the kitchen, from zero data. */
function question(more: Partial<Question> = {}): Question {
  const arms = more.arms ?? [CANDLES, KITCHEN, PRESET]
  const ids = arms.map(({ id }) => id)
  return {
    person: COOK,
    moment: {
      at: new Date('2026-11-22T12:00:00Z'),
      hour: 12,
      weekday: 7,
      isOwnShare: false,
      isInChat: false,
    },
    arms,
    choices: 2,
    preset: 2,
    stages: [makeReady(untaught(), ids, SHOP_PRIOR)],
    control: 0.1,
    isControl: false,
    isStopped: false,
    lambda: 0,
    ...more,
  }
}

test('patent 3 7 8: with no data at all, what the merchant said a voucher is for decides, and says why', () => {
  const { chosenId, by, reasons, logged } = decide(question(), 0.5)

  expect([chosenId, by]).toEqual(['kitchen', 'model'])
  expect(logged.arms.map(({ id, p }) => [id, p > 0.9])).toEqual([
    ['candles', false],
    ['kitchen', true],
    ['preset', false],
  ])
  expect(reasons[0]).toEqual({ feature: 'fit', points: expect.any(Number), high: true })
})

test('what is logged is what was drawn from: draws follow it, and it sums to one', () => {
  const arms = ['a', 'b', 'c', 'd'].map((id) =>
    arm(id, { traits: { kitchen: id === 'a' ? 0.2 : 0 } }),
  )
  const asked = question({ arms, choices: 3, preset: 3, control: 0 })
  const { logged } = decide(asked, 0)
  const draw = uniforms(7)
  const counts = new Map<string, number>()
  const rounds = 3000
  for (let i = 0; i < rounds; i++) {
    const { chosenId } = decide(asked, draw())
    counts.set(chosenId, (counts.get(chosenId) ?? 0) + 1)
  }

  expect(logged.arms.reduce((sum, { p }) => sum + Math.round(1e6 * p), 0)).toBe(1e6)
  const chiSquare = logged.arms
    .filter(({ p }) => p > 0)
    .reduce((sum, { id, p }) => sum + ((counts.get(id) ?? 0) - rounds * p) ** 2 / (rounds * p), 0)
  expect(chiSquare).toBeLessThan(13.8) // 0.1 % of honest draws are above that, of two degrees
})

test('the same question and draw are answered alike, to the last bit', () => {
  expect(decide(question(), 0.3)).toEqual(decide(question(), 0.3))
})

describe('who is in the control share', () => {
  test('gets the preset voucher, with the probability that says so', () => {
    expect(decide(question({ isControl: true }), 0)).toMatchObject({
      chosenId: 'preset',
      by: 'control',
      propensity: 0.1,
    })
  })

  test('leaves nine tenths of its probability to what the model chooses', () => {
    const { propensity, logged } = decide(question(), 0.5)

    expect(propensity).toBeCloseTo(0.9 * logged.arms[1]!.p, 12)
  })
})

test('a model that is stopped gives everybody the preset voucher', () => {
  expect(decide(question({ isStopped: true, control: 0 }), 0.5)).toMatchObject({
    chosenId: 'preset',
    by: 'stop_loss',
    propensity: 1,
  })
})

describe('a merchant', () => {
  test('may bound how often a kind is chosen', () => {
    const arms = [{ ...CANDLES, least: 0.3 }, { ...KITCHEN, most: 0.6 }, PRESET]

    const { logged } = decide(question({ arms }), 0.5)

    expect(logged.arms[0]!.p).toBeGreaterThanOrEqual(0.3)
    expect(logged.arms[1]!.p).toBeLessThanOrEqual(0.6 + 1e-6)
  })

  test('who has one kind only gives that, for sure', () => {
    const { logged, chosenId, reasons } = decide(
      question({ arms: [CANDLES, PRESET], choices: 1, preset: 1 }),
      0.99,
    )

    expect([chosenId, logged.arms.map(({ p }) => p), reasons]).toEqual([
      'candles',
      [1, 0],
      expect.any(Array),
    ])
  })

  test('who states a margin gives what brings more money, not what is redeemed more', () => {
    const generous = arm('generous', {
      valueMinor: 2000,
      minSpendMinor: 0,
      orderMinor: 2500,
      costMinor: 2000,
    })
    const modest = arm('modest', {
      valueMinor: 300,
      minSpendMinor: 2000,
      orderMinor: 4000,
      costMinor: 300,
    })
    const arms = [generous, modest, PRESET]

    const byMoney = decide(question({ arms, margin: 0.4 }), 0.5)
    const byNumber = decide(question({ arms }), 0.5)

    expect(byMoney.chosenId).toBe('modest')
    expect(byMoney.logged.arms.map(({ w }) => w)).toEqual([-1000, 1300, expect.any(Number)])
    expect(byNumber.logged.arms[0]!.p).toBeGreaterThan(byMoney.logged.arms[0]!.p)
  })

  test('whose budget runs short gives what costs less, and then the preset one', () => {
    const arms = [arm('dear', { valueMinor: 2000 }), arm('cheap', { valueMinor: 200 }), PRESET]
    const policy = (lambda: number) =>
      decide(question({ arms, lambda }), 0.5).logged.arms.map(({ p }) => p)

    const [dear = 0, , preset] = policy(0)
    const [dearer = 0, , more = 0] = policy(0.1)

    expect([dear > 0.2, preset]).toEqual([true, 0])
    expect(dearer).toBeLessThan(dear / 2)
    expect(more).toBeGreaterThan(0)
    expect(decide(question({ arms, lambda: 2 }), 0.5)).toMatchObject({
      chosenId: 'preset',
      by: 'paced',
      reasons: [],
    })
  })
})

test('however sure the model is, each kind is given now and then, so that the log can tell', () => {
  const { logged } = decide(question(), 0.5)

  expect(logged.arms.slice(0, 2).every(({ p }) => p >= 0.01)).toBe(true)
  expect(logged.arms[2]!.p).toBe(0)
})

test('a model whose numbers are not sound decides nothing', () => {
  const broken = untaught()
  for (const { belief } of broken.members) belief.mean.fill(Number.NaN)
  const stages = [makeReady(broken, ['candles', 'kitchen', 'preset'], SHOP_PRIOR)]

  expect(() => decide(question({ stages }), 0.5)).toThrow(RangeError)
})

test('what a redemption brings is guessed from the terms until it was seen', () => {
  const terms = { ...KITCHEN, kind: 'percent_off' as const, percentBp: 1000, valueMinor: 1000 }

  expect(usualMoney(terms, undefined)).toEqual({ orderMinor: 4000, costMinor: 400 })
  expect(usualMoney(terms, { count: 5, orderMinor: 40_000, costMinor: 4000 })).toEqual({
    orderMinor: 6000,
    costMinor: 600,
  })
})

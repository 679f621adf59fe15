import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { checkRule } from '../../../src/domain/check-rule.ts'
import { readRule } from '../../../src/domain/read-rule.ts'
import type { Rule } from '../../../src/domain/rule.ts'
import { writeRule } from '../../../src/domain/write-rule.ts'

const GBP = {
  currency: 'GBP',
  stores: new Map([
    ['S1', 'sto_1'],
    ['High Street', 'sto_2'],
  ]),
}

function ruleOf(text: string, terms = GBP): Rule {
  const read = readRule(text, terms)
  if (!('rule' in read)) throw new Error(JSON.stringify(read))
  return read.rule
}

test('a rule is read from one line', () => {
  expect(ruleOf('spend>=20 and (category=coffee or store=S1) and not returning')).toEqual({
    all: [
      { amountMinor: { from: 2000 } },
      { any: [{ categories: ['coffee'] }, { storeIds: ['sto_1'] }] },
      { not: { customer: 'returning' } },
    ],
  })
})

test('"and" binds more tightly than "or", and "not" most', () => {
  expect(ruleOf('new or not shares>=2 and store=S1')).toEqual({
    any: [
      { customer: 'new' },
      { all: [{ not: { shares: { from: 2 } } }, { storeIds: ['sto_1'] }] },
    ],
  })
})

describe('each condition is read:', () => {
  test.each<[string, Rule]>([
    ['spend>20', { amountMinor: { from: 2001 } }],
    ['spend<20', { amountMinor: { to: 1999 } }],
    ['SPEND <= 19.99', { amountMinor: { to: 1999 } }],
    ['spend=20..50.5', { amountMinor: { from: 2000, to: 5050 } }],
    ['shares=3', { shares: { from: 3, to: 3 } }],
    ['item=85123A,22423', { items: ['85123A', '22423'] }],
    ["category='hot drinks', tea", { categories: ['hot drinks', 'tea'] }],
    ["store='High Street'", { storeIds: ['sto_2'] }],
    ['day=mon-wed,sun', { weekdays: [1, 2, 3, 7] }],
    ['day=Saturday-mon', { weekdays: [1, 6, 7] }],
    ['hour=9-17', { hours: { fromMinute: 540, toMinute: 1020 } }],
    ['hour=22:30-02:00', { hours: { fromMinute: 1350, toMinute: 120 } }],
    ['hour=20-0', { hours: { fromMinute: 1200, toMinute: 1440 } }],
    [
      'hour=9-11,14-16',
      {
        any: [
          { hours: { fromMinute: 540, toMinute: 660 } },
          { hours: { fromMinute: 840, toMinute: 960 } },
        ],
      },
    ],
    ['language=zh', { languages: ['zh'] }],
    ['country!=France', { not: { countries: ['France'] } }],
    [
      '（spend≥20） and category＝茶，咖啡',
      { all: [{ amountMinor: { from: 2000 } }, { categories: ['茶', '咖啡'] }] },
    ],
  ])('%s', (text, rule) => {
    expect(ruleOf(text)).toEqual(rule)
  })
})

test('an amount has the decimals of its currency', () => {
  expect(ruleOf('spend>=500', { ...GBP, currency: 'JPY' })).toEqual({ amountMinor: { from: 500 } })
  expect(ruleOf('spend>=1.250', { ...GBP, currency: 'KWD' })).toEqual({
    amountMinor: { from: 1250 },
  })
  expect(readRule('spend>=5.5', { ...GBP, currency: 'JPY' })).toMatchObject({
    fault: { why: 'amount' },
  })
})

describe('what cannot be read is told with its place:', () => {
  test.each<[string, string, number]>([
    ['', 'expected_condition', 0],
    ['spend>=20 and', 'expected_condition', 13],
    ['spend>=20 and catgory=tea', 'unknown_condition', 14],
    ['spend 20', 'expected_comparison', 6],
    ['spend>=', 'expected_value', 7],
    ['spend>=1e3', 'amount', 7],
    ['spend>=-1', 'amount', 7],
    ['spend>=１２', 'amount', 7],
    ['spend>=1,000.50', 'number', 9],
    ['spend>=0.001', 'amount', 7],
    ['spend=50..20', 'range', 6],
    ['spend<0', 'range', 6],
    ['spend>=1..2', 'range', 7],
    ['shares>=two', 'number', 8],
    ['store=S9', 'store', 6],
    ['day=fryday', 'day', 4],
    ['day=mo', 'day', 4],
    ['hour=25-26', 'hour', 5],
    ['hour=9-9', 'hour', 5],
    ['hour=9:60-10', 'hour', 5],
    ['language=fr', 'language', 9],
    ['category>=tea', 'only_equals', 8],
    ['(new or returning', 'expected_bracket', 17],
    ['new) ', 'expected_end', 3],
    ['new returning', 'expected_end', 4],
    ["category='tea", 'unclosed', 9],
    ['new, returning', 'expected_end', 3],
    [`item=${'x'.repeat(600)}`, 'too_long', 600],
  ])('%s', (text, why, at) => {
    expect(readRule(text, GBP)).toMatchObject({ fault: { why, at } })
  })
})

test('what can never hold is refused', () => {
  expect(readRule('spend>=20 and spend<20', GBP)).toMatchObject({
    unsound: { why: 'contradiction' },
  })
})

test('a rule that is written is read again as it was', () => {
  const word = fc
    .stringMatching(/^[a-z茶' -]{1,8}$/)
    .filter((text) => text.trim() === text && text !== '')
  const range = fc
    .tuple(fc.nat(1_000_000), fc.nat(1000), fc.boolean(), fc.boolean())
    .map(([from, more, isOpen, isLow]) =>
      isOpen ? (isLow ? { from } : { to: from }) : { from, to: from + more },
    )
  const condition = fc.oneof(
    range.map((amountMinor) => ({ amountMinor })),
    range.map((shares) => ({ shares })),
    fc.uniqueArray(word, { minLength: 1, maxLength: 3 }).map((categories) => ({ categories })),
    fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }).map((weekdays) => ({ weekdays })),
    fc.constantFrom<Rule>(
      { customer: 'new' },
      { storeIds: ['sto_2'] },
      { languages: ['zh', 'en'] },
    ),
    fc.tuple(fc.nat(1439), fc.integer({ min: 1, max: 1439 })).map(([fromMinute, length]) => ({
      hours: { fromMinute, toMinute: (fromMinute + length) % 1440 || 1440 },
    })),
  )
  const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      condition,
      fc.array(tie('rule'), { minLength: 2, maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie('rule'), { minLength: 2, maxLength: 3 }).map((any) => ({ any })),
      tie('rule').map((not) => ({ not })),
    ),
  }))
  const terms = { currency: 'GBP', storeNames: new Map([['sto_2', 'High Street']]) }

  fc.assert(
    fc.property(
      rule.filter((one) => 'rule' in checkRule(one) && writeRule(one, terms).length <= 600),
      (one) => {
        expect(ruleOf(writeRule(one, terms))).toEqual(one)
      },
    ),
    { numRuns: 500 },
  )
})

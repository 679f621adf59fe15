import { describe, expect, test } from 'vitest'

import { checkRule, sayRuleFault } from '../../../src/domain/check-rule.ts'
import { RULE_LIMITS, type Rule } from '../../../src/domain/rule.ts'

function faultOf(value: unknown): string | undefined {
  const checked = checkRule(value)
  return 'fault' in checked ? sayRuleFault(checked.fault, 'offer.rule') : undefined
}

test('a rule of every condition, joined and denied, is taken as it is', () => {
  const rule: Rule = {
    all: [
      { amountMinor: { from: 2000, to: 5000 } },
      { any: [{ categories: ['coffee'] }, { items: ['85123A'] }, { storeIds: ['sto_1'] }] },
      { not: { customer: 'returning' } },
      { weekdays: [1, 7] },
      { hours: { fromMinute: 1320, toMinute: 120 } },
      { languages: ['zh'] },
      { countries: ['France'] },
      { shares: { from: 0 } },
    ],
  }

  expect(checkRule(rule)).toEqual({ rule })
})

describe('what no order can be held against is refused with its path:', () => {
  test.each<[unknown, RegExp]>([
    [{}, /^offer\.rule must be an object with one field/],
    [[], /^offer\.rule must be an object/],
    ['spend', /^offer\.rule must be an object/],
    [{ customer: 'new', shares: { from: 1 } }, /one field/],
    [{ spend: 5 }, /^offer\.rule has the unknown condition "spend"/],
    [{ toString: 1 }, /unknown condition "toString"/],
    [{ all: [] }, /^offer\.rule\.all must not be empty/],
    [
      { any: [{ all: [{ items: [] }] }] },
      /^offer\.rule\.any\[0\]\.all\[0\]\.items must not be empty/,
    ],
    [{ not: { customer: 'old' } }, /^offer\.rule\.not\.customer must be "new" or "returning"/],
    [{ amountMinor: {} }, /amountMinor must be minor units/],
    [{ amountMinor: { from: 20, to: 10 } }, /amountMinor must be/],
    [{ amountMinor: { from: -1 } }, /amountMinor must be/],
    [{ amountMinor: { from: 1.5 } }, /amountMinor must be/],
    [{ amountMinor: { from: '20' } }, /amountMinor must be/],
    [{ amountMinor: { least: 20 } }, /amountMinor must be/],
    [{ amountMinor: { to: 2 ** 53 } }, /amountMinor must be/],
    [{ weekdays: [0] }, /weekdays must be/],
    [{ weekdays: [1, 1] }, /weekdays must be/],
    [{ hours: { fromMinute: 60, toMinute: 60 } }, /hours must be/],
    [{ hours: { fromMinute: 1440, toMinute: 60 } }, /hours must be/],
    [{ languages: ['fr'] }, /languages must be/],
    [{ categories: ['tea', ' TEA'] }, /categories must be/],
    [{ categories: ['a\u0000b'] }, /categories must be/],
    [{ countries: [' '] }, /countries must be/],
    [{ items: Array.from({ length: RULE_LIMITS.list + 1 }, (_, i) => `${i}`) }, /items must be/],
  ])('%j', (value, message) => {
    expect(faultOf(value)).toMatch(message)
  })
})

test('a rule may be eight deep and have a hundred parts, and no more', () => {
  const nested = (depth: number): unknown =>
    depth === 1 ? { customer: 'new' } : { not: nested(depth - 1) }
  const wide = (parts: number) => ({
    any: Array.from({ length: parts - 1 }, (_, i) => ({ shares: { from: i } })),
  })

  expect([nested(8), wide(100)].map(faultOf)).toEqual([undefined, undefined])
  expect(faultOf(nested(9))).toMatch(/nested more than 8 deep/)
  expect(faultOf(wide(101))).toMatch(/more than 100 parts/)
})

describe('two parts of which only one can hold are refused:', () => {
  test.each<[Rule, Rule]>([
    [{ amountMinor: { from: 20 } }, { amountMinor: { to: 19 } }],
    [{ shares: { to: 1 } }, { shares: { from: 2 } }],
    [{ customer: 'new' }, { customer: 'returning' }],
    [{ storeIds: ['sto_1'] }, { storeIds: ['sto_2', 'sto_3'] }],
    [{ weekdays: [1, 2] }, { weekdays: [6] }],
    [{ hours: { fromMinute: 540, toMinute: 600 } }, { hours: { fromMinute: 600, toMinute: 660 } }],
    [{ languages: ['en'] }, { languages: ['zh'] }],
    [{ categories: ['tea'] }, { not: { categories: ['tea'] } }],
  ])('%j and %j', (one, other) => {
    expect(faultOf({ all: [one, other] })).toMatch(
      /^offer\.rule\.all can never hold: .* exclude each other/,
    )
    expect(faultOf({ all: [one, { all: [{ items: ['x'] }, other] }] })).toMatch(
      /exclude each other/,
    )
    expect(faultOf({ any: [one, other] })).toBeUndefined()
  })

  test.each<[Rule, Rule]>([
    [{ amountMinor: { from: 20 } }, { amountMinor: { to: 20 } }],
    [{ categories: ['tea'] }, { categories: ['coffee'] }],
    [{ countries: ['France'] }, { countries: ['france', 'Spain'] }],
    [{ hours: { fromMinute: 1320, toMinute: 120 } }, { hours: { fromMinute: 60, toMinute: 180 } }],
    [{ customer: 'new' }, { not: { customer: 'returning' } }],
  ])('but not %j and %j', (one, other) => {
    expect(faultOf({ all: [one, other] })).toBeUndefined()
  })
})

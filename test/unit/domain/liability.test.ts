import fc from 'fast-check'
import { expect, test } from 'vitest'

import { liabilityOf } from '../../../src/domain/liability.ts'

const CAMPAIGN = {
  budgetMinor: 50_000,
  currency: 'GBP',
  mode: 'matched',
  drawMaxMinor: null,
  maxVouchers: null,
} as const
const kind = (valueMinor: number, quantity: number, more = {}) => ({
  valueMinor,
  quantity,
  isFallback: false,
  isReward: false,
  ...more,
})

test('the budget is the most that ordinary vouchers cost; presets and rewards come on top', () => {
  const templates = [
    kind(500, 1000),
    kind(100, 50, { isFallback: true }),
    kind(300, 10, { isReward: true }),
  ]

  expect(liabilityOf({ ...CAMPAIGN, templates })).toEqual({
    budgetMinor: 50_000,
    fallbackMinor: 5_000,
    rewardMinor: 3_000,
    worstMinor: 58_000,
    currency: 'GBP',
  })
})

test('a campaign of few vouchers costs no more than all of them', () => {
  const templates = [kind(500, 10), kind(700, 2)]

  expect(liabilityOf({ ...CAMPAIGN, templates }).worstMinor).toBe(6_400)
})

test('a number of vouchers in all ends it earlier, the dearest counted first', () => {
  const templates = [kind(500, 10), kind(700, 2)]

  expect(liabilityOf({ ...CAMPAIGN, maxVouchers: 3, templates }).worstMinor).toBe(1_900)
})

test('a drawn voucher costs the most of the draw at most, whatever its kind is worth', () => {
  const random = { ...CAMPAIGN, mode: 'random', drawMaxMinor: 400 } as const

  expect(liabilityOf({ ...random, templates: [kind(9_999, 5)] }).worstMinor).toBe(2_000)
})

test('nothing that can be given costs more than the worst case', () => {
  const templates = fc.array(
    fc.record({
      valueMinor: fc.integer({ min: 1, max: 1_000 }),
      quantity: fc.integer({ min: 1, max: 20 }),
      given: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 6 },
  )
  const budget = fc.integer({ min: 1, max: 20_000 })
  fc.assert(
    fc.property(templates, budget, fc.integer({ min: 1, max: 60 }), (kinds, most, maxVouchers) => {
      const campaign = { ...CAMPAIGN, budgetMinor: most, maxVouchers }
      const { worstMinor } = liabilityOf({
        ...campaign,
        templates: kinds.map(({ valueMinor, quantity }) => kind(valueMinor, quantity)),
      })

      // gives what it may, kind by kind, and stops at the first limit
      let [spent, count] = [0, 0]
      for (const { valueMinor, quantity, given } of kinds) {
        for (let i = 0; i < Math.floor(quantity * given); i += 1) {
          if (spent + valueMinor > most || count === maxVouchers) break
          spent += valueMinor
          count += 1
        }
      }
      expect(spent).toBeLessThanOrEqual(worstMinor)
    }),
  )
})

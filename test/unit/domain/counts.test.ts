import { expect, test } from 'vitest'

import { addUp } from '../../../src/domain/counts.ts'

test('sums become counts and amounts, and what is no count is left out', () => {
  const sums = [
    { what: 'claimed', amount: 2 },
    { what: 'claimed', amount: 3 },
    { what: 'discount', amount: 700 },
    { what: 'order', amount: 2000 },
    { what: 'liability', amount: -100 },
    { what: 'issued', amount: 1 },
  ]

  expect(addUp(sums)).toMatchObject({
    claimed: 5,
    discountMinor: 700,
    orderMinor: 2000,
    liabilityMinor: -100,
    redeemed: 0,
    costPerRedemptionMinor: null,
  })
})

test.each([
  [500, 1, 500],
  [500, 3, 167],
  [1, 2, 1],
  [1, 3, 0],
  [0, 7, 0],
  [9_007_199_254_740_991, 2, 4_503_599_627_370_496],
])('%i minor units for %i redemptions are %i each', (discount, redeemed, each) => {
  const sums = [
    { what: 'discount', amount: discount },
    { what: 'redeemed', amount: redeemed },
  ]

  expect(addUp(sums).costPerRedemptionMinor).toBe(each)
})

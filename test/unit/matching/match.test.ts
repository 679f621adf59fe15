import { expect, test } from 'vitest'

import { match } from '../../../src/matching/match.ts'

const NOBODY = { tastes: {}, ordersCount: 1, sharesCount: 0, redemptionsCount: 0 }
const candles = { id: 'candles', traits: { candles: 1 } }
const kitchen = { id: 'kitchen', traits: { kitchen: 1 } }

test('patent 3 7: what somebody bought decides which of several offers fits them best', () => {
  const cook = { ...NOBODY, tastes: { kitchen: 3000, candles: 1000 } }

  const [first, second] = match(cook, [candles, kitchen])

  expect(first).toMatchObject({ id: 'candles', score: 0.25, probability: expect.closeTo(0.05) })
  expect(second).toMatchObject({ id: 'kitchen', score: 0.75, probability: expect.closeTo(0.95) })
  expect(second?.reasons).toEqual([{ trait: 'kitchen', weight: 0.75 }])
})

test('patent 7: how often somebody shared and redeemed counts too', () => {
  const friend = { ...NOBODY, sharesCount: 3, redemptionsCount: 1 }

  const [forSharers, forRedeemers] = match(friend, [
    { id: 'a', traits: { sharer: 1 } },
    { id: 'b', traits: { redeemer: 1 } },
  ])

  expect([forSharers?.score, forRedeemers?.score]).toEqual([0.75, 0.5])
})

test('patent 8: where nothing fits, every voucher is as likely as any other', () => {
  expect(match(NOBODY, [candles, kitchen]).map(({ probability }) => probability)).toEqual([
    0.5, 0.5,
  ])
})

test('probabilities sum to one, and no voucher is out of reach', () => {
  const arms = Array.from({ length: 7 }, (_, i) => ({
    id: `${i}`,
    traits: { candles: i / 7, new: 0.1 },
  }))

  const probabilities = match({ ...NOBODY, tastes: { candles: 500 } }, arms).map(
    ({ probability }) => probability,
  )

  expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
  expect(Math.min(...probabilities)).toBeGreaterThan(0.01)
})

test('there is nothing to choose from where there are no arms', () => {
  expect(match(NOBODY, [])).toEqual([])
})

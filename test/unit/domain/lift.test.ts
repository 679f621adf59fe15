import { expect, test } from 'vitest'

import { NAMED_GROUPS, sayGroup } from '../../../src/domain/group-words.ts'
import {
  hasChoice,
  possible,
  priceMinor,
  tightnessOf,
  verdictOn,
} from '../../../src/domain/lift.ts'
import { PERSON_FEATURES } from '../../../src/matching/features.ts'

test('the people of each feature are named, in both languages, and of no other', () => {
  const features = PERSON_FEATURES.map(({ name }) => name).filter((name) => name !== 'always')

  expect([...NAMED_GROUPS].sort()).toEqual(features.sort())
  for (const feature of features) {
    expect(sayGroup(feature).en).toMatch(/^people /)
    expect(sayGroup(feature).zh).toMatch(/顾客$/)
  }
})

test('nothing is said to be better or worse while it may be either', () => {
  const lift = (low: number, high: number) => verdictOn({ low, mean: 0, high, count: 300 })

  expect(verdictOn(null)).toBe('early')
  expect([lift(-1, 1), lift(0, 1), lift(-1, 0)]).toEqual(['open', 'open', 'open'])
  expect([lift(0.1, 1), lift(-1, -0.1)]).toEqual(['better', 'worse'])
})

test('a budget is told as tight from where its price moves something', () => {
  expect([0, 0.04, 0.05, 0.49, 0.5, 6].map((lambda) => tightnessOf({ lambda }))).toEqual([
    'loose',
    'loose',
    'little',
    'little',
    'much',
    'much',
  ])
  expect(priceMinor(0.1, 'GBP')).toEqual({ given: 10_000, needed: 1000 })
  expect(priceMinor(0.1, 'JPY')).toEqual({ given: 100, needed: 10 })
})

test('where there is only the preset one, nothing was chosen', () => {
  const arm = { id: 'vtp_1', name: 'A', settled: 1, redeemed: 0, expected: 0.2, share: 1 }

  expect(hasChoice({ arms: [] })).toBe(true)
  expect(hasChoice({ arms: [{ ...arm, isPreset: true }] })).toBe(false)
  expect(
    hasChoice({
      arms: [
        { ...arm, isPreset: true },
        { ...arm, isPreset: false },
      ],
    }),
  ).toBe(true)
})

test('of redemptions bounds are not told that cannot be', () => {
  expect(possible({ low: -0.1, mean: 0.4, high: 1.2 }, 'redemptions')).toEqual([0, 1])
  expect(possible({ low: -10, mean: 0.4, high: 120 }, 'money')).toEqual([-10, 120])
})

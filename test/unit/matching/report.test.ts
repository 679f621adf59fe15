import { describe, expect, test } from 'vitest'

import type { Logged } from '../../../src/matching/decide.ts'
import { driversOf } from '../../../src/matching/drivers.ts'
import { PERSON_FEATURES } from '../../../src/matching/features.ts'
import { compare, type Settled, settledOf, tallyArms } from '../../../src/matching/report.ts'

const WEEKEND = PERSON_FEATURES.findIndex(({ name }) => name === 'weekend')
const TRIED = PERSON_FEATURES.findIndex(({ name }) => name === 'tried')

/** A decision between A, B and the preset P, which a tenth get anyway. */
function logged(more: Partial<Logged> = {}, policy = [0.5, 0.5, 0]): Logged {
  return {
    x: PERSON_FEATURES.map(() => 0),
    control: 0.1,
    isControl: false,
    lambda: 0,
    preset: 'P',
    arms: ['A', 'B', 'P'].map((id, k) => ({ id, p: policy[k] ?? 0, e: 0.2, w: 300, z: [] })),
    ...more,
  }
}

function settled(chosen: string, answer = 1, from = logged()): Settled {
  const one = settledOf(from, chosen, { answer, valueMinor: null })
  if (!one) throw new Error('cannot be weighed')
  return one
}

function many(count: number, one: (i: number) => Settled): Settled[] {
  return Array.from({ length: count }, (_, i) => one(i))
}

describe('what is settled', () => {
  test('counts redemptions, or money where there is any', () => {
    expect(settled('A')).toMatchObject({
      chosen: 0,
      preset: 2,
      value: 1,
      expected: [0.2, 0.2, 0.2],
    })
    expect(settledOf(logged(), 'A', { answer: 1, valueMinor: 250 })).toMatchObject({
      value: 250,
      expected: [60, 60, 60],
    })
  })

  test('is left out where it could not have been given by what was logged', () => {
    const came = { answer: 1, valueMinor: null }

    expect(settledOf(logged(), 'elsewhere', came)).toBeUndefined()
    expect(settledOf(logged({}, [1, 0, 0]), 'B', came)).toBeUndefined()
    expect(settledOf(logged({ control: 0 }), 'P', came)).toBeUndefined()
    expect(settledOf(logged({ preset: null }), 'A', came)).toMatchObject({ preset: -1, control: 0 })
  })
})

describe('what would have been', () => {
  const mixed = many(300, (i) =>
    settled(['A', 'B', 'A', 'B', 'P'][i % 5] ?? 'A', Number(i % 5 < 1)),
  )

  test('is told over the decisions at which it could have been given', () => {
    const onlyB = many(200, () => settled('B', 0, logged({}, [0, 1, 0])))

    const always = compare([...mixed, ...onlyB], { policy: 'always', armId: 'A' })

    expect(always).toMatchObject({ policy: 'always', armId: 'A', count: 300 })
    expect(always?.asItWas).toBeCloseTo(0.2)
    expect(always?.ips.mean).toBeCloseTo(0.2 / 0.45)
  })

  test('is not told of what was hardly ever given, nor of nothing', () => {
    expect(compare(mixed.slice(0, 40), { policy: 'always', armId: 'A' })).toBeUndefined()
    expect(compare(mixed, { policy: 'always', armId: 'elsewhere' })).toBeUndefined()
    expect(compare([], { policy: 'random' })).toBeUndefined()
  })

  test('by chance never gives the preset one', () => {
    const stopped = many(300, () => settled('P', 1, logged({}, [0, 0, 1])))

    expect(compare(stopped, { policy: 'random' })).toBeUndefined()
    expect(compare(mixed, { policy: 'random' })?.count).toBe(300)
    expect(compare(mixed, { policy: 'preset' })?.count).toBe(300)
  })
})

test('of each arm it is counted what was given and redeemed, and what had been expected', () => {
  const tallies = tallyArms([settled('A'), settled('A', 0), settled('P', 0)])

  expect(tallies).toEqual([
    { id: 'A', isPreset: false, settled: 2, redeemed: 1, expected: 0.2, share: 0.5 },
    { id: 'B', isPreset: false, settled: 0, redeemed: 0, expected: 0, share: 0.5 },
    { id: 'P', isPreset: true, settled: 1, redeemed: 0, expected: 0.2, share: 0 },
  ])
})

describe('what drives the choice', () => {
  const person = (features: Record<number, number>) =>
    PERSON_FEATURES.map((_, i) => features[i] ?? 0)

  test('is the feature whose people are treated differently, above the middle of its range', () => {
    const people = many(100, (i) => {
      const isThere = i % 2 === 0
      const x = person({ [WEEKEND]: Number(isThere), [TRIED]: i % 4 < 2 ? 0.5 : 0.6 })
      return settled('A', 1, logged({ x }, isThere ? [0.9, 0.1, 0] : [0.4, 0.6, 0]))
    })

    expect(driversOf(people)).toEqual([
      { armId: 'A', feature: 'weekend', withIt: expect.closeTo(0.9), without: expect.closeTo(0.4) },
      { armId: 'B', feature: 'weekend', withIt: expect.closeTo(0.1), without: expect.closeTo(0.6) },
    ])
  })

  test('is not told of fewer than 30 people, nor of what hardly differs', () => {
    const at = (count: number, share: number) =>
      many(200, (i) => {
        const isThere = i < count
        const x = person({ [WEEKEND]: Number(isThere) })
        return settled('A', 1, logged({ x }, isThere ? [share, 1 - share, 0] : [0.5, 0.5, 0]))
      })

    expect(driversOf(at(29, 0.9))).toEqual([])
    expect(driversOf(at(30, 0.9))).toHaveLength(2)
    expect(driversOf(at(100, 0.52))).toEqual([])
  })

  test('the same two groups of people are told once', () => {
    const people = many(100, (i) => {
      const x = person({ [WEEKEND]: i % 2, [TRIED]: i % 2 })
      return settled('A', 1, logged({ x }, i % 2 ? [0.9, 0.1, 0] : [0.4, 0.6, 0]))
    })

    expect(driversOf(people)).toHaveLength(2)
  })
})

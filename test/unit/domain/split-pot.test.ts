import { expect, test } from 'vitest'

import { splitPot } from '../../../src/domain/split-pot.ts'
import { drawsFrom, hashOfSeed, newSeed } from '../../../src/seed.ts'

const POT = { totalMinor: 2000, parts: 8, minMinor: 100, maxMinor: 600 }

test('patent 8: the parts of a pot sum to it exactly and keep to their bounds, for any seed', () => {
  for (let round = 0; round < 2000; round++) {
    const parts = 1 + (round % 40)
    const pot = { totalMinor: parts * 250 + (round % 7), parts, minMinor: 100, maxMinor: 400 }
    const amounts = splitPot(pot, drawsFrom(`${round}`))
    expect(amounts.length).toBe(parts)
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(pot.totalMinor)
    expect(Math.min(...amounts)).toBeGreaterThanOrEqual(100)
    expect(Math.max(...amounts)).toBeLessThanOrEqual(400)
  }
})

test('patent 8: every position is the luckiest equally often', () => {
  const luckiest = new Array<number>(8).fill(0)
  const rounds = 8000
  for (let round = 0; round < rounds; round++) {
    const amounts = splitPot(POT, drawsFrom(`fair ${round}`))
    const position = amounts.indexOf(Math.max(...amounts))
    luckiest[position] = (luckiest[position] ?? 0) + 1
  }

  // six standard deviations of a fair draw; ties go to the first, which costs it a little
  const spread = 6 * Math.sqrt((rounds * (1 / 8) * 7) / 8)
  for (const count of luckiest) expect(Math.abs(count - rounds / 8)).toBeLessThan(spread)
})

test('the same seed gives the same split, so that anyone can repeat the draw', () => {
  const seed = newSeed()

  expect(splitPot(POT, drawsFrom(seed))).toEqual(splitPot(POT, drawsFrom(seed)))
  expect(hashOfSeed(seed)).toMatch(/^[0-9a-f]{64}$/)
})

test('a pot that cannot be split within its bounds is refused', () => {
  const draw = drawsFrom('x')

  expect(() => splitPot({ ...POT, minMinor: 300 }, draw)).toThrow(RangeError)
  expect(() => splitPot({ ...POT, maxMinor: 200 }, draw)).toThrow(RangeError)
  expect(() => splitPot({ ...POT, parts: 0 }, draw)).toThrow(RangeError)
})

test('a pot that leaves no room is split evenly', () => {
  expect(
    splitPot({ totalMinor: 300, parts: 3, minMinor: 100, maxMinor: 100 }, drawsFrom('x')),
  ).toEqual([100, 100, 100])
})

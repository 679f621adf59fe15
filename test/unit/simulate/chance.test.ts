import { describe, expect, test } from 'vitest'

import { chanceOf, countOf, normalOf, placeOf } from '../../../src/simulate/chance.ts'

function take(count: number, chance: () => number): number[] {
  return Array.from({ length: count }, chance)
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length
}

describe('chance', () => {
  test('follows from the seed and from what it is for', () => {
    expect(take(5, chanceOf(1, 'orders', 3))).toEqual(take(5, chanceOf(1, 'orders', 3)))
  })

  test.each([
    ['another seed', chanceOf(2, 'orders', 3)],
    ['another purpose', chanceOf(1, 'opens', 3)],
    ['another number', chanceOf(1, 'orders', 4)],
  ])('%s has other numbers', (_, other) => {
    expect(take(5, other)).not.toEqual(take(5, chanceOf(1, 'orders', 3)))
  })

  test('counts are so many on average, and none where none are expected', () => {
    const chance = chanceOf(1, 'counts')

    expect(meanOf(take(20_000, () => countOf(chance, 3)))).toBeCloseTo(3, 1)
    expect(countOf(chance, 0)).toBe(0)
  })

  test('normal numbers have mean 0 and variance 1', () => {
    const chance = chanceOf(1, 'normal')
    const numbers = take(20_000, () => normalOf(chance))

    expect(meanOf(numbers)).toBeCloseTo(0, 1)
    expect(meanOf(numbers.map((one) => one ** 2))).toBeCloseTo(1, 1)
  })

  test.each([
    [0, 1],
    [0.249, 1],
    [0.251, 3],
    [0.999, 3],
  ])('a draw of %d falls on place %d of weights 0, 1, 0, 3', (draw, place) => {
    expect(placeOf([0, 1, 0, 3], draw)).toBe(place)
  })
})

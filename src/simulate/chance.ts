import { createHash } from 'node:crypto'

import { uniforms } from '../matching/draws.ts'

/**
 * Numbers in [0, 1) that follow from a seed and from what they are for. Each purpose has its own, so that
 * what one part draws changes nothing for another, and two shops with the same seed meet the same people.
 */
export function chanceOf(seed: number, ...purpose: readonly (string | number)[]): () => number {
  const digest = createHash('sha256')
    .update([seed, ...purpose].join(' '))
    .digest()
  return uniforms(digest.readUInt32BE(0))
}

/** A standard normal number. */
export function normalOf(chance: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - chance()))
  return radius * Math.cos(2 * Math.PI * chance())
}

/** How many there are where so many are to be expected (Poisson). */
export function countOf(chance: () => number, expected: number): number {
  let count = 0
  let left = expected + Math.log(1 - chance())
  while (left >= 0) {
    count++
    left += Math.log(1 - chance())
  }
  return count
}

/** The place that a number in [0, 1) falls on, of places that weigh differently. */
export function placeOf(weights: readonly number[], draw: number): number {
  let left = draw * weights.reduce((sum, weight) => sum + weight, 0)
  const place = weights.findIndex((weight) => {
    left -= weight
    return left < 0
  })
  return place < 0 ? weights.length - 1 : place
}

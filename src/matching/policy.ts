import { type Sparse, sigmoid } from './belief.ts'
import { normals } from './draws.ts'
import { type Model, scoresOf, weightsOf } from './model.ts'

/** More arms than this are not chosen from at once. */
const MOST_ARMS = 64
/** Draws come in pairs of opposite sign. */
const PAIRS = 50
const NORMALS = normals(PAIRS * MOST_ARMS)

/**
 * How far draws go from what is believed: the whole way (1) would try too much for a shop's numbers,
 * and less than 0.3 locks in.
 */
const TEMPERATURE = 0.4
/** A member that is less likely is not asked. */
const NEGLIGIBLE = 0.002

/**
 * The probability with which each arm is to be chosen: how often it is worth most when all scores are
 * drawn together from what is believed (Thompson sampling, tallied), mixed over the members. It follows
 * from model and features alone; whoever draws from it knows the propensity exactly.
 *
 * @param worth what the arm at a place is worth if the answer is yes with this probability
 * @returns probabilities in the order of the features; they sum to 1
 */
export function tally(
  model: Model,
  features: readonly Sparse[],
  worth: (place: number, probability: number) => number,
): number[] {
  const weights = weightsOf(model)
  const probabilities = new Array<number>(features.length).fill(0)
  for (const [m, member] of model.members.entries()) {
    const weight = weights[m]!
    if (weight < NEGLIGIBLE) continue
    const { means, cov } = scoresOf(member, features)
    const wins = countWins(means, rootOf(cov, features.length), worth)
    for (const [k, won] of wins.entries()) probabilities[k]! += (weight * won) / (2 * PAIRS)
  }
  const sum = probabilities.reduce((all, one) => all + one, 0)
  return probabilities.map((one) => one / sum)
}

function countWins(
  means: Float64Array,
  root: Float64Array,
  worth: (place: number, probability: number) => number,
): number[] {
  const count = means.length
  const wins = new Array<number>(count).fill(0)
  const off = new Float64Array(count)
  for (let pair = 0; pair < PAIRS; pair++) {
    for (let k = 0; k < count; k++) {
      let sum = 0
      for (let j = 0; j <= k; j++) sum += root[k * count + j]! * NORMALS[pair * MOST_ARMS + j]!
      off[k] = TEMPERATURE * sum
    }
    for (const sign of [1, -1]) {
      let best = 0
      let most = Number.NEGATIVE_INFINITY
      for (let k = 0; k < count; k++) {
        const value = worth(k, sigmoid(means[k]! + sign * off[k]!))
        if (value > most) {
          most = value
          best = k
        }
      }
      wins[best]!++
    }
  }
  return wins
}

/** The lower triangle whose product with its transpose is the matrix (Cholesky); throws where there is none. */
function rootOf(matrix: Float64Array, size: number): Float64Array {
  const root = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!
      for (let k = 0; k < j; k++) sum -= root[i * size + k]! * root[j * size + k]!
      if (i !== j) root[i * size + j] = root[j * size + j]! > 0 ? sum / root[j * size + j]! : 0
      else if (sum > -1e-4) root[i * size + i] = Math.sqrt(Math.max(0, sum))
      else throw new RangeError('a belief is no longer sound')
    }
  }
  return root
}

/**
 * Keeps every arm in the game: at least `floor` for each, so that what would have been can be told from
 * the log, and where a merchant has set bounds for an arm, within these.
 */
export function bounded(
  probabilities: readonly number[],
  bounds: readonly { least: number; most: number }[],
): number[] {
  let result = probabilities.map((p, k) => clamp(p, bounds[k]!))
  for (let round = 0; round < 20; round++) {
    const missing = 1 - result.reduce((all, one) => all + one, 0)
    if (Math.abs(missing) < 1e-12) break
    const room = result.map((p, k) => (missing > 0 ? bounds[k]!.most - p : p - bounds[k]!.least))
    const all = room.reduce((sum, one) => sum + one, 0)
    if (all <= 0) break
    result = result.map((p, k) => clamp(p + (missing * room[k]!) / all, bounds[k]!))
  }
  const sum = result.reduce((all, one) => all + one, 0)
  return result.map((p) => p / sum)
}

function clamp(p: number, { least, most }: { least: number; most: number }): number {
  return Math.min(most, Math.max(least, p))
}

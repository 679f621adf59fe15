import type { Belief } from './belief.ts'
import { type Model, type Prior, sdsOf, temperatureOf, weightsOf } from './model.ts'

/** A member that is less likely is not asked. */
const NEGLIGIBLE = 0.01

/**
 * A model folded for the arms at hand, so that a decision costs microseconds: of each member that is
 * likely enough, what the scores of all arms for one person are made of.
 */
export type Ready = {
  people: number
  kinds: number
  arms: number
  /** How many answers the model has learnt. */
  learnt: number
  members: readonly ReadyMember[]
  /** What all members believe on average: `means` and `kindMeans`. */
  means: Float64Array
  kindMeans: Float64Array
}

export type ReadyMember = {
  /** How likely the member is; they sum to 1. */
  weight: number
  /** How far draws go from what it believes. */
  temperature: number
  /** For each arm the effects of a person: everybody's and the arm's own together. */
  means: Float64Array
  kindMeans: Float64Array
  /** For each pair of these effects (`pairAt`) how they vary together, for each pair of arms. */
  squares: Float64Array
  /** For each arm and each effect of a person how it varies together with those of the kinds. */
  crosses: Float64Array
  kindCov: Float64Array
}

/** Where the pair of two numbers stands, the first not below the second. */
export function pairAt(high: number, low: number): number {
  return (high * (high + 1)) / 2 + low
}

/** Folds a model, which stays as it is. Arms that it has not met stand as the prior has them. */
export function makeReady(model: Model, arms: readonly string[], prior: Prior): Ready {
  const { people, kinds } = model
  const weights = weightsOf(model).map((one) => (one < NEGLIGIBLE ? 0 : one))
  const sum = weights.reduce((all, one) => all + one, 0)
  const members = model.members.flatMap(({ belief }, m) => {
    if (weights[m] === 0) return []
    const scale = prior.scales[m]!
    const folding = foldingOf(model, belief, arms, sdsOf(prior, scale))
    return { weight: weights[m]! / sum, temperature: temperatureOf(scale), ...fold(folding) }
  })
  return {
    people,
    kinds,
    arms: arms.length,
    learnt: model.learnt,
    members,
    means: averageOf(members, (member) => member.means),
    kindMeans: averageOf(members, (member) => member.kindMeans),
  }
}

function averageOf(
  members: readonly ReadyMember[],
  of: (member: ReadyMember) => Float64Array,
): Float64Array {
  return of(members[0]!).map((_, i) =>
    members.reduce((sum, member) => sum + member.weight * of(member)[i]!, 0),
  )
}

type Folding = {
  belief: Belief
  people: number
  kinds: number
  /** Where the own weights of each arm begin; -1 for an arm that was not met. */
  firsts: readonly number[]
  sds: { own: number; personal: number }
}

function foldingOf(
  { people, kinds, arms: met }: Model,
  belief: Belief,
  arms: readonly string[],
  sds: Folding['sds'],
): Folding {
  const places = arms.map((arm) => met.indexOf(arm))
  const firsts = places.map((place) => (place < 0 ? -1 : people + kinds + place * people))
  return { belief, people, kinds, firsts, sds }
}

function fold(folding: Folding): Omit<ReadyMember, 'weight' | 'temperature'> {
  const { belief, people, kinds } = folding
  return {
    means: foldMeans(folding),
    kindMeans: Float64Array.from(belief.mean.subarray(people, people + kinds)),
    squares: foldSquares(folding),
    crosses: foldCrosses(folding),
    kindCov: Float64Array.from({ length: kinds * kinds }, (_, at) => {
      const row = people + Math.floor(at / kinds)
      return belief.cov[row * belief.size + people + (at % kinds)]!
    }),
  }
}

function foldMeans({ belief: { mean }, people, firsts }: Folding): Float64Array {
  const means = new Float64Array(firsts.length * people)
  for (const [k, first] of firsts.entries()) {
    for (let i = 0; i < people; i++) {
      means[k * people + i] = mean[i]! + (first < 0 ? 0 : mean[first + i]!)
    }
  }
  return means
}

/** Of effects i and j of two arms: everybody's and the arms' own each, so four numbers of the covariance. */
function foldSquares({ belief: { cov, size }, people, firsts, sds }: Folding): Float64Array {
  const pairs = pairAt(firsts.length, 0)
  const squares = new Float64Array(pairs * pairAt(people, 0))
  const both = (from: number, to: number, i: number, j: number) => {
    const one = cov[(from + i) * size + to + j]!
    return i === j ? one : one + cov[(from + j) * size + to + i]!
  }
  let at = 0
  for (let i = 0; i < people; i++) {
    for (let j = 0; j <= i; j++) {
      const shared = both(0, 0, i, j)
      const own = firsts.map((first) => (first < 0 ? 0 : both(first, 0, i, j)))
      for (let k = 0; k < firsts.length; k++) {
        for (let l = 0; l <= k; l++) {
          const isMet = firsts[k]! >= 0 && firsts[l]! >= 0
          squares[at++] =
            shared + own[k]! + own[l]! + (isMet ? both(firsts[k]!, firsts[l]!, i, j) : 0)
        }
      }
    }
    // an arm that was not met varies by itself
    for (const [k, first] of firsts.entries()) {
      const sd = i === 0 ? sds.own : sds.personal
      if (first < 0) squares[pairAt(i, i) * pairs + pairAt(k, k)]! += Math.fround(sd ** 2)
    }
  }
  return squares
}

function foldCrosses({ belief: { cov, size }, people, kinds, firsts }: Folding): Float64Array {
  const crosses = new Float64Array(firsts.length * people * kinds)
  let at = 0
  for (const first of firsts) {
    for (let i = 0; i < people; i++) {
      for (let j = people; j < people + kinds; j++) {
        crosses[at++] = cov[i * size + j]! + (first < 0 ? 0 : cov[(first + i) * size + j]!)
      }
    }
  }
  return crosses
}

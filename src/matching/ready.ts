import type { Belief } from './belief.ts'
import { type Model, type Prior, sdsOf, weightsOf } from './model.ts'

/** A member that is less likely is not asked. */
const NEGLIGIBLE = 0.002

/**
 * A model folded for the arms at hand, so that a decision costs microseconds: of each member that is
 * likely enough, what the scores of all arms for one person are made of.
 */
export type Ready = { people: number; kinds: number; arms: number; members: ReadyMember[] }

export type ReadyMember = {
  /** How likely the member is; they sum to 1. */
  weight: number
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
  const weights = weightsOf(model).map((weight) => (weight < NEGLIGIBLE ? 0 : weight))
  const sum = weights.reduce((all, one) => all + one, 0)
  const members = model.members.flatMap(({ belief }, m) => {
    if (weights[m] === 0) return []
    const effects = effectsOf(model, m, arms, prior)
    return { weight: weights[m]! / sum, ...fold(effects, model, belief, arms.length) }
  })
  return { people, kinds, arms: arms.length, members }
}

/** What a member believes of a person's effect i on arm k, everybody's and the arm's own together. */
type Effects = {
  mean(k: number, i: number): number
  cov(k: number, i: number, l: number, j: number): number
  /** How it varies together with weight `j`. */
  cross(k: number, i: number, j: number): number
}

function effectsOf(model: Model, m: number, arms: readonly string[], prior: Prior): Effects {
  const { size, mean, cov } = model.members[m]!.belief
  const { own, personal } = sdsOf(prior, prior.scales[m]!)
  const places = arms.map((arm) => model.arms.indexOf(arm))
  const isMet = places.map((place) => place >= 0)
  const firsts = places.map((place) => model.people + model.kinds + place * model.people)
  const cross = (k: number, i: number, j: number) =>
    cov[i * size + j]! + (isMet[k] ? cov[(firsts[k]! + i) * size + j]! : 0)
  return {
    cross,
    mean: (k, i) => mean[i]! + (isMet[k] ? mean[firsts[k]! + i]! : 0),
    cov: (k, i, l, j) => {
      if (isMet[l]) return cross(k, i, j) + cross(k, i, firsts[l]! + j)
      // an arm that was not met varies by itself
      const alone = k === l && i === j ? (i === 0 ? own : personal) ** 2 : 0
      return cross(k, i, j) + alone
    },
  }
}

function fold(
  effects: Effects,
  { people, kinds }: Model,
  { mean, cov, size }: Belief,
  arms: number,
): Omit<ReadyMember, 'weight'> {
  const folded = {
    means: new Float64Array(arms * people),
    kindMeans: Float64Array.from(mean.subarray(people, people + kinds)),
    squares: new Float64Array(pairAt(arms, 0) * pairAt(people, 0)),
    crosses: new Float64Array(arms * people * kinds),
    kindCov: new Float64Array(kinds * kinds),
  }
  const pairs = pairAt(arms, 0)
  for (let k = 0; k < arms; k++) {
    for (let l = 0; l <= k; l++) {
      for (let i = 0; i < people; i++) {
        for (let j = 0; j <= i; j++) {
          const both = effects.cov(k, i, l, j) + (i === j ? 0 : effects.cov(k, j, l, i))
          folded.squares[pairAt(i, j) * pairs + pairAt(k, l)] = both
        }
      }
    }
    for (let i = 0; i < people; i++) {
      folded.means[k * people + i] = effects.mean(k, i)
      for (let j = 0; j < kinds; j++) {
        folded.crosses[(k * people + i) * kinds + j] = effects.cross(k, i, people + j)
      }
    }
  }
  for (let i = 0; i < kinds; i++) {
    const row = (people + i) * size + people
    folded.kindCov.set(cov.subarray(row, row + kinds), i * kinds)
  }
  return folded
}

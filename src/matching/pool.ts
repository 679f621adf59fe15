import { type Belief, independent, learn, mustBeSound, sigmoid, standOf } from './belief.ts'
import type { Prior } from './model.ts'

/** What came of a decision anywhere: the person and the kind of arm as the model saw them. */
export type PooledAnswer = { person: readonly number[]; kind: readonly number[]; answer: 0 | 1 }

/**
 * What people and kinds of arms have in common over several shops. It knows no arm and no shop: only the
 * weights of features leave one.
 */
export type Pool = { prior: Prior; belief: Belief; people: number; count: number }

/** How far an arm may be from what its features say, once that is known from elsewhere. */
const ARM_SD = 0.4
const LIKELY = { least: 0.001, most: 0.999 }

export function newPool(people: number, kinds: number, prior: Prior): Pool {
  const mean = new Float64Array(people + kinds)
  const sds = new Float64Array(people + kinds)
  sds.fill(prior.personSd / Math.sqrt(Math.max(1, prior.meanSquare)), 0, people)
  mean[0] = Math.log(prior.baseRate / (1 - prior.baseRate))
  sds[0] = prior.baseSd
  for (let i = 1; i < people; i++) mean[i] = prior.personMeans?.[i] ?? 0
  for (let i = 0; i < kinds; i++) {
    mean[people + i] = prior.kindMeans[i] ?? 0
    sds[people + i] = prior.kindSds[i] ?? 0
  }
  return { prior, belief: independent(mean, sds), people, count: 0 }
}

/** Adds an answer; one whose numbers are not sound is left out. */
export function pour(pool: Pool, { person, kind, answer }: PooledAnswer): void {
  const value = [...person, ...kind]
  if (value.length !== pool.belief.size || !value.every(Number.isFinite)) return
  const at = value.flatMap((one, i) => (one === 0 ? [] : [i]))
  const stand = standOf(pool.belief, { at, value: at.map((i) => value[i] ?? 0) })
  mustBeSound(stand)
  learn(pool.belief, stand, answer)
  pool.count++
}

/** What a new shop begins with: the means of the pool, as uncertain as before, arms that differ less, and no head start. */
export function priorFrom({ prior, belief, people }: Pool): Prior {
  const means = Array.from(belief.mean)
  const base = sigmoid(means[0] ?? 0)
  return {
    ...prior,
    baseRate: Math.min(LIKELY.most, Math.max(LIKELY.least, base)),
    armSd: Math.min(prior.armSd, ARM_SD),
    // what people have in common is known by now: what is personal gets no head start
    odds: [],
    personMeans: [0, ...means.slice(1, people)],
    kindMeans: means.slice(people),
  }
}

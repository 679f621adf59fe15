import type { Draw } from './chance.ts'

/** Whoever learns which arm is best for whom, and says with what probability it would choose each. */
export type Learner = {
  /** @returns probabilities over all arms, or the place of the one arm that it would choose */
  choose(x: Float32Array): number[] | number
  learn(x: Float32Array, arm: number, reward: number): void
}

/** What a learner is made for. Rewards are in [0, 1]; `worth` is what a reward at each arm is worth. */
export type Setting = {
  people: number
  arms: number
  worth: readonly number[]
  /** The mean of x·x without its first entry. */
  meanSquare: number
  /** How often the answer is yes, roughly. */
  baseRate: number
  segmentOf: (x: Float32Array) => number
  segments: number
  draw: Draw
}

export type Contestant = { name: string; make(setting: Setting): Learner }

export function bestOf(values: ArrayLike<number>): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i
  return best
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { type Draw, normal } from './chance.ts'

/**
 * People and arms to choose from. Either the probability of a reward is known for every arm (`rewards`),
 * or it was logged what one arm gave (`log`), chosen uniformly.
 */
export type DataSet = {
  name: string
  /** How many people, features of each (the first is 1) and arms. */
  count: number
  people: number
  arms: number
  x: Float32Array
  worth: number[]
  rewards?: Float32Array
  log?: { arm: Uint8Array; reward: Float32Array; baseline: Float32Array; propensity: number }
}

/**
 * Reads a directory of the form that `reference/matching.md` 5 describes.
 *
 * @param margin what a merchant keeps of what is sold; without it a reward at each arm is worth 1
 */
export function readDataSet(directory: string, margin?: number): DataSet {
  const meta = JSON.parse(readFileSync(join(directory, 'meta.json'), 'utf8')) as Meta
  const { name, kind, n: count, dx: people, K: arms } = meta
  const set = {
    name,
    count,
    people,
    arms,
    x: floats(directory, 'x.f32', count * people),
    worth: worthOf(meta, margin),
  }
  if (kind === 'full') return { ...set, rewards: floats(directory, 'R.f32', count * arms) }
  return {
    ...set,
    log: {
      arm: new Uint8Array(readFileSync(join(directory, 'a.u8'))),
      reward: floats(directory, 'r.f32', count),
      baseline: floats(directory, 'q.f32', count * arms),
      propensity: meta.propensity ?? 1 / arms,
    },
  }
}

type Meta = {
  name: string
  kind: 'full' | 'logged'
  n: number
  dx: number
  K: number
  /** What is sold where an arm is rewarded, and what the reward costs. */
  value?: number[]
  cost?: number[]
  propensity?: number
}

function worthOf({ K, value, cost }: Meta, margin: number | undefined): number[] {
  if (margin === undefined) return new Array<number>(K).fill(1)
  if (!value || !cost)
    throw new Error('A margin needs `value` and `cost` of each arm in meta.json.')
  return value.map((sold, k) => margin * sold - (cost[k] ?? 0))
}

function floats(directory: string, file: string, expected: number): Float32Array {
  const bytes = readFileSync(join(directory, file))
  if (bytes.length !== expected * 4) {
    throw new Error(`${join(directory, file)} holds ${bytes.length} bytes, not ${expected * 4}.`)
  }
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}

/** People of known taste, for where no data are at hand: some effects are everybody's, some personal. */
export function synthetic(
  draw: Draw,
  { count = 8000, people = 12, arms = 6, personal = 0.6 } = {},
): DataSet {
  const x = new Float32Array(count * people)
  const rewards = new Float32Array(count * arms)
  const own = Array.from({ length: arms }, () => 0.6 * normal(draw))
  const shared = Array.from({ length: people }, () => 0.4 * normal(draw))
  const each = Array.from(
    { length: arms * people },
    () => (personal * normal(draw)) / Math.sqrt(people),
  )
  for (let i = 0; i < count; i++) {
    x[i * people] = 1
    for (let j = 1; j < people; j++)
      x[i * people + j] = j % 3 === 0 ? Number(draw() < 0.3) : Math.tanh(normal(draw))
    for (let k = 0; k < arms; k++) {
      let score = -1 + own[k]!
      for (let j = 1; j < people; j++) {
        score += x[i * people + j]! * (shared[j]! / Math.sqrt(people) + each[k * people + j]!)
      }
      rewards[i * arms + k] = 1 / (1 + Math.exp(-score))
    }
  }
  return {
    name: 'synthetic',
    count,
    people,
    arms,
    x,
    worth: new Array<number>(arms).fill(1),
    rewards,
  }
}

import { readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { BadInput } from './bad-input.ts'
import type { DataSet, Log } from './data-set.ts'

/**
 * Reads a directory of the form that `reference/matching.md` 5 describes. What is wrong with it is said
 * in one line that names the file.
 *
 * @param margin what a merchant keeps of what is sold; without it a reward at each arm is worth 1
 */
export function readDataSet(directory: string, margin?: number): DataSet {
  const meta = readMeta(directory)
  const { n: count, dx: people, K: arms, dz: kinds = 0 } = meta
  const x = floats(directory, 'x.f32', count * people, [-1e6, 1e6])
  for (let i = 0; i < count; i++) {
    if (x[i * people] !== 1)
      throw faulty(directory, 'x.f32', `the first feature of person ${i} is not 1`)
  }
  const z = kinds > 0 ? floats(directory, 'z.f32', arms * kinds, [-1e6, 1e6]) : new Float32Array()
  const name = meta.name ?? basename(resolve(directory))
  const set = { name, count, people, arms, kinds, x, z, worth: worthOf(directory, meta, margin) }
  return meta.kind === 'full'
    ? { ...set, rewards: floats(directory, 'R.f32', count * arms, [0, 1]) }
    : { ...set, log: logOf(directory, meta) }
}

type Meta = {
  name?: string
  kind: 'full' | 'logged'
  n: number
  dx: number
  K: number
  dz?: number
  /** What is sold where an arm is rewarded, and what the reward costs. */
  value?: number[]
  cost?: number[]
  propensity?: number
}

function readMeta(directory: string): Meta {
  const text = bytesOf(directory, 'meta.json').toString('utf8')
  let meta: Partial<Meta> | null
  try {
    meta = JSON.parse(text) as Partial<Meta> | null
  } catch (cause) {
    throw faulty(directory, 'meta.json', 'this is not JSON', cause)
  }
  const fault = metaFault(meta ?? {})
  if (fault) throw faulty(directory, 'meta.json', fault)
  return meta as Meta
}

/** What is wrong with it, if anything. */
function metaFault({ name, kind, n, dx, K, dz, value, cost, propensity }: Partial<Meta>) {
  if (name !== undefined && (typeof name !== 'string' || name.length === 0 || name.length > 80))
    return '`name` must be a text of up to 80 characters'
  if (kind !== 'full' && kind !== 'logged') return '`kind` must be "full" or "logged"'
  if (!isWhole(n, 1, 1e8)) return '`n` (people) must be a whole number of at least 1'
  if (!isWhole(dx, 1, 10_000)) return '`dx` (features) must be a whole number of at least 1'
  if (!isWhole(K, 2, 256)) return '`K` (arms) must be a whole number from 2 to 256'
  if (dz !== undefined && !isWhole(dz, 0, 10_000)) return '`dz` must be a whole number'
  if (!isPerArm(value, K) || !isPerArm(cost, K))
    return '`value` and `cost` must be a number for each arm'
  if (propensity !== undefined && !(propensity > 0 && propensity <= 1))
    return '`propensity` must be above 0 and at most 1'
  return undefined
}

function isWhole(number: number | undefined, least: number, most: number): number is number {
  return Number.isInteger(number) && number! >= least && number! <= most
}

function isPerArm(numbers: number[] | undefined, arms: number): boolean {
  if (numbers === undefined) return true
  return Array.isArray(numbers) && numbers.length === arms && numbers.every(Number.isFinite)
}

function logOf(directory: string, { n: count, K: arms, propensity = 1 / arms }: Meta): Log {
  const arm = new Uint8Array(bytesOf(directory, 'a.u8', count))
  const stranger = arm.findIndex((one) => one >= arms)
  if (stranger >= 0) {
    throw faulty(directory, 'a.u8', `entry ${stranger} is arm ${arm[stranger]} of ${arms}`)
  }
  return {
    arm,
    reward: floats(directory, 'r.f32', count, [0, 1]),
    baseline: floats(directory, 'q.f32', count * arms, [-1e6, 1e6]),
    propensity,
  }
}

function worthOf(directory: string, { K, value, cost }: Meta, margin: number | undefined) {
  if (margin === undefined) return new Array<number>(K).fill(1)
  if (!value || !cost)
    throw faulty(directory, 'meta.json', '--margin needs `value` and `cost` of each arm')
  return value.map((sold, k) => margin * sold - cost[k]!)
}

function floats(directory: string, file: string, expected: number, [least, most]: number[]) {
  const bytes = bytesOf(directory, file, expected * 4)
  const numbers = new Float32Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  )
  const wrong = numbers.findIndex((number) => !(number >= least! && number <= most!))
  if (wrong < 0) return numbers
  throw faulty(directory, file, `entry ${wrong} is ${numbers[wrong]}, not within ${least}…${most}`)
}

function bytesOf(directory: string, file: string, expected?: number): Buffer {
  let bytes: Buffer
  try {
    bytes = readFileSync(join(directory, file))
  } catch (cause) {
    throw faulty(directory, file, 'this file cannot be read', cause)
  }
  if (expected === undefined || bytes.length === expected) return bytes
  throw faulty(directory, file, `it holds ${bytes.length} bytes, not ${expected}`)
}

function faulty(directory: string, file: string, fault: string, cause?: unknown): Error {
  return new BadInput(`${join(directory, file)}: ${fault}.`, { cause })
}

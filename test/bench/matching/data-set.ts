/**
 * People and arms to choose from. Either the probability of a reward is known for every arm (`rewards`),
 * or it was logged what one arm gave (`log`), chosen uniformly.
 */
export type DataSet = {
  name: string
  /** How many people, features of each (the first is 1), arms, and features of each arm. */
  count: number
  people: number
  arms: number
  kinds: number
  x: Float32Array
  z: Float32Array
  /** What a reward at each arm is worth. */
  worth: number[]
  rewards?: Float32Array
  log?: Log
}

/** Of each person: the arm that was given, what came of it, and what every arm was expected to bring. */
export type Log = {
  arm: Uint8Array
  reward: Float32Array
  baseline: Float32Array
  propensity: number
}

export function personOf({ x, people }: DataSet, i: number): Float32Array {
  return x.subarray(i * people, (i + 1) * people)
}

/** How likely a reward is, where that is known. */
export function rewardOf({ rewards, arms }: DataSet, i: number, arm: number): number {
  return rewards![i * arms + arm]!
}

/** The mean reward of each arm: for everybody where all is known, else for those to whom it was given. */
export function rewardMeans(set: DataSet): number[] {
  const sums = new Array<number>(set.arms).fill(0)
  const counts = new Array<number>(set.arms).fill(0)
  for (let i = 0; i < set.count; i++) {
    for (const [k] of sums.entries()) {
      if (set.log && set.log.arm[i] !== k) continue
      sums[k]! += set.log ? set.log.reward[i]! : rewardOf(set, i, k)
      counts[k]! += 1
    }
  }
  return sums.map((sum, k) => sum / Math.max(1, counts[k]!))
}

/** The mean of x·x without its first entry. */
export function meanSquareOf({ x, people, count }: DataSet): number {
  let squares = 0
  for (let i = 0; i < x.length; i++) if (i % people !== 0) squares += x[i]! ** 2
  return squares / count
}

import { drawsFrom, pick, shuffled } from './chance.ts'
import type { DataSet } from './data-set.ts'
import { bestOf, type Contestant, type Learner, type Setting } from './learner.ts'

export type PlayOptions = {
  rounds: number
  /** Answers are learnt in batches of so many. */
  delay: number
  /** All probabilities of a reward times this. */
  rate: number
  /** From this round on the best and the worst arm have changed places. */
  driftAt?: number | undefined
  /** The share that gets the arm of the lowest number, whatever is learnt. */
  control: number
}

/** Mean value of all rounds until each mark. */
export type Course = { mark: number; value: number }[]

const MARKS = [250, 1000, 4000, 8000, 16_000]

/** One contestant on one order of people: draws rewards, and scores what was to be expected of its choices. */
export function play(
  set: DataSet,
  contestant: Contestant,
  seed: number,
  options: PlayOptions,
): Course {
  return set.log ? replay(set, contestant, seed, options) : simulate(set, contestant, seed, options)
}

function simulate(
  set: DataSet,
  contestant: Contestant,
  seed: number,
  options: PlayOptions,
): Course {
  const draw = drawsFrom(seed)
  const order = shuffled(set.count, draw)
  const learner = contestant.make(settingOf(set, draw, options.rate))
  const swap = options.driftAt === undefined ? undefined : extremes(set)
  const later = inBatches(learner, options.delay)
  const course: Course = []
  let sum = 0
  for (let t = 0; t < options.rounds; t++) {
    const i = order[t % set.count]!
    const x = set.x.subarray(i * set.people, (i + 1) * set.people)
    const isSwapped = swap !== undefined && t >= options.driftAt!
    const rewardOf = (k: number) =>
      options.rate * set.rewards![i * set.arms + (isSwapped ? (swap.get(k) ?? k) : k)]!
    const probabilities = spread(learner.choose(x), set.arms).map(
      (p, k) => (1 - options.control) * p + (k === 0 ? options.control : 0),
    )
    for (const [k, p] of probabilities.entries()) sum += p * rewardOf(k) * set.worth[k]!
    const arm = pick(probabilities, draw())
    later.learn(x, arm, draw() < rewardOf(arm) ? 1 : 0)
    if (MARKS.includes(t + 1) || t + 1 === options.rounds)
      course.push({ mark: t + 1, value: sum / (t + 1) })
  }
  return course
}

/**
 * A log is replayed in an order of chance: only where the learner draws what was logged does it learn.
 * Every event scores what it would have chosen, doubly robustly; the value is over all events.
 */
function replay(set: DataSet, contestant: Contestant, seed: number, options: PlayOptions): Course {
  const { arm: logged, reward, baseline, propensity } = set.log!
  const draw = drawsFrom(seed)
  const learner = contestant.make(settingOf(set, draw, 1))
  const later = inBatches(learner, options.delay)
  const course: Course = []
  let accepted = 0
  let sum = 0
  let events = 0
  for (const i of shuffled(set.count, draw)) {
    if (accepted >= options.rounds) break
    const x = set.x.subarray(i * set.people, (i + 1) * set.people)
    const probabilities = spread(learner.choose(x), set.arms)
    const arm = logged[i]!
    events++
    for (const [k, p] of probabilities.entries())
      sum += p * baseline[i * set.arms + k]! * set.worth[k]!
    sum +=
      (probabilities[arm]! / propensity) *
      (reward[i]! - baseline[i * set.arms + arm]!) *
      set.worth[arm]!
    if (pick(probabilities, draw()) !== arm) continue
    accepted++
    later.learn(x, arm, reward[i]!)
    if (MARKS.includes(accepted)) course.push({ mark: accepted, value: sum / events })
  }
  return course
}

function spread(choice: number[] | number, arms: number): number[] {
  if (typeof choice !== 'number') return choice
  return Array.from({ length: arms }, (_, k) => Number(k === choice))
}

function inBatches(learner: Learner, delay: number): Pick<Learner, 'learn'> {
  const waiting: [Float32Array, number, number][] = []
  return {
    learn: (...answer) => {
      waiting.push(answer)
      if (waiting.length <= delay) return
      for (const one of waiting.splice(0)) learner.learn(...one)
    },
  }
}

/** The mean value of each arm for everybody. */
function meansOf(set: DataSet): number[] {
  const { count, arms, rewards, log, worth } = set
  return Array.from({ length: arms }, (_, k) => {
    let sum = 0
    let number = 0
    for (let i = 0; i < count; i++) {
      if (log && log.arm[i] !== k) continue
      sum += log ? log.reward[i]! : rewards![i * arms + k]!
      number++
    }
    return (sum / Math.max(1, number)) * worth[k]!
  })
}

/** The arm that is best for most, in hindsight. */
export function bestFixed(set: DataSet): Contestant {
  const best = bestOf(meansOf(set))
  return { name: 'best fixed arm', make: () => ({ choose: () => best, learn: () => undefined }) }
}

function extremes(set: DataSet): Map<number, number> {
  const means = meansOf(set)
  const best = bestOf(means)
  const worst = bestOf(means.map((mean) => -mean))
  return new Map([
    [best, worst],
    [worst, best],
  ])
}

function settingOf(set: DataSet, draw: Setting['draw'], rate: number): Setting {
  const { people, arms, worth, x, count } = set
  let squares = 0
  for (let i = 0; i < count; i++) {
    for (let j = 1; j < people; j++) squares += x[i * people + j]! ** 2
  }
  return {
    people,
    arms,
    worth,
    meanSquare: squares / count,
    baseRate: 0.3 * rate,
    draw,
    ...segmentsOf(set),
  }
}

/** Eight segments, by the three features that divide people most evenly. */
function segmentsOf({ people, x, count }: DataSet): Pick<Setting, 'segments' | 'segmentOf'> {
  const unevenness = Array.from({ length: people }, (_, j) => {
    let above = 0
    for (let i = 0; i < count; i++) if (x[i * people + j]! > 0) above++
    return { j, off: Math.abs(above / count - 0.5) }
  })
  const chosen = unevenness.toSorted((a, b) => a.off - b.off).slice(0, 3)
  return {
    segments: 8,
    segmentOf: (person) =>
      chosen.reduce((at, { j }, bit) => at + (person[j]! > 0 ? 1 << bit : 0), 0),
  }
}

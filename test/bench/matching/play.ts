import { drawsFrom, pick, shuffled } from './chance.ts'
import { type DataSet, personOf, rewardMeans, rewardOf } from './data-set.ts'
import { bestOf, type Contestant, type Learner } from './learner.ts'
import { settingOf } from './setting.ts'

export type PlayOptions = {
  rounds: number
  /** Answers are learnt in batches of so many; 0 = at once. */
  delay: number
  /** All probabilities of a reward times this. */
  rate: number
  /** From this round on the best and the worst arm have changed places. */
  driftAt?: number | undefined
  /** The share that gets the arm of the lowest number, whatever is learnt. */
  control: number
}

/** Mean value of all rounds until each mark. */
export type Course = {
  points: { mark: number; value: number }[]
  /** Of a log: how many draws were the logged ones, their plain mean value, and the value over all events. */
  log?: { accepted: number; plain: number; value: number }
}

const MARKS = [100, 250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000, 64_000]

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
  const { rounds, control, rate, driftAt = Number.POSITIVE_INFINITY } = options
  const draw = drawsFrom(seed)
  const order = shuffled(set.count, draw)
  const learner = contestant.make(settingOf(set, draw))
  const later = inBatches(learner, options.delay)
  const swap = extremes(set)
  const marks = new Set([...MARKS, set.count, driftAt, rounds])
  const points: Course['points'] = []
  let sum = 0
  for (let t = 0; t < rounds; t++) {
    const i = order[t % set.count]!
    const x = personOf(set, i)
    const rewardHere = (k: number) => rate * rewardOf(set, i, t >= driftAt ? (swap.get(k) ?? k) : k)
    const given = withControl(spread(learner.choose(x), set.arms), control)
    for (const [k, p] of given.entries()) if (p > 0) sum += p * rewardHere(k) * set.worth[k]!
    const arm = pick(given, draw())
    later.learn(x, arm, draw() < rewardHere(arm) ? 1 : 0)
    if (marks.has(t + 1)) points.push({ mark: t + 1, value: sum / (t + 1) })
  }
  return { points }
}

/**
 * A log is replayed in an order of chance: only where the learner draws what was logged does it learn.
 * Every event scores what it would have chosen, doubly robustly; the value is over all events.
 */
function replay(set: DataSet, contestant: Contestant, seed: number, options: PlayOptions): Course {
  const { arm: logged, reward } = set.log!
  const draw = drawsFrom(seed)
  const learner = contestant.make(settingOf(set, draw))
  const later = inBatches(learner, options.delay)
  const marks = new Set([...MARKS, options.rounds])
  const points: Course['points'] = []
  const sums = { accepted: 0, plain: 0, robust: 0, events: 0 }
  for (const i of shuffled(set.count, draw)) {
    if (sums.accepted >= options.rounds) break
    const x = personOf(set, i)
    const given = withControl(spread(learner.choose(x), set.arms), options.control)
    sums.events++
    sums.robust += doublyRobust(set, i, given)
    const arm = logged[i]!
    if (pick(given, draw()) !== arm) continue
    sums.accepted++
    sums.plain += reward[i]! * set.worth[arm]!
    later.learn(x, arm, reward[i]!)
    if (marks.has(sums.accepted))
      points.push({ mark: sums.accepted, value: sums.robust / sums.events })
  }
  const { accepted, plain, robust, events } = sums
  return { points, log: { accepted, plain: plain / accepted, value: robust / events } }
}

/** What an event says of the value of choosing so: what is expected, mended by what was seen. */
function doublyRobust(set: DataSet, i: number, given: readonly number[]): number {
  const { arm, reward, baseline, propensity } = set.log!
  const logged = arm[i]!
  let value =
    (given[logged]! / propensity) *
    (reward[i]! - baseline[i * set.arms + logged]!) *
    set.worth[logged]!
  for (const [k, p] of given.entries()) value += p * baseline[i * set.arms + k]! * set.worth[k]!
  return value
}

function spread(choice: number[] | number, arms: number): number[] {
  if (typeof choice !== 'number') return choice
  return Array.from({ length: arms }, (_, k) => Number(k === choice))
}

function withControl(probabilities: number[], control: number): number[] {
  if (control === 0) return probabilities
  return probabilities.map((p, k) => (1 - control) * p + (k === 0 ? control : 0))
}

function inBatches(learner: Learner, delay: number): Pick<Learner, 'learn'> {
  const waiting: [Float32Array, number, number][] = []
  return {
    learn: (...answer) => {
      waiting.push(answer)
      if (waiting.length < delay) return
      for (const one of waiting.splice(0)) learner.learn(...one)
    },
  }
}

/** The arm that is best for most, in hindsight. */
export function bestArmOf(set: DataSet): number {
  return bestOf(rewardMeans(set).map((mean, k) => mean * set.worth[k]!))
}

function extremes(set: DataSet): Map<number, number> {
  const means = rewardMeans(set)
  const best = bestOf(means)
  const worst = bestOf(means.map((mean) => -mean))
  return new Map([
    [best, worst],
    [worst, best],
  ])
}

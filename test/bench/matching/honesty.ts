import {
  alwaysValid,
  liftOf,
  NOTHING_YET,
  type Outcome,
  whatIf,
  withNext,
} from '../../../src/matching/evidence.ts'
import { type Draw, drawsFrom, pick } from './chance.ts'
import type { DataSet } from './data-set.ts'

const CONTROL = 0.1
const DECISIONS = 6000
/** Nobody is shown an interval before this many decisions. */
const FIRST_LOOK = 200
const FOR_WHAT_IF = 1000

/** How often what a merchant is told turns out wrong, in so many simulated runs. */
export type Honesty = {
  set: string
  runs: number
  /** The interval of the lift did not hold the truth at some time; the ordinary one, looked at as often. */
  everWrong: number
  everWrongOrdinary: number
  /** The interval of "what if" held the truth. */
  covered: { ips: number; snips: number; doublyRobust: number }
}

/** A personal policy and its control share live through runs in which the truth is known. */
export function measureHonesty(set: DataSet, runs: number): Honesty {
  const expected = meansOf(set)
  const truth = { lift: liftIn(set), uniform: average(expected) }
  const honesty = {
    set: set.name,
    runs,
    everWrong: 0,
    everWrongOrdinary: 0,
    covered: { ips: 0, snips: 0, doublyRobust: 0 },
  }
  for (let run = 1; run <= runs; run++) {
    const log = liveOnce(set, expected, drawsFrom(run))
    const wrong = watch(log, truth.lift)
    honesty.everWrong += Number(wrong.always) / runs
    honesty.everWrongOrdinary += Number(wrong.ordinary) / runs
    const some = log.slice(0, FOR_WHAT_IF)
    const uniform = expected.map(() => 1 / set.arms)
    const estimates = whatIf(
      some,
      some.map(() => uniform),
    )
    for (const name of ['ips', 'snips', 'doublyRobust'] as const) {
      const { low, high } = estimates[name]
      honesty.covered[name] += Number(low <= truth.uniform && truth.uniform <= high) / runs
    }
  }
  return honesty
}

function liveOnce(set: DataSet, expected: readonly number[], draw: Draw): Outcome[] {
  return Array.from({ length: DECISIONS }, () => {
    const i = Math.floor(draw() * set.count)
    const policy = policyFor(set, i)
    const given = policy.map((p, k) => (1 - CONTROL) * p + (k === 0 ? CONTROL : 0))
    const chosen = pick(given, draw())
    const value = draw() < rewardOf(set, i, chosen) ? 1 : 0
    return { policy, preset: 0, control: CONTROL, chosen, value, expected }
  })
}

/** Looks after every decision. */
function watch(log: readonly Outcome[], truth: number): { always: boolean; ordinary: boolean } {
  let running = NOTHING_YET
  const wrong = { always: false, ordinary: false }
  for (const outcome of log) {
    running = withNext(running, liftOf(outcome))
    if (running.count < FIRST_LOOK) continue
    const { low, high, mean } = alwaysValid(running)
    const ordinary = (1.96 * Math.sqrt(running.squares / running.count)) / Math.sqrt(running.count)
    wrong.always ||= truth < low || truth > high
    wrong.ordinary ||= Math.abs(mean - truth) > ordinary
  }
  return wrong
}

/** Whoever would take an arm more likely is given it more often. */
function policyFor(set: DataSet, i: number): number[] {
  const raw = Array.from({ length: set.arms }, (_, k) => Math.exp(4 * rewardOf(set, i, k)))
  const sum = raw.reduce((all, one) => all + one, 0)
  return raw.map((one) => one / sum)
}

function liftIn(set: DataSet): number {
  let sum = 0
  for (let i = 0; i < set.count; i++) {
    for (const [k, p] of policyFor(set, i).entries()) sum += p * rewardOf(set, i, k)
    sum -= rewardOf(set, i, 0)
  }
  return sum / set.count
}

function meansOf(set: DataSet): number[] {
  return Array.from({ length: set.arms }, (_, k) =>
    average(Array.from({ length: set.count }, (_, i) => rewardOf(set, i, k))),
  )
}

function rewardOf({ rewards, arms }: DataSet, i: number, k: number): number {
  return rewards?.[i * arms + k] ?? 0
}

function average(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0) / values.length
}

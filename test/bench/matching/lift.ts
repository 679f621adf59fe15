import {
  alwaysValid,
  liftOf,
  NOTHING_YET,
  type Outcome,
  withNext,
} from '../../../src/matching/evidence.ts'
import { type Behaviour, type BehaviourName, behaviourOf } from './behaviour.ts'
import { drawsFrom, pick } from './chance.ts'
import type { Crew } from './crew.ts'
import { type DataSet, rewardOf } from './data-set.ts'
import { type Source, setOf } from './sources.ts'
import { average } from './statistics.ts'

/** Nobody is shown an interval before this many decisions. */
const FIRST_LOOK = 200
const LOOKS = [500, 1000, 2000, 6000]

export type LiftQuestion = {
  source: Source
  behaviour: BehaviourName
  control: number
  decisions: number
  seed: number
}

type Watched = {
  wrong: boolean
  ordinaryWrong: boolean
  looks: { half: number; isPlus: boolean }[]
}

/** How often the lift that a merchant is told turns out wrong at some time, if it is looked at all the time. */
export type LiftHonesty = Omit<LiftQuestion, 'source' | 'seed'> & {
  set: string
  runs: number
  everWrong: number
  everWrongOrdinary: number
  /** Half the width of the interval after so many decisions, and how often it leaves out zero. */
  looks: { decisions: number; half: number; leavesOutZero: number }[]
}

export async function measureLift(
  crew: Crew,
  question: Omit<LiftQuestion, 'seed'>,
  runs: number,
): Promise<LiftHonesty> {
  const { source, ...rest } = question
  const seeds = Array.from({ length: runs }, (_, i) => ({ ...question, seed: i + 1 }))
  const watched = await crew.askAll('watchLift', seeds)
  const share = (of: (one: Watched) => boolean) => average(watched.map((one) => Number(of(one))))
  return {
    set: setOf(source).name,
    ...rest,
    runs,
    everWrong: share(({ wrong }) => wrong),
    everWrongOrdinary: share(({ ordinaryWrong }) => ordinaryWrong),
    looks: LOOKS.filter((decisions) => decisions <= rest.decisions).map((decisions, at) => ({
      decisions,
      half: average(watched.map(({ looks }) => looks[at]!.half)),
      leavesOutZero: share(({ looks }) => looks[at]!.isPlus),
    })),
  }
}

/** A job of the crew: one life of a shop, looked at after every decision. The preset is the first arm. */
export function watchLift({ source, behaviour, control, decisions, seed }: LiftQuestion): Watched {
  const set = setOf(source)
  const shop = behaviourOf(behaviour, set)
  const draw = drawsFrom(seed)
  const watched: Watched = { wrong: false, ordinaryWrong: false, looks: [] }
  let running = NOTHING_YET
  let truth = 0
  for (let t = 1; t <= decisions; t++) {
    const { outcome, lift } = live(set, shop, control, draw)
    running = withNext(running, liftOf(outcome))
    truth += (lift - truth) / t
    if (t < FIRST_LOOK) continue
    const { low, high, mean } = alwaysValid(running)
    const ordinary = (1.96 * Math.sqrt(running.squares / t)) / Math.sqrt(t)
    watched.wrong ||= !(low <= truth && truth <= high)
    watched.ordinaryWrong ||= !(Math.abs(mean - truth) <= ordinary)
    if (LOOKS.includes(t)) watched.looks.push({ half: (high - low) / 2, isPlus: low > 0 })
  }
  return watched
}

/** One decision, what came of it, and how much more than the preset it was to bring in truth. */
export function live(
  set: DataSet,
  shop: Behaviour,
  control: number,
  draw: () => number,
): { i: number; outcome: Outcome; lift: number } {
  const i = Math.floor(draw() * set.count)
  const { policy, expected } = shop.decide(i)
  const given = policy.map((p, k) => (1 - control) * p + (k === 0 ? control : 0))
  const chosen = pick(given, draw())
  const value = draw() < rewardOf(set, i, chosen) ? 1 : 0
  shop.learn(i, chosen, value)
  const lift = policy.reduce((sum, p, k) => sum + p * rewardOf(set, i, k), -rewardOf(set, i, 0))
  return { i, outcome: { policy, preset: 0, control, chosen, value, expected }, lift }
}

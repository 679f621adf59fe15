import { whatIf } from '../../../src/matching/evidence.ts'
import { type BehaviourName, behaviourOf, leaningTo } from './behaviour.ts'
import { drawsFrom } from './chance.ts'
import type { Crew } from './crew.ts'
import { type DataSet, rewardOf } from './data-set.ts'
import { live } from './lift.ts'
import { type Source, setOf } from './sources.ts'
import { average, usualShare } from './statistics.ts'

export type WhatIfQuestion = {
  source: Source
  behaviour: BehaviourName
  control: number
  decisions: number
  seed: number
}

const ESTIMATORS = ['ips', 'snips', 'doublyRobust'] as const
type Estimator = (typeof ESTIMATORS)[number]

/** How often the intervals of "what if" held the truth, for one policy that was not followed. */
export type Coverage = Omit<WhatIfQuestion, 'source' | 'seed'> & {
  set: string
  policy: string
  runs: number
  /** In what share of them anything was said of it; the rest is of these. */
  spoken: number
  covered: Record<Estimator, number>
  half: Record<Estimator, number>
  /** Where the share would lie in 95 % of such numbers of runs if the intervals kept what they say. */
  usual: [number, number]
}

export async function measureCoverage(
  crew: Crew,
  question: Omit<WhatIfQuestion, 'seed'>,
  runs: number,
): Promise<Coverage[]> {
  const { source, ...rest } = question
  const set = setOf(source)
  const seeds = Array.from({ length: runs }, (_, i) => ({ ...question, seed: i + 1 }))
  const all = await crew.askAll('coverOnce', seeds)
  return Object.keys(policiesFor(set)).map((policy, at) => {
    const spoken = all.flatMap((run) => run[at] ?? [])
    const mean = (of: (one: Covered) => number) =>
      spoken.length === 0 ? 0 : average(spoken.map(of))
    return {
      set: set.name,
      ...rest,
      policy,
      runs,
      spoken: spoken.length / runs,
      covered: forEach((name) => mean((one) => Number(one[name].holds))),
      half: forEach((name) => mean((one) => one[name].half)),
      usual: usualShare(0.95, Math.max(1, spoken.length)),
    }
  })
}

type Covered = Record<Estimator, { holds: boolean; half: number }>

/** A job of the crew: one log, and whether the intervals from it hold the truth of each policy; null = not said. */
export function coverOnce({
  source,
  behaviour,
  control,
  decisions,
  seed,
}: WhatIfQuestion): (Covered | null)[] {
  const set = setOf(source)
  const shop = behaviourOf(behaviour, set)
  const draw = drawsFrom(seed)
  const log = Array.from({ length: decisions }, () => live(set, shop, control, draw))
  const outcomes = log.map(({ outcome }) => outcome)
  const truths = truthsOf(set)
  return Object.entries(policiesFor(set)).map(([name, policy]) => {
    const estimates = whatIf(
      outcomes,
      log.map(({ i }) => policy(i)),
    )
    if (!estimates) return null
    const truth = truths[name]!
    return forEach((estimator) => {
      const { low, high } = estimates[estimator]
      return { holds: low <= truth && truth <= high, half: (high - low) / 2 }
    })
  })
}

/** What somebody may ask about: each arm for everybody, chance, and a model that leans further. */
function policiesFor(set: DataSet): Record<string, (i: number) => number[]> {
  const places = Array.from({ length: set.arms }, (_, k) => k)
  const uniform = places.map(() => 1 / set.arms)
  return {
    ...Object.fromEntries(
      places.map((k) => {
        const always = places.map((one) => Number(one === k))
        return [`always arm ${k}`, () => always]
      }),
    ),
    'at random': () => uniform,
    'another model': (i) => leaningTo(set, i, 8),
  }
}

const TRUTHS = new WeakMap<DataSet, Record<string, number>>()

function truthsOf(set: DataSet): Record<string, number> {
  const known = TRUTHS.get(set)
  if (known) return known
  const truths = Object.fromEntries(
    Object.entries(policiesFor(set)).map(([name, policy]) => {
      let sum = 0
      for (let i = 0; i < set.count; i++) {
        for (const [k, p] of policy(i).entries()) sum += p * rewardOf(set, i, k)
      }
      return [name, sum / set.count]
    }),
  )
  TRUTHS.set(set, truths)
  return truths
}

function forEach<T>(of: (name: Estimator) => T): Record<Estimator, T> {
  return Object.fromEntries(ESTIMATORS.map((name) => [name, of(name)])) as Record<Estimator, T>
}

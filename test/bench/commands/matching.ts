import { availableParallelism } from 'node:os'

import type { Arguments, Part } from '../matching/arguments.ts'
import { BadInput } from '../matching/bad-input.ts'
import type { BehaviourName } from '../matching/behaviour.ts'
import { type BudgetKept, CAPS, measureBudget } from '../matching/budget.ts'
import { type Played, playCircumstances } from '../matching/circumstances.ts'
import { type Contest, holdContest } from '../matching/contest.ts'
import { contestantsFor } from '../matching/contestants.ts'
import { type Cost, measureCost } from '../matching/cost.ts'
import { type Crew, hire } from '../matching/crew.ts'
import { type LiftHonesty, measureLift } from '../matching/lift.ts'
import { measurePool, type Pooled } from '../matching/pooled.ts'
import { knownSource, type Source, setOf, sourcesOf } from '../matching/sources.ts'
import { measureTwoStage, type TwoStage } from '../matching/two-stage.ts'
import { type Coverage, measureCoverage } from '../matching/what-if.ts'

export type MatchingOptions = Arguments & { say: (line: string) => void }

/** What was measured; a part that was not asked for is empty. */
export type Measured = {
  contests: Contest[]
  circumstances: Played[]
  lift: LiftHonesty[]
  coverage: Coverage[]
  budgets: BudgetKept[]
  pooled: Pooled[]
  twoStage: TwoStage[]
  cost: Cost | null
  seconds: Partial<Record<Part, number>>
}

/** Lets everybody play, then tests what is promised to merchants. Throws before it begins when a set is bad. */
export async function benchMatching(options: MatchingOptions): Promise<Measured> {
  const sources = sourcesOf(options.directories, options.margin)
  checkSets(sources, options)
  await using crew = hire(availableParallelism())
  const measured: Measured = {
    contests: [],
    circumstances: [],
    lift: [],
    coverage: [],
    budgets: [],
    pooled: [],
    twoStage: [],
    cost: null,
    seconds: {},
  }
  for (const part of options.parts) {
    const startedAt = performance.now()
    options.say(`${part} …`)
    Object.assign(measured, await MEASURES[part](crew, options, sources))
    measured.seconds[part] = Math.round((performance.now() - startedAt) / 1000)
    options.say(`${part}: ${measured.seconds[part]} s`)
  }
  return measured
}

/** Reads every set, so that a bad one is told of before an hour has passed. */
function checkSets(sources: readonly Source[], { only, rate, driftAt }: MatchingOptions): void {
  const names = new Set<string>()
  for (const set of sources.map(setOf)) {
    if (names.has(set.name)) throw new BadInput(`Two sets are called ${set.name}.`)
    names.add(set.name)
    if (set.log && (rate !== 1 || driftAt !== undefined))
      throw new BadInput(
        `${set.name} is a log: --rate and --drift need a set with every reward known.`,
      )
  }
  const known = [...contestantsFor(setOf(sources[0]!), 1).keys()]
  if (only.length > 0 && !known.some((name) => only.some((part) => name.includes(part))))
    throw new BadInput(`--only must be part of a name: ${known.join(', ')}.`)
}

type Measure = (
  crew: Crew,
  options: MatchingOptions,
  sources: readonly Source[],
) => Promise<Partial<Measured>>

const LIVES = { lift: 300, coverage: 1000, budgets: 5, pools: 10, stages: 20 }

/** A model that learns in a thousand lives does so with fewer features. */
function livedIn(behaviour: BehaviourName): Source {
  return behaviour === 'learning' ? { seed: 1 } : knownSource()
}

const MEASURES: Record<Part, Measure> = {
  contest: async (crew, options, sources) => {
    const contests: Contest[] = []
    for (const source of sources) {
      contests.push(await holdContest(crew, source, options, options.say))
    }
    return { contests }
  },
  circumstances: async (crew, options) => ({
    circumstances: await playCircumstances(crew, knownSource(), options, options.say),
  }),
  lift: async (crew, { runs, say }) => {
    const lift: LiftHonesty[] = []
    for (const [behaviour, control, decisions] of [
      ['settled', 0.05, 6000],
      ['settled', 0.1, 6000],
      ['settled', 0.2, 6000],
      ['learning', 0.1, 2000],
    ] as const) {
      const question = { source: livedIn(behaviour), behaviour, control, decisions }
      lift.push(await measureLift(crew, question, runs ?? LIVES.lift))
      say(`lift, ${behaviour}, control ${control}: ever wrong ${lift.at(-1)?.everWrong}`)
    }
    return { lift }
  },
  'what-if': async (crew, { runs, say }) => {
    const coverage: Coverage[] = []
    for (const behaviour of ['settled', 'learning'] as const) {
      const question = { source: livedIn(behaviour), behaviour, control: 0.1, decisions: 1000 }
      coverage.push(...(await measureCoverage(crew, question, runs ?? LIVES.coverage)))
      say(`what if, ${behaviour}: done`)
    }
    return { coverage }
  },
  budget: async (crew, { runs }) => {
    const budgets: BudgetKept[] = []
    for (const pays of ['redemption', 'issue'] as const) {
      for (const taste of ['learnt', 'known'] as const) {
        for (const cap of CAPS) {
          const question = { source: knownSource(), pays, taste, cap, decisions: 8000 }
          budgets.push(await measureBudget(crew, question, runs ?? LIVES.budgets))
        }
      }
    }
    return { budgets }
  },
  pooled: async (crew, { runs }) => ({ pooled: await measurePool(crew, runs ?? LIVES.pools) }),
  'two-stage': async (crew, { runs }) => ({
    twoStage: await measureTwoStage(crew, { life: 1000, decisions: 4000 }, runs ?? LIVES.stages),
  }),
  cost: async () => ({ cost: measureCost() }),
}

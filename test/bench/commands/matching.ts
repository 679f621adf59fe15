import { readdirSync } from 'node:fs'

import { BASELINES } from '../matching/baselines.ts'
import { type BudgetKept, measureBudget } from '../matching/budget.ts'
import { drawsFrom } from '../matching/chance.ts'
import { type DataSet, readDataSet, synthetic } from '../matching/data-set.ts'
import { type Honesty, measureHonesty } from '../matching/honesty.ts'
import type { Contestant } from '../matching/learner.ts'
import { ours } from '../matching/ours.ts'
import { bestFixed, type Course, type PlayOptions, play } from '../matching/play.ts'

/** Which sets, how often and under what circumstances; see `npm run bench -- matching` in the README here. */
export type MatchingOptions = PlayOptions & {
  directories: readonly string[]
  seeds: number
  margin?: number | undefined
  halfLife: number
  only: readonly string[]
  say: (line: string) => void
}

/** How one contestant did on one set: mean value until each mark, over the seeds, with 95 % of their spread. */
export type Score = { contestant: string; marks: { mark: number; mean: number; off: number }[] }

export type Contest = { set: string; people: number; arms: number; scores: Score[] }

const SHARED = new URL('../../../../shared/data/matching/', import.meta.url)

/** Lets everybody play on every set: all on the same orders of people, seed by seed. */
export function benchMatching(options: MatchingOptions): Contest[] {
  return setsOf(options).map((set) => {
    const contestants = [ours({ halfLife: options.halfLife }), bestFixed(set), ...BASELINES].filter(
      ({ name }) => options.only.length === 0 || options.only.some((part) => name.includes(part)),
    )
    const scores = contestants.map((contestant) => {
      const score = scoreOf(set, contestant, options)
      options.say(
        `${set.name}: ${score.contestant} ${score.marks.map(({ mean }) => mean.toFixed(3)).join(' ')}`,
      )
      return score
    })
    return { set: set.name, people: set.people, arms: set.arms, scores }
  })
}

/** The sets that were named; else those that are shared with this project; else people of our own making. */
function setsOf({ directories, margin, say }: MatchingOptions): DataSet[] {
  if (directories.length > 0) return directories.map((one) => readDataSet(one, margin))
  try {
    const names = readdirSync(SHARED, { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    )
    return names.map(({ name }) => readDataSet(new URL(name, SHARED).pathname, margin))
  } catch {
    say('No data sets at hand: people of known taste are made up.')
    return [synthetic(drawsFrom(1))]
  }
}

function scoreOf(set: DataSet, contestant: Contestant, options: MatchingOptions): Score {
  const courses = Array.from({ length: options.seeds }, (_, i) =>
    play(set, contestant, i + 1, options),
  )
  const marks = (courses[0] ?? []).map(({ mark }, m) => ({ mark, ...spreadOf(courses, m) }))
  return { contestant: contestant.name, marks }
}

function spreadOf(courses: readonly Course[], m: number): { mean: number; off: number } {
  const values = courses.flatMap((course) => course[m]?.value ?? [])
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance =
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1)
  return { mean, off: 1.96 * Math.sqrt(variance / values.length) }
}

/** Whether merchants are told the truth and budgets are kept; on sets of which everything is known. */
export type Promises = { honesty: Honesty[]; budgets: { set: string; kept: BudgetKept[] }[] }

export function benchPromises(options: MatchingOptions, runs: number): Promises {
  const known = setsOf(options).filter(({ rewards, arms }) => rewards !== undefined && arms === 5)
  return {
    honesty: known.map((set) => measureHonesty(set, runs)),
    budgets: known.map((set) => ({ set: set.name, kept: measureBudget(set, 1) })),
  }
}

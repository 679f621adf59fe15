import { expect, test } from 'vitest'

import type { Measured } from './commands/matching.ts'
import { measureBudget } from './matching/budget.ts'
import type { Crew } from './matching/crew.ts'
import { goalsOf } from './matching/goals.ts'
import { measureLift } from './matching/lift.ts'
import { openShop } from './matching/pooled.ts'
import { playStages } from './matching/two-stage.ts'
import { measureCoverage } from './matching/what-if.ts'
import { JOBS } from './matching/worker.ts'

/** Does everything here, one after the other. */
const crew = {
  askAll: (name: keyof typeof JOBS, questions: unknown[]) =>
    Promise.resolve(
      questions.map((question) => (JOBS[name] as (of: unknown) => unknown)(question)),
    ),
} as unknown as Crew

const SHOP = { source: { seed: 1 }, behaviour: 'settled', control: 0.1 } as const

test('the lift that a merchant is told is wrong in few lives; the ordinary interval, watched, in many', async () => {
  const { everWrong, everWrongOrdinary, looks } = await measureLift(
    crew,
    { ...SHOP, decisions: 2000 },
    60,
  )

  expect(everWrong).toBeLessThan(0.1)
  expect(everWrongOrdinary).toBeGreaterThan(0.15)
  expect(looks.map(({ decisions }) => decisions)).toEqual([500, 1000, 2000])
})

test('the bounds of what another policy would have brought hold about as often as they say', async () => {
  const coverage = await measureCoverage(crew, { ...SHOP, decisions: 600 }, 100)

  expect(coverage).toHaveLength(7)
  for (const { covered, spoken } of coverage) {
    expect(spoken).toBe(1)
    expect(Math.min(...Object.values(covered))).toBeGreaterThan(0.86)
  }
})

test('a budget is never exceeded, whether it pays at the issue or at the redemption', async () => {
  for (const pays of ['issue', 'redemption'] as const) {
    const question = {
      source: { seed: 1 },
      pays,
      taste: 'learnt',
      cap: 0.5,
      decisions: 800,
    } as const
    const { mostSpent, share } = await measureBudget(crew, question, 2)

    expect(mostSpent).toBeLessThanOrEqual(1)
    expect(share).toBeGreaterThan(0.6)
  }
})

test('a new shop gets more from the pool than from nothing while little is learnt', () => {
  const SMALL = {
    vouchers: 'vouchers never given before',
    donors: 10,
    each: 150,
    decisions: 50,
  } as const
  const worlds = [2, 3, 4].map((seed) => openShop({ ...SMALL, seed }))
  const early = (way: keyof (typeof worlds)[number]) =>
    worlds.reduce((sum, world) => sum + world[way][0]!, 0)

  expect(early('from the pool')).toBeGreaterThan(early('nothing known'))
})

test('claims that are learnt at once help long before the first voucher is over', () => {
  const question = { seed: 1, life: 800, decisions: 1000 }
  const [staged, waiting] = (['two stages', 'redemption only'] as const).map(
    (way) => playStages({ ...question, way }).values[1],
  )

  expect(staged).toBeGreaterThan(waiting! + 0.005)
})

test('a goal is reached or missed by the figure of its own mark', () => {
  const marks = [
    { mark: 250, mean: 0.69, off: 0.01, values: [] },
    { mark: 4000, mean: 0.72, off: 0.01, values: [] },
  ]
  const contest = { set: 'coupon_sim', kind: 'full', count: 1, people: 1, arms: 2, verdicts: [] }
  const measured = {
    contests: [{ ...contest, scores: [{ contestant: 'ours', marks }] }],
    circumstances: [],
    lift: [],
    coverage: [],
    budgets: [],
    pooled: [],
    twoStage: [],
    cost: null,
    seconds: {},
  } as unknown as Measured

  expect(goalsOf(measured).map(({ measured: at, reached }) => [at, reached])).toEqual([
    ['0.6900', true],
    ['0.7200', false],
  ])
})

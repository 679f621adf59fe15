import type { ClaimsOptions, Series } from '../commands/claims.ts'
import { goalsOf } from './goals.ts'
import { circumstances, save } from './save.ts'
import { middleOf } from './stats.ts'
import { drawTable, show, showMiddle } from './table.ts'

/** Writes what was measured to `results/claims.json` and answers it as tables. */
export async function reportClaims(
  series: readonly Series[],
  postgres: string,
  { rounds, until, warmUp, people, settings }: ClaimsOptions,
): Promise<string> {
  const goals = goalsOf(series)
  await save('claims.json', {
    bench: 'claims',
    ...circumstances(postgres),
    options: { rounds, until, warmUp, people, settings },
    goals,
    series,
  })
  return `${tableOf(series)}\n${goalsTable(goals)}`
}

function tableOf(series: readonly Series[]): string {
  const head = [
    'variant',
    'connections',
    'per second',
    'p50 ms',
    'p99 ms',
    'statements',
    'CPU Node',
    'CPU PostgreSQL',
    'CPU load',
  ]
  const rows = series.map(({ variant, connections, rounds }) => {
    const median = (values: readonly (number | null)[]) =>
      show(values.includes(null) ? null : middleOf(values as number[]).median)
    return [
      variant,
      String(connections),
      showMiddle(middleOf(rounds.map(({ perSecond }) => perSecond))),
      median(rounds.map(({ milliseconds }) => milliseconds.p50)),
      median(rounds.map(({ milliseconds }) => milliseconds.p99)),
      median(rounds.map(({ statementsPerRequest }) => statementsPerRequest)),
      median(rounds.map(({ cpu }) => cpu.node)),
      median(rounds.map(({ cpu }) => cpu.postgres)),
      median(rounds.map(({ cpu }) => cpu.load)),
    ]
  })
  return drawTable(head, rows)
}

function goalsTable(goals: ReturnType<typeof goalsOf>): string {
  return drawTable(
    ['ratio', 'connections', 'measured', 'goal', ''],
    goals.map(({ figure, connections, ratio, goal, reached }) => [
      figure,
      String(connections),
      `${showMiddle(ratio)}×`,
      goal,
      reached ? 'reached' : 'missed',
    ]),
  )
}

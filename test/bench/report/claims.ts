import type { ClaimsOptions, Series } from '../commands/claims.ts'
import type { Measured } from '../measure.ts'
import { goalsOf } from './goals.ts'
import { drawPlot } from './plot.ts'
import { circumstances, save } from './save.ts'
import { middleOf } from './stats.ts'
import { drawTable, show, showMiddle } from './table.ts'

/** Writes what was measured to `results/claims.json` with a plot, and answers it as tables. */
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
  await save('claims.svg', plotOf(series.filter(({ variant }) => variant !== 'hello')))
  return `${tableOf(series)}\n${goalsTable(goals)}`
}

function plotOf(series: readonly Series[]): string {
  return drawPlot({
    title: 'Claims a second, and what they are compared with',
    x: { title: 'connections', log: true },
    y: { title: 'per second' },
    lines: [...new Set(series.map(({ variant }) => variant))].map((name) => ({
      name,
      points: series
        .filter(({ variant }) => variant === name)
        .map(({ connections, rounds }) => {
          const { median, least, most } = middleOf(rounds.map(({ perSecond }) => perSecond))
          return { x: connections, y: median, least, most }
        }),
    })),
  })
}

function tableOf(series: readonly Series[]): string {
  const head = [
    'variant',
    'connections',
    'per second',
    'p50 ms',
    'p99 ms',
    'statements',
    'µs Node',
    'µs PostgreSQL',
    'µs load',
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
      median(rounds.map((round) => microseconds(round, 'node'))),
      median(rounds.map((round) => microseconds(round, 'postgres'))),
      median(rounds.map((round) => microseconds(round, 'load'))),
    ]
  })
  return drawTable(head, rows)
}

/** Of a processor's time, for each answer. */
function microseconds({ cpu, seconds, requests }: Measured, of: keyof Measured['cpu']) {
  const used = cpu[of]
  return used === null ? null : (used * seconds * 1e6) / requests
}

function goalsTable(goals: ReturnType<typeof goalsOf>): string {
  if (goals.length === 0) return ''
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

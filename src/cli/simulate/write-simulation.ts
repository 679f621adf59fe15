import { sayGroup } from '../../domain/group-words.ts'
import { formatMoney } from '../../domain/money.ts'
import type { MatchingReport } from '../../domain/views.ts'
import type { Budget, PlayedPolicy, SimulationRequest } from '../../simulate/simulate.ts'
import { alignColumns } from '../align-columns.ts'
import { count } from '../import/write-report.ts'

const CURRENCY = 'GBP'

/** What a simulation came to, for people to read. */
export function writeSimulation(
  request: SimulationRequest,
  played: readonly PlayedPolicy[],
): string {
  const [main, ...others] = played
  if (!main) return ''
  const units = unitsOf(request)
  return [
    headline(request, main, units),
    weeksTable(main, units),
    liftLines(main, units),
    ...(others.length > 0 ? [policiesTable(played, units)] : []),
    budgetTable(main.budgets),
    learntTable(main),
    ...driverLines(main.reports),
    `${main.findings === 0 ? 'The books are right.' : `${count(main.findings, 'finding')} in the books.`}\n`,
  ].join('\n')
}

/** How worths are written: money, or vouchers spent of a hundred. */
type Units = { what: string; write: (worth: number) => string; all: (worth: number) => string }

function unitsOf({ marginBp }: SimulationRequest): Units {
  if (marginBp === undefined) {
    return {
      what: 'of 100 vouchers given, so many are spent',
      write: (worth) => (100 * worth).toFixed(1),
      all: (worth) => count(Math.round(worth), 'voucher'),
    }
  }
  return {
    what: `each voucher brings so much at a margin of ${marginBp / 100} %, less what it takes off`,
    write: pounds,
    all: pounds,
  }
}

function pounds(minor: number): string {
  return formatMoney(Math.round(minor), CURRENCY, 'en')
}

function headline(
  { seed, weeks, people }: SimulationRequest,
  { figures: { orders, shares, openings } }: PlayedPolicy,
  { what }: Units,
): string {
  return `${count(weeks, 'week')}, ${people} people, seed ${seed}: ${count(orders, 'order')}, shared ${shares} times, opened ${openings} times.

What was given, chance and the best would bring, by people's true taste
(${what}):
`
}

function weeksTable({ figures: { weeks, total } }: PlayedPolicy, { write }: Units): string {
  const cells = (name: string, week: typeof total) => [
    name,
    String(week.decisions),
    ...[week.given, week.random, week.preset, week.bestForAll, week.best].map((worth) =>
      week.decisions > 0 ? write(worth) : '–',
    ),
  ]
  return alignColumns([
    ['week', 'decisions', 'the model', 'at random', 'preset', 'best one for all', 'best for each'],
    ...weeks.map((week) => cells(String(week.week), week)),
    cells('all', total),
  ])
}

function liftLines({ figures, reports }: PlayedPolicy, { write, all }: Units): string {
  const { given, random, preset, control } = figures.total
  const { over } = figures
  const lift = reports.find(({ point }) => point === 'voucher')?.lift
  const told = lift
    ? `${write(lift.mean)}, surely between ${write(lift.low)} and ${write(lift.high)} (${count(lift.count, 'decision')})`
    : 'nothing yet: too few decisions are over'
  return alignColumns([
    ['Better than at random by', write(given - random)],
    ['Better than the preset voucher by', write(given - preset)],
    [
      '  of decisions whose vouchers are over, by',
      over.decisions > 0 ? write(over.given - over.preset) : 'none is over yet',
    ],
    ['  as the program tells the shop of these', told],
    ['  with whom it compares', `${count(control, 'opening')} of the control share`],
    ['Lost to the best for each', all(figures.regret)],
  ])
}

function policiesTable(played: readonly PlayedPolicy[], { write }: Units): string {
  return alignColumns([
    ['played', 'decisions', 'spent', 'worth each'],
    ...played.map(({ policy, figures: { total } }) => [
      NAMES[policy],
      String(total.decisions),
      String(total.spent),
      write(total.given),
    ]),
  ])
}

const NAMES = {
  model: 'with the model',
  random: 'at random',
  preset: 'preset for all',
}

function budgetTable(budgets: readonly Budget[]): string {
  return alignColumns([
    ['budget', 'planned', 'given', 'spent'],
    ...budgets.map(({ name, budgetMinor, issuedMinor, spentMinor }) => [
      name,
      ...[budgetMinor, issuedMinor, spentMinor].map(pounds),
    ]),
  ])
}

function percent(part: number): string {
  return `${(100 * part).toFixed(0)} %`
}

function learntTable({ learnt: { decisions, gifts, rankCorrelation } }: PlayedPolicy): string {
  const table = alignColumns([
    ['voucher', 'is spent, it expects', 'in truth'],
    ...gifts.map(({ name, expected, truth }) => [name, percent(expected), percent(truth)]),
  ])
  return `Of its newest ${count(decisions, 'decision')}, rank correlation ${rankCorrelation.toFixed(2)}:\n${table}`
}

/** With whom it has found that a voucher does better or worse. */
function driverLines(reports: readonly MatchingReport[]): string[] {
  const drivers = reports.find(({ point }) => point === 'voucher')?.drivers ?? []
  if (drivers.length === 0) return []
  const table = alignColumns(
    drivers.map(({ feature, name, withIt, without }) => [
      name,
      `goes to ${percent(withIt)} of ${sayGroup(feature).en},`,
      `${percent(without)} of the others`,
    ]),
  )
  return [`What it found:\n${table}`]
}

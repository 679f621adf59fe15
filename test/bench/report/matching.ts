import type { Contest, MatchingOptions, Promises, Score } from '../commands/matching.ts'
import { drawPlot } from './plot.ts'
import { circumstances, save } from './save.ts'
import { drawTable } from './table.ts'

/**
 * What `reference/matching.md` found for Vowpal Wabbit 9.11.2 on the coupon simulator: the best of its
 * settings, picked afterwards for each column, and its own default.
 */
const VOWPAL_WABBIT: Record<string, Record<string, Record<number, string>>> = {
  coupon_sim: {
    'VW, best of 7 (quoted)': { 250: '.702', 1000: '.727', 4000: '.735', 16000: '.737' },
    'VW, default ε .05 (quoted)': { 250: '.676', 1000: '.693', 4000: '.694', 16000: '.688' },
  },
}

/** Writes JSON and a plot for each set, and answers the tables. */
export async function reportMatching(
  contests: readonly Contest[],
  promises: Promises,
  { directories: _, say: __, ...options }: MatchingOptions,
): Promise<string> {
  await save('matching.json', { ...circumstances(''), options, contests, promises })
  for (const contest of contests) await save(`matching-${contest.set}.svg`, plotOf(contest))
  return [...contests.map(tableOf), ...tablesOf(promises)].join('\n')
}

function tablesOf({ honesty, budgets }: Promises): string[] {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  return [
    drawTable(
      [
        'told the truth',
        'runs',
        'lift ever wrong',
        'ordinary interval',
        'IPS',
        'SNIPS',
        'doubly robust',
      ],
      honesty.map(({ set, runs, everWrong, everWrongOrdinary, covered }) => [
        set,
        String(runs),
        percent(everWrong),
        percent(everWrongOrdinary),
        ...[covered.ips, covered.snips, covered.doublyRobust].map(percent),
      ]),
    ),
    drawTable(
      ['budget kept', 'a decision', 'of what was possible', 'spent', 'allowed'],
      budgets.flatMap(({ set, kept }) =>
        kept.map(({ cap, share, spent, allowed }) => [
          set,
          String(cap),
          percent(share),
          spent.toFixed(1),
          allowed.toFixed(1),
        ]),
      ),
    ),
  ]
}

function tableOf({ set, people, arms, scores }: Contest): string {
  const marks = scores[0]?.marks.map(({ mark }) => mark) ?? []
  const quoted = VOWPAL_WABBIT[set] ?? {}
  const rows = [
    ...scores.map((score) => [
      score.contestant,
      ...score.marks.map(({ mean, off }) => `${mean.toFixed(4)} ±${off.toFixed(4)}`),
    ]),
    ...Object.entries(quoted).map(([name, figures]) => [
      name,
      ...marks.map((mark) => figures[mark] ?? '–'),
    ]),
  ]
  const head = [`${set} (${arms} arms, ${people} features)`, ...marks.map(String)]
  return drawTable(head, rows)
}

function plotOf({ set, scores }: Contest): string {
  return drawPlot({
    title: `${set}: mean value until then`,
    x: { title: 'decisions', log: true },
    y: { title: 'value' },
    lines: scores.map(lineOf),
  })
}

function lineOf({ contestant, marks }: Score) {
  return {
    name: contestant,
    points: marks.map(({ mark, mean, off }) => ({
      x: mark,
      y: mean,
      least: mean - off,
      most: mean + off,
    })),
  }
}

import type { Measured } from '../commands/matching.ts'
import type { Played } from '../matching/circumstances.ts'
import { OURS } from '../matching/contestants.ts'
import { QUOTED_CIRCUMSTANCES } from '../matching/quoted.ts'
import { WAYS } from '../matching/two-stage.ts'
import { drawTable } from './table.ts'

/** What was measured beside the contests, each as a table. */
export function promiseTables(measured: Measured): string[] {
  const { circumstances, lift, coverage, budgets, pooled, twoStage, cost, seconds } = measured
  return [
    circumstanceTable(circumstances),
    drawTable(
      ['lift, watched all the time', 'control', 'runs', 'ever wrong', 'ordinary interval', 'width'],
      lift.map(({ set, behaviour, control, runs, everWrong, everWrongOrdinary, looks }) => [
        `${set}, ${behaviour} policy`,
        percent(control),
        String(runs),
        percent(everWrong),
        percent(everWrongOrdinary),
        looks.map(({ decisions, half }) => `±${half.toFixed(3)} at ${decisions}`).join(', '),
      ]),
    ),
    drawTable(
      ['what if', 'said something', 'IPS', 'SNIPS', 'doubly robust', 'usual at 95 %'],
      coverage.map(({ set, behaviour, policy, spoken, covered, usual }) => [
        `${set}, ${policy}, logged by a ${behaviour} policy`,
        percent(spoken),
        ...[covered.ips, covered.snips, covered.doublyRobust].map((share) =>
          spoken === 0 ? '–' : percent(share),
        ),
        spoken === 0 ? '–' : usual.map(percent).join(' to '),
      ]),
    ),
    drawTable(
      [
        'budget paid at',
        'taste',
        'a decision',
        'of the bound',
        'least',
        'most spent',
        'found it empty',
      ],
      budgets.map(({ pays, taste, cap, share, least, mostSpent, without }) => [
        pays,
        taste,
        String(cap),
        percent(share),
        percent(least),
        percent(mostSpent),
        percent(without),
      ]),
    ),
    drawTable(
      [
        'new shops: share of what could be got',
        ...(pooled[0]?.marks ?? []).map(({ mark }) => String(mark)),
      ],
      pooled.map(({ set, vouchers, way, marks }) => [
        `${set}, ${vouchers}, ${way}`,
        ...marks.map(({ mean, off }) => `${percent(mean)} ±${percent(off ?? 0)}`),
      ]),
    ),
    drawTable(
      [
        'claimed and redeemed',
        'what is learnt',
        ...(twoStage[0]?.marks ?? []).map(({ mark }) => String(mark)),
      ],
      twoStage.map(({ way, marks }) => [
        way,
        Object.entries(WAYS).find(([name]) => name === way)?.[1] ?? '',
        ...marks.map(({ mean, off }) => `${mean.toFixed(4)} ±${(off ?? 0).toFixed(4)}`),
      ]),
    ),
    drawTable(
      ['cost, 12 arms and 16 features', 'p50', 'p99'],
      cost
        ? (['decide', 'learn', 'ready'] as const).map((what) => [
            what,
            `${cost[what].p50.toFixed(3)} ms`,
            `${cost[what].p99.toFixed(3)} ms`,
          ])
        : [],
    ),
    drawTable(
      ['part', 'seconds'],
      Object.entries(seconds).map(([part, taken]) => [part, String(taken)]),
    ),
  ].filter((table) => table.trim().split('\n').length > 2)
}

function circumstanceTable(played: readonly Played[]): string {
  const marks = [250, 1000, 4000, 8000]
  return drawTable(
    ['circumstance', 'who', ...marks.map(String), 'second half'],
    played.flatMap(({ circumstance, contestant, marks: reached, after }) => [
      [
        circumstance,
        contestant,
        ...marks.map((mark) => reached.find((one) => one.mark === mark)?.mean.toFixed(4) ?? '–'),
        after ? `${after.mean.toFixed(4)} ±${(after.off ?? 0).toFixed(4)}` : '–',
      ],
      ...(contestant === OURS ? quotedRows(circumstance, marks) : []),
    ]),
  )
}

/** Below ours, what is known of the same from elsewhere. */
function quotedRows(wanted: string, marks: readonly number[]): string[][] {
  return QUOTED_CIRCUMSTANCES.filter(({ circumstance }) => circumstance === wanted).map(
    ({ of, figures, after = '–' }) => [
      wanted,
      `${of} (quoted)`,
      ...marks.map((mark) => figures[mark] ?? '–'),
      after,
    ],
  )
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

import type { MatchingOptions, Measured } from '../commands/matching.ts'
import type { Contest, CrossCheck, Score } from '../matching/contest.ts'
import { LINES, OURS } from '../matching/contestants.ts'
import { type Goal, goalsOf } from '../matching/goals.ts'
import { QUOTED_BAKE_OFF, type Quoted, quotedFor } from '../matching/quoted.ts'
import { drawPlot } from './plot.ts'
import { promiseTables } from './promises.ts'
import { circumstances, save } from './save.ts'
import { drawTable } from './table.ts'

/** The marks of a table; a plot has more. */
const SHOWN = [250, 1000, 4000, 16_000]

/**
 * Writes JSON and a plot for each set and, where anything but contests was asked for, what was promised;
 * answers all of it as one line of JSON, and then as tables.
 */
export async function reportMatching(
  measured: Measured,
  options: MatchingOptions,
): Promise<string> {
  const { directories, say, ...asked } = options
  const where = { ...circumstances(''), options: asked }
  const contests = measured.contests.map((contest) => ({
    ...contest,
    quoted: isUsual(options) ? quotedFor(contest, options.margin) : [],
  }))
  for (const contest of contests) {
    const name = `matching/${contest.set.replaceAll(/[^\w.-]+/g, '-')}`
    await save(`${name}.json`, { bench: 'matching', ...where, ...contest })
    await save(`${name}.svg`, plotOf(contest))
    say(`Written: test/bench/results/${name}.json and .svg`)
  }
  const goals = goalsOf(measured, options.margin)
  const { contests: _, ...promises } = measured
  const whole = { bench: 'matching', ...where, goals, ...promises }
  if (directories.length === 0) await save('matching/promises.json', whole)
  return [
    JSON.stringify({ ...whole, contests: contests.map(withoutSeeds) }),
    '',
    ...contests.flatMap(tablesOf),
    ...bakeOffTable(contests, options.rounds),
    ...promiseTables(measured),
    goalTable(goals),
  ].join('\n')
}

/** Whether what others measured may stand beside it. */
function isUsual({ delay, rate, control, driftAt }: MatchingOptions): boolean {
  return delay === 0 && rate === 1 && control === 0 && driftAt === undefined
}

type WithQuoted = Contest & { quoted: readonly Quoted[] }

/** The values of the seeds are in the files. */
function withoutSeeds(contest: WithQuoted) {
  const scores = contest.scores.map((score) => {
    return { ...score, marks: score.marks.map(({ values: _, ...mark }) => mark) }
  })
  return { ...contest, scores }
}

function tablesOf(contest: WithQuoted): string[] {
  const { set, kind, count, arms, people, scores, quoted, crossCheck } = contest
  const marks = shownMarks(contest)
  const isLog = kind === 'logged'
  const rows = [
    ...scores.map((score) => [
      score.contestant,
      ...marks.map((mark) => showMark(score, mark)),
      ...(isLog ? [score.log?.value.toFixed(4) ?? '–', score.log?.plain.toFixed(4) ?? '–'] : []),
    ]),
    ...quoted.map(({ of, figures }) => [
      `${of} (quoted)`,
      ...marks.map((mark) => figures[mark] ?? '–'),
      ...(isLog ? ['–', '–'] : []),
    ]),
  ]
  const head = [
    `${set} (${count} people of ${people} features, ${arms} arms)`,
    ...marks.map((mark) => (mark === count ? `${mark} = one pass` : String(mark))),
    ...(isLog ? ['until the end', 'plain mean'] : []),
  ]
  return [
    drawTable(head, rows),
    verdictLine(contest),
    ...(crossCheck ? [checkLine(crossCheck)] : []),
  ]
}

/** The usual marks, one pass over the people, and the last. */
function shownMarks({ scores, count }: Contest): number[] {
  const marks = scores[0]?.marks.map(({ mark }) => mark) ?? []
  return marks.filter((mark) => SHOWN.includes(mark) || mark === count || mark === marks.at(-1))
}

function showMark({ marks }: Score, wanted: number): string {
  const found = marks.find(({ mark }) => mark === wanted)
  return found ? `${found.mean.toFixed(4)} ±${(found.off ?? 0).toFixed(4)}` : '–'
}

function verdictLine({ verdicts }: Contest): string {
  const at = verdicts
    .filter(({ mark }) => SHOWN.includes(mark))
    .map(({ mark, best, ahead, holds }) => {
      const by = `${ahead.mean >= 0 ? '+' : '−'}${Math.abs(ahead.mean).toFixed(4)} ±${(ahead.off ?? 0).toFixed(4)}`
      return `${mark}: ${by} against ${best}${holds ? '' : ', significantly below'}`
    })
  const lost = verdicts.filter(({ mark, beatsChance }) => mark >= 250 && !beatsChance)
  const chance = lost.length === 0 ? 'Never' : `At ${lost.map(({ mark }) => mark).join(', ')}`
  return `Ours and the best of the others, seed by seed: ${at.join('; ')}. ${chance} worse than chance from 250 on.\n`
}

function checkLine({ arm, mean, replayed, robust, agrees }: CrossCheck): string {
  const said = agrees ? 'as it must be' : 'THIS MUST BE EQUAL: the log or the replay is wrong'
  return `Cross-check: the best fixed arm (${arm}) gave ${mean.toFixed(6)} on average; replayed it gives ${replayed.toFixed(6)} (${said}), scored doubly robustly ${robust.toFixed(6)}.\n`
}

/** One pass over the classification sets: means over those here beside means over all thirteen. */
function bakeOffTable(contests: readonly Contest[], rounds: number): string[] {
  const sets = contests.filter(({ set, kind }) => set.startsWith('uci_') && kind === 'full')
  if (sets.length < 2) return []
  const names = sets[0]?.scores.map(({ contestant }) => contestant) ?? []
  const rows = names.map((name) => {
    const values = sets.map(({ scores, count }) => {
      const marks = scores.find(({ contestant }) => contestant === name)?.marks ?? []
      return marks.filter(({ mark }) => mark <= count).at(-1)?.mean ?? Number.NaN
    })
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return [name, mean.toFixed(3), ...values.map((value) => value.toFixed(3))]
  })
  const quoted = Object.entries(QUOTED_BAKE_OFF).map(([name, mean]) => [
    `${name} (quoted, over all 13 sets)`,
    mean.toFixed(3),
    ...sets.map(() => '–'),
  ])
  const head = [`one pass, or ${rounds} decisions`, 'mean', ...sets.map(({ set }) => set)]
  return [drawTable(head, [...rows, ...quoted])]
}

function goalTable(goals: readonly Goal[]): string {
  return drawTable(
    ['goal', 'measured', 'to reach', ''],
    goals.map(({ what, measured, goal, reached }) => [
      what,
      measured,
      goal,
      reached ? 'reached' : 'missed',
    ]),
  )
}

/** What learns as lines, what it is held against as dashes. */
function plotOf({ set, scores }: Contest): string {
  const values = scores.flatMap(({ marks }) => marks.map(({ mean }) => mean))
  return drawPlot({
    title: `${escaped(set)}: mean value until then`,
    x: { title: 'decisions', log: true },
    y: { title: 'value', from: Math.floor(Math.min(...values) * 20) / 20 },
    lines: scores.map(({ contestant, marks }) => ({
      name: contestant,
      dashed: LINES.includes(contestant),
      points: marks.map(({ mark, mean, off }) => ({
        x: mark,
        y: mean,
        ...(contestant === OURS && { least: mean - (off ?? 0), most: mean + (off ?? 0) }),
      })),
    })),
  })
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

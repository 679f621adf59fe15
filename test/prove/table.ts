import type { Campaign } from './campaigns.ts'
import { isClean, type Tally } from './tally.ts'

export type Result = { campaign: Pick<Campaign, 'name'>; tally: Tally; seconds: number }

/** A campaign as a block: its verdict, then what was tried and how often. */
export function printLine({ campaign, tally, seconds }: Result): string {
  const { claims, spends, lost, over, double, wrong, recoveriesMs, longestMs } = tally
  const facts = [
    ...(tally.skipped ? [tally.skipped] : []),
    ...(claims > 0 ? [`${claims} claims answered`] : []),
    ...(spends > 0 ? [`${spends} redemptions and rollbacks answered`] : []),
    ...Object.entries(tally.tried).map(([what, times]) => `${times} ${what}`),
    ...(recoveriesMs.length > 0
      ? [
          `first answer after healing: median ${ms(median(recoveriesMs))}, longest ${ms(Math.max(...recoveriesMs))}`,
        ]
      : []),
    ...(longestMs > 0 ? [`longest wait for any answer ${ms(longestMs)}`] : []),
  ]
  const verdict = `lost ${lost.length}, over ${over.length}, double ${double.length}, wrong ${wrong.length}`
  const head = `${tally.skipped ? 'left out' : isClean(tally) ? 'holds   ' : 'BROKEN  '} ${campaign.name.padEnd(34)} ${verdict}  (${seconds.toFixed(1)} s)`
  return `${head}\n${facts.map((fact) => `           ${fact}\n`).join('')}`
}

export function printSummary(results: readonly Result[]): string {
  const total = (pick: (tally: Tally) => number) =>
    results.reduce((sum, { tally }) => sum + pick(tally), 0)
  return [
    '',
    `In all: ${total((t) => t.claims)} claims and ${total((t) => t.spends)} redemptions and rollbacks answered;`,
    `lost ${total((t) => t.lost.length)}, over-issued ${total((t) => t.over.length)}, ` +
      `double ${total((t) => t.double.length)}, otherwise wrong ${total((t) => t.wrong.length)}.`,
    '',
    '',
  ].join('\n')
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

function ms(value: number): string {
  return `${Math.round(value)} ms`
}

import type { Burst, BurstOptions } from '../commands/burst.ts'
import type { Processes, ProcessesOptions } from '../commands/processes.ts'
import type { Sample, SoakOptions } from '../commands/soak.ts'
import { drawPlot } from './plot.ts'
import { circumstances, save } from './save.ts'
import { middleOf, ratioOf } from './stats.ts'
import { drawTable, show, showMiddle } from './table.ts'

const BURST_P99_MS = 10_000
const TWO_PROCESSES = 0.9
/** Of the heap, from the second third to the last: less is noise. */
const SOAK_GROWTH = 0.05

/** Writes `results/burst.json` and answers a table. */
export async function reportBurst(
  { bursts, postgres }: { bursts: Burst[]; postgres: string },
  { people, slots, rounds }: BurstOptions,
): Promise<string> {
  await save('burst.json', {
    bench: 'burst',
    ...circumstances(postgres),
    options: { people, slots, rounds },
    bursts,
  })
  return drawTable(
    ['who', 'answers', 'slots taken', 'vouchers', 'audit', 'seconds', 'p50 ms', 'p99 ms', ''],
    bursts.map(({ who, measured, taken, vouchers, findings, exact }) => [
      who,
      [...Object.entries(measured.results), ...measured.errors.map((error) => [error, 1] as const)]
        .map(([result, count]) => `${count} ${result}`)
        .join(', '),
      String(taken),
      String(vouchers),
      findings === 0 ? 'clean' : `${findings} findings`,
      show(measured.seconds),
      show(measured.milliseconds.p50),
      show(measured.milliseconds.p99),
      exact && measured.milliseconds.p99 <= BURST_P99_MS ? 'reached' : 'missed',
    ]),
  )
}

/** Writes `results/processes.json` and answers a table. */
export async function reportProcesses(
  { one, two, race, raceTaken, findings, postgres }: Processes,
  { connections, rounds, warmUp, until, people }: ProcessesOptions,
): Promise<string> {
  const rates = (rounds: typeof one) => rounds.map(({ perSecond }) => perSecond)
  const ratio = ratioOf(rates(two), rates(one))
  await save('processes.json', {
    bench: 'processes',
    ...circumstances(postgres),
    options: { connections, rounds, warmUp, until, people },
    ratio,
    one,
    two,
    race: { ...race, taken: raceTaken },
    findings,
  })
  return drawTable(
    ['processes', 'measured', 'goal', ''],
    [
      ['one, per second', showMiddle(middleOf(rates(one))), '', ''],
      ['two, per second', showMiddle(middleOf(rates(two))), '', ''],
      [
        'two / one',
        `${showMiddle(ratio)}×`,
        `≥ ${TWO_PROCESSES}×`,
        ratio.median >= TWO_PROCESSES ? 'reached' : 'missed',
      ],
      [
        '1,000 slots, 3,000 asked both',
        JSON.stringify(race.results),
        'exactly 1,000',
        race.results['allocated'] === 1000 && raceTaken === 1000 ? 'reached' : 'missed',
      ],
      [
        'audit',
        findings === 0 ? 'clean' : `${findings} findings`,
        'clean',
        findings === 0 ? 'reached' : 'missed',
      ],
    ],
  )
}

/** Writes `results/soak.json` with a plot, and answers a table. */
export async function reportSoak(
  {
    samples,
    claims,
    findings,
    postgres,
  }: { samples: Sample[]; claims: number; findings: number; postgres: string },
  { connections, until, people }: SoakOptions,
): Promise<string> {
  const third = Math.floor(samples.length / 3)
  const median = (part: readonly Sample[]) => middleOf(part.map(({ heapMiB }) => heapMiB)).median
  const before = median(samples.slice(third, 2 * third))
  const after = median(samples.slice(-third))
  const growth = after / before - 1
  await save('soak.json', {
    bench: 'soak',
    ...circumstances(postgres),
    options: { connections, until, people },
    claims,
    findings,
    heapGrowth: growth,
    samples,
  })
  const line = (name: string, value: (sample: Sample) => number | null) => ({
    name,
    points: samples.map((sample) => ({ x: sample.seconds / 60, y: value(sample) ?? 0 })),
  })
  await save(
    'soak.svg',
    drawPlot({
      title: `Memory of the process over ${claims.toLocaleString('en')} claims`,
      x: { title: 'minutes' },
      y: { title: 'MiB' },
      lines: [
        line('in memory', (sample) => sample.residentMiB),
        line('held in the heap', (sample) => sample.heapMiB),
      ],
    }),
  )
  const resident = samples.map(({ residentMiB }) => residentMiB ?? 0)
  return drawTable(
    ['soak', 'measured', 'goal', ''],
    [
      ['claims', claims.toLocaleString('en'), '', ''],
      ['per second', showMiddle(middleOf(samples.map(({ perSecond }) => perSecond))), '', ''],
      ['in memory, MiB', showMiddle(middleOf(resident)), '', ''],
      ['held in the heap, MiB, second third', show(before), '', ''],
      [
        'held in the heap, MiB, last third',
        show(after),
        `+${SOAK_GROWTH * 100}% at most`,
        growth <= SOAK_GROWTH ? 'reached' : 'missed',
      ],
      [
        'audit',
        findings === 0 ? 'clean' : `${findings} findings`,
        'clean',
        findings === 0 ? 'reached' : 'missed',
      ],
    ],
  )
}

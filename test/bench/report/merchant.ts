import type { Cost } from '../command-line.ts'
import type { CodesOptions, CodesRound } from '../commands/codes.ts'
import type { OrdersOptions } from '../commands/orders.ts'
import type { RedemptionsOptions, RedemptionsRound } from '../commands/redemptions.ts'
import { circumstances, save } from './save.ts'
import { type Middle, middleOf, ratioOf } from './stats.ts'
import { drawTable, show, showMiddle } from './table.ts'

const CODES_PER_COPY = 3

/** Writes `results/codes.json` and answers a table. */
export async function reportCodes(
  { rounds, postgres }: { rounds: CodesRound[]; postgres: string },
  { sizes, vouchers }: CodesOptions,
): Promise<string> {
  const middles = sizes.map((size) =>
    codesOf(
      rounds.filter((round) => round.size === size),
      size,
    ),
  )
  await save('codes.json', {
    bench: 'codes',
    ...circumstances(postgres),
    options: { sizes, vouchers },
    middles,
    rounds,
  })
  return drawTable(
    ['codes', 'seconds', 'of the whole process', 'peak MiB', 'COPY', 'seconds / COPY', ''],
    middles.map(({ size, batchSeconds, seconds, peakMiB, copySeconds, ratio }) => [
      size.toLocaleString('en'),
      showMiddle(batchSeconds),
      showMiddle(seconds),
      showMiddle(peakMiB),
      showMiddle(copySeconds),
      `${showMiddle(ratio)}×`,
      ratio.median < CODES_PER_COPY
        ? `reached (< ${CODES_PER_COPY}×)`
        : `missed (< ${CODES_PER_COPY}×)`,
    ]),
  )
}

function codesOf(rounds: readonly CodesRound[], size: number) {
  const of = (read: (round: CodesRound) => number) => rounds.map(read)
  return {
    size,
    batchSeconds: middleOf(of((round) => round.batchSeconds)),
    seconds: middleOf(of((round) => round.seconds)),
    peakMiB: memoryOf(rounds),
    copySeconds: middleOf(of((round) => round.copySeconds)),
    copyByPositionSeconds: middleOf(of((round) => round.copyByPositionSeconds)),
    ratio: ratioOf(
      of((round) => round.batchSeconds),
      of((round) => round.copySeconds),
    ),
    ratioByPosition: ratioOf(
      of((round) => round.batchSeconds),
      of((round) => round.copyByPositionSeconds),
    ),
  }
}

/** Writes `results/orders.json` and answers a table. */
export async function reportOrders(
  { first, again, postgres }: { first: Cost[]; again: Cost[]; postgres: string },
  { lines }: OrdersOptions,
): Promise<string> {
  await save('orders.json', {
    bench: 'orders',
    ...circumstances(postgres),
    options: { lines },
    first,
    again,
  })
  const row = (name: string, costs: readonly Cost[]) => [
    name,
    lines.toLocaleString('en'),
    showMiddle(middleOf(costs.map(({ seconds }) => seconds))),
    show(lines / middleOf(costs.map(({ seconds }) => seconds)).median),
    showMiddle(memoryOf(costs)),
  ]
  return drawTable(
    ['orders import', 'lines', 'seconds', 'lines per second', 'peak MiB'],
    [row('the first time', first), row('the same file again', again)],
  )
}

/** Writes `results/redemptions.json` and answers a table. */
export async function reportRedemptions(
  {
    rounds,
    findings,
    postgres,
  }: { rounds: RedemptionsRound[]; findings: number; postgres: string },
  { vouchers, atOnce }: RedemptionsOptions,
): Promise<string> {
  const redemptions = rounds.map(({ redemptionsPerSecond }) => redemptionsPerSecond)
  const updates = rounds.map(({ updatesPerSecond }) => updatesPerSecond)
  const ratio = ratioOf(redemptions, updates)
  await save('redemptions.json', {
    bench: 'redemptions',
    ...circumstances(postgres),
    options: { vouchers, atOnce },
    ratio,
    rounds,
    findings,
  })
  return drawTable(
    ['', 'per second', 'of an update'],
    [
      ['UPDATE of one row', showMiddle(middleOf(updates)), ''],
      ['redemption', showMiddle(middleOf(redemptions)), `${showMiddle(ratio)}×`],
      ['audit', findings === 0 ? 'clean' : `${findings} findings`, ''],
    ],
  )
}

function memoryOf(costs: readonly Cost[]): Middle {
  return middleOf(costs.map(({ peakMiB }) => peakMiB ?? Number.NaN))
}

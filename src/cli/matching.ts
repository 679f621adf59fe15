import { type Command, InvalidArgumentError, Option } from 'commander'

import type { MatchingPoint, MatchingReport, MatchingView } from '../domain/views.ts'
import { changeMatching, resumeMatching } from '../usecases/matching-settings.ts'
import { showMatching } from '../usecases/show-matching.ts'
import { alignColumns } from './align-columns.ts'
import { type Desk, withApp } from './desk.ts'
import { findMerchant } from './find-merchant.ts'

type Options = {
  merchant: string
  margin?: number | 'off'
  control?: number
  pool?: 'on' | 'off'
  resume?: MatchingPoint
  json?: true
}

/** What a merchant tells the model that chooses offers and vouchers, and how well it does. @patent 12 */
export function matchingCommand(parent: Command, desk: Desk): void {
  parent
    .command('matching')
    .description('Show what chooses a merchant’s offers and vouchers, and change what it is told.')
    .requiredOption('--merchant <id>', 'whose it is, e.g. mer_01jd5n7x2kq8r4w1c3ve')
    .option(
      '--margin <percent>',
      'what of an order is the merchant’s own, 0.01 to 100, or off',
      readMargin,
    )
    .option(
      '--control <percent>',
      'of people who get the preset voucher to compare with, 0 to 50',
      readControl,
    )
    .addOption(
      new Option('--pool <choice>', 'whether new merchants begin with what was learnt').choices([
        'on',
        'off',
      ]),
    )
    .addOption(
      new Option('--resume <point>', 'let it decide again after it was stopped').choices([
        'offer',
        'voucher',
      ]),
    )
    .option('--json', 'print one JSON object')
    .action(({ merchant, margin, control, pool, resume, json }: Options) =>
      withApp(desk, async ({ app }) => {
        const { id: merchantId } = await findMerchant(app, merchant)
        const change = {
          ...(margin !== undefined && { marginBp: margin === 'off' ? null : margin }),
          ...(control !== undefined && { controlBp: control }),
          ...(pool !== undefined && { poolsLearning: pool === 'on' }),
        }
        if (Object.keys(change).length > 0)
          await changeMatching(app, { merchantId, change, by: 'cli' })
        if (resume) await resumeMatching(app, { merchantId, point: resume, by: 'cli' })
        const shown = await showMatching(app, merchantId)
        desk.out.write(json ? `${JSON.stringify(shown)}\n` : describe(shown))
      }),
    )
}

/** The word, since what is null would be taken for nothing written. */
function readMargin(text: string): number | 'off' {
  return text === 'off'
    ? text
    : readPercent(text, 1, 10_000, 'a percentage from 0.01 to 100, or off')
}

function readControl(text: string): number {
  return readPercent(text, 0, 5000, 'a percentage from 0 to 50')
}

/** A percentage as basis points. */
function readPercent(text: string, from: number, to: number, what: string): number {
  const basisPoints = /^\d{1,3}(\.\d{1,2})?%?$/.test(text)
    ? Math.round(Number.parseFloat(text) * 100)
    : -1
  if (basisPoints >= from && basisPoints <= to) return basisPoints
  throw new InvalidArgumentError(`Write ${what}.`)
}

function describe({ settings, reports, prices, currency }: MatchingView): string {
  const { marginBp, controlBp, poolsLearning } = settings
  const rows = [
    ['Margin', marginBp === null ? 'not stated: redemptions count' : percent(marginBp / 10_000)],
    ['Control share', percent(controlBp / 10_000)],
    ['Pools what is learnt', poolsLearning ? 'yes' : 'no'],
    ...reports.flatMap((report) => rowsOf(report, currency)),
    ...prices.map(({ name, lambda }) => [`Price of a unit of ${name}`, lambda.toFixed(2)]),
  ]
  return alignColumns(rows)
}

function rowsOf(report: MatchingReport, currency: string): string[][] {
  const { point, version, learnt, isFrozen, stoppedAt, lift, objective } = report
  const unit = objective === 'money' ? `minor units of ${currency}` : 'redemptions'
  const state = [isFrozen && 'frozen', stoppedAt && `stopped ${stoppedAt.toISOString()}`].filter(
    Boolean,
  )
  const bounds = lift && [lift.mean, lift.low, lift.high].map((number) => number.toFixed(3))
  return [
    [`Model of ${point}s`, [`version ${version}, ${learnt} answers`, ...state].join(', ')],
    [
      '  lift per decision',
      bounds
        ? `${bounds[0]} (${bounds[1]} to ${bounds[2]}) ${unit}, of ${lift.count}`
        : 'too early to say',
    ],
    ...report.arms.map(({ name, share, redeemed, settled }) => [
      `  ${name}`,
      `wanted ${percent(share)}, ${redeemed} of ${settled} redeemed`,
    ]),
  ]
}

function percent(share: number): string {
  return `${Math.round(share * 1e4) / 100} %`
}

import type { Command } from 'commander'

import type { AppContext } from '../context.ts'
import { csvText } from '../csv.ts'
import { readColumn } from '../orders/csv-column.ts'
import { importCodes, type LeftOut } from '../usecases/import-codes.ts'
import { createFile } from './create-file.ts'
import { type Desk, withApp } from './desk.ts'
import { CommandFailed } from './faults.ts'
import { findMerchant } from './find-merchant.ts'
import { findTemplate } from './find-template.ts'
import { count } from './import/write-report.ts'
import { type ProgressDisplay, showProgress } from './show-progress.ts'

type Options = { merchant: string; template: string; column?: string; leftOut?: string }

export function importCodesCommand(parent: Command, desk: Desk): void {
  parent
    .command('import')
    .description("Take a merchant's own codes from a CSV file; they wait until vouchers are given.")
    .argument('<file>', 'the CSV file')
    .requiredOption('--merchant <id>', 'whose codes they are')
    .requiredOption('--template <vouchers>', 'the id of the vouchers they are for, or their name')
    .option('--column <heading>', 'the column of the codes, where there are several')
    .option('--left-out <file>', 'write every line that was not taken to a new CSV file')
    .addHelpText('after', AFTERWORD)
    .action((file: string, options: Options) => takeCodes(desk, file, options))
}

/** What became of the lines of a file. */
type Tally = { taken: number; leftOut: number; twice: number; first: LeftOut[] }

const MOST_TOLD = 100

async function takeCodes(desk: Desk, file: string, options: Options): Promise<void> {
  const tally: Tally = { taken: 0, leftOut: 0, twice: 0, first: [] }
  const display = showProgress(desk.err, 'code')
  try {
    await withApp(desk, ({ app }) => takeFile(app, file, options, tally, display))
  } finally {
    display.stop()
    if (tally.taken + tally.leftOut > 0) desk.out.write(writeTally(tally))
  }
  if (options.leftOut !== undefined) desk.out.write(`All of them are in ${options.leftOut}\n`)
  if (tally.leftOut > tally.twice) throw new CommandFailed('Not every line holds a code.')
}

async function takeFile(
  app: AppContext,
  from: string,
  { merchant, template, column, leftOut }: Options,
  tally: Tally,
  display: ProgressDisplay,
): Promise<void> {
  const found = await findMerchant(app, merchant)
  const { templateId } = await findTemplate(app, found, template)
  await using report = leftOut === undefined ? undefined : await createFile(leftOut)
  await report?.write(csvText([['line', 'code', 'why', 'first line']]))
  let part = 0
  const onProgress = (read: number) => {
    part = read
  }
  const codes = readColumn({ from, column, headings: HEADINGS, onProgress })
  const taking = importCodes(app, { merchantId: found.id, templateId, codes, by: 'cli' })
  for await (const chunk of taking) {
    tally.taken += chunk.taken
    for (const one of chunk.leftOut) note(tally, one)
    await report?.write(
      csvText(chunk.leftOut.map(({ line, text, why, firstLine }) => [line, text, why, firstLine])),
    )
    display.update(part, tally.taken)
  }
}

const HEADINGS = ['code', 'codes', 'coupon', 'coupon code', 'voucher', 'voucher code', '券码']

function note(tally: Tally, one: LeftOut): void {
  tally.leftOut += 1
  if (one.why !== 'no_code') tally.twice += 1
  if (tally.first.length < MOST_TOLD) tally.first.push(one)
}

function writeTally({ taken, leftOut, twice, first }: Tally): string {
  const untold = leftOut - first.length
  const lines = [
    `${count(taken, 'code')} taken, ${twice} there already, ${leftOut - twice} not readable`,
    ...first.map(
      ({ line, why, firstLine, fault }) =>
        `  line ${line}: ${fault ?? WORDS[why]}${firstLine ? `, on line ${firstLine}` : ''}`,
    ),
    ...(untold > 0 ? [`  … and ${untold} more: --left-out writes all of them`] : []),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

const WORDS: Record<LeftOut['why'], string> = {
  no_code: 'no code of 4 to 64 letters, digits and . _ / # * + -',
  import: 'the same code stands in this file before',
  pool: 'the code waits in the pool already',
  voucher: 'the code is that of a voucher already',
}

const AFTERWORD = `
Codes are kept in capitals and without blanks. The same file again changes
nothing. Lines that hold no code are told, and the exit code is then 1; codes
themselves are never printed.

  passalong codes import codes.csv --merchant mer_01jd5n7x2kq8r4w1c3ve \\
    --template "Coffee" --column coupon`

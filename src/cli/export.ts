import type { FileHandle } from 'node:fs/promises'
import { type Command, InvalidArgumentError } from 'commander'

import { EXPORT_KINDS, type ExportFormat, type ExportKind } from '../domain/export-files.ts'
import { exportChunk } from '../usecases/export-chunk.ts'
import { campaignsOf } from '../usecases/list-campaigns.ts'
import { createFile } from './create-file.ts'
import { type Desk, withApp } from './desk.ts'
import { CommandFailed } from './faults.ts'
import { findMerchant } from './find-merchant.ts'
import { findTemplate } from './find-template.ts'
import { count } from './import/write-report.ts'

type Options = {
  merchant: string
  campaign?: string
  template?: string
  format: ExportFormat
  to?: string
}

export function exportCommand(parent: Command, desk: Desk): void {
  parent
    .command('export')
    .description("Write a merchant's rows as CSV, or as JSON with one object on each line.")
    .argument('<kind>', EXPORT_KINDS.join(', '), readKind)
    .requiredOption('--merchant <id>', 'whose they are, e.g. mer_01jd5n7x2kq8r4w1c3ve')
    .option('--campaign <id>', 'only what belongs to this campaign')
    .option('--format <format>', 'csv or json', readFormat, 'csv')
    .option('--to <file>', 'a new file, readable by its owner alone (default: the output)')
    .addHelpText('after', AFTERWORD)
    .action((kind: ExportKind, options: Options) => writeExport(desk, kind, options))
}

export function exportCodesCommand(parent: Command, desk: Desk): void {
  parent
    .command('export')
    .description(
      'Write codes and what has become of each: waiting, given, spent, expired, revoked.',
    )
    .requiredOption('--merchant <id>', 'whose they are')
    .option('--template <vouchers>', 'only those for vouchers of this id or name')
    .option('--campaign <id>', 'only those of this campaign')
    .option('--format <format>', 'csv or json', readFormat, 'csv')
    .option('--to <file>', 'a new file, readable by its owner alone (default: the output)')
    .action((options: Options) => writeExport(desk, 'codes', options))
}

/** Holds some thousand rows at a time and waits while whoever reads them is slower. */
async function writeExport(desk: Desk, kind: ExportKind, options: Options): Promise<void> {
  const { merchant, campaign, template, format, to } = options
  await withApp(desk, async ({ app }) => {
    const found = await findMerchant(app, merchant)
    const { id: merchantId, name } = found
    const campaigns = await campaignsOf(app, merchantId)
    if (campaign !== undefined && !campaigns.some(({ campaignId }) => campaignId === campaign)) {
      throw new CommandFailed(`${name} has no campaign ${campaign}.`)
    }
    const templateId =
      template === undefined ? undefined : (await findTemplate(app, found, template)).templateId
    const spec = { merchantId, kind, format, campaignId: campaign, templateId, until: app.now() }
    await using file = to === undefined ? undefined : await createFile(to)
    let rows = 0
    let reached: string | undefined
    for (let isLast = false; !isLast; ) {
      const chunk = await exportChunk(app, spec, reached)
      await write(file, desk.out, chunk.text)
      reached = chunk.reached
      isLast = chunk.isLast
      rows += chunk.rows
      showRows(desk.err, rows, isLast)
    }
  })
}

async function write(
  file: FileHandle | undefined,
  out: NodeJS.WritableStream,
  text: string,
): Promise<void> {
  if (file) return void (await file.write(text))
  await new Promise<void>((resolve, reject) => {
    out.write(text, (error) => (error ? reject(error) : resolve()))
  })
}

const EVERY = 100_000

/** A line that grows on a terminal; in a pipe a line now and then, and one at the end. */
function showRows(err: Desk['err'], rows: number, isLast: boolean): void {
  if (err.isTTY) err.write(`\r${count(rows, 'row')}${isLast ? '\n' : ''}`)
  else if (isLast || (rows > 0 && rows % EVERY === 0)) err.write(`${count(rows, 'row')}\n`)
}

function readKind(text: string): ExportKind {
  const kind = EXPORT_KINDS.find((one) => one === text)
  if (kind) return kind
  throw new InvalidArgumentError(`Write one of ${EXPORT_KINDS.join(', ')}.`)
}

function readFormat(text: string): ExportFormat {
  if (text === 'csv' || text === 'json') return text
  throw new InvalidArgumentError('Write csv or json.')
}

const AFTERWORD = `
No file names a customer. Files of vouchers and codes hold codes that can be
spent: keep them as you keep money. CSV has amounts with the decimals of their
currency, JSON has minor units.

Example:
  passalong export redemptions --merchant mer_01jd5n7x2kq8r4w1c3ve --to november.csv`

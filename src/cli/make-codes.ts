import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'

import type { AppContext } from '../context.ts'
import { CODE_LENGTH, CODE_LIMITS } from '../domain/code.ts'
import { newReference } from '../ids.ts'
import { type LeasedBatch, makeCodes } from '../usecases/make-codes.ts'
import { MOST_CODES, startCodes } from '../usecases/start-codes.ts'
import { stopCodes } from '../usecases/stop-codes.ts'
import { wholeFrom } from './arguments.ts'
import { type Desk, withAppToTheEnd } from './desk.ts'
import { CommandFailed, Interrupted } from './faults.ts'
import { findMerchant } from './find-merchant.ts'
import { findTemplate } from './find-template.ts'
import { count } from './import/write-report.ts'
import { showProgress } from './show-progress.ts'

type Options = {
  merchant: string
  template: string
  count: number
  prefix?: string
  length: number
}

export function makeCodesCommand(parent: Command, desk: Desk): void {
  const { leastLength, mostLength } = CODE_LIMITS
  parent
    .command('make')
    .description('Make codes that wait until vouchers of a kind are given.')
    .requiredOption('--merchant <id>', 'whose vouchers they are for')
    .requiredOption('--template <vouchers>', 'the id of the vouchers, or their name')
    .requiredOption('--count <number>', `how many, at most ${MOST_CODES}`, wholeFrom(1, MOST_CODES))
    .option('--prefix <text>', 'what every code begins with: no I, L, O or U')
    .option(
      '--length <number>',
      `characters beside prefix and check character, ${leastLength} to ${mostLength}`,
      wholeFrom(leastLength, mostLength),
      CODE_LENGTH,
    )
    .addHelpText('after', AFTERWORD)
    .action((options: Options) => make(desk, options))
}

async function make(desk: Desk, options: Options): Promise<void> {
  await withAppToTheEnd(desk, async ({ app }) => {
    const merchant = await findMerchant(app, options.merchant)
    const { templateId, name } = await findTemplate(app, merchant, options.template)
    const batch = await begin(app, { ...options, merchantId: merchant.id, templateId })
    const display = showProgress(desk.err, 'code')
    let made = 0
    try {
      await makeCodes(app, batch, {
        signal: desk.interrupted,
        onProgress: (done) => {
          made = done.made
          display.update(done.made / done.wanted, done.made)
        },
      })
    } finally {
      display.stop()
    }
    desk.out.write(`${count(made, 'code')} for ${name}, of the batch ${batch.batchId}\n`)
    if (!desk.interrupted.aborted) return
    await stopCodes(app, { merchantId: merchant.id, batchId: batch.batchId, by: 'cli' })
    throw new Interrupted()
  })
}

async function begin(
  app: AppContext,
  {
    merchantId,
    templateId,
    count: wanted,
    prefix,
    length,
  }: Options & { merchantId: string; templateId: string },
): Promise<LeasedBatch> {
  const worker = newReference()
  const result = await startCodes(app, {
    merchantId,
    templateId,
    count: wanted,
    prefix,
    length,
    requestId: `cli:${randomUUID()}`,
    by: 'cli',
    worker,
  })
  if (result.outcome === 'refused') throw new CommandFailed(REFUSALS[result.reason])
  return { ...result.batch, codeLength: length, worker }
}

const REFUSALS = {
  unknown_template: 'These vouchers are there no more.',
  too_many: 'These would be more than half of all codes of this length: ask for longer ones.',
}

const AFTERWORD = `
They are written in chunks, each whole or not at all. Ctrl-C stops it and keeps
what was made; when the process is killed, the server goes on with it.

  passalong codes make --merchant mer_01jd5n7x2kq8r4w1c3ve --template "Coffee" \\
    --count 1000000 --prefix SAVE`

import type { Command } from 'commander'

import { readCurrency } from './arguments.ts'
import { appWithLinks, type Desk, withApp } from './desk.ts'
import { CommandFailed } from './faults.ts'
import { findMerchant, findStore } from './find-merchant.ts'
import { takeFile } from './import/take-file.ts'
import { emptyTally, isEmpty, type Tally } from './import/tally.ts'
import { writeReport } from './import/write-report.ts'
import { type ProgressDisplay, showProgress } from './show-progress.ts'

type Options = {
  merchant: string
  store: string
  map: string
  currency?: string
  zone?: string
  pins?: string
}

/** @patent 4 */
export function importOrdersCommand(parent: Command, desk: Desk): void {
  parent
    .command('import')
    .description(
      'Take in the orders and cancellations of a CSV file, as src/orders/README.md says.',
    )
    .argument('<file>', 'the CSV file')
    .requiredOption('--merchant <id>', 'whose orders they are')
    .requiredOption('--store <id>', "the merchant's own id of the store they were placed in")
    .requiredOption(
      '--map <map>',
      'what its columns mean: online-retail, or the path of a JSON file',
    )
    .option('--currency <code>', "e.g. GBP (default: the merchant's)", readCurrency)
    .option(
      '--zone <zone>',
      "what its times are meant in, e.g. Europe/London (default: the store's)",
    )
    .option('--pins <file>', 'write the PIN and the receipt links of every order to a new CSV file')
    .addHelpText('after', AFTERWORD)
    .action((file: string, options: Options) => importOrders(desk, file, options))
}

async function importOrders(desk: Desk, file: string, options: Options): Promise<void> {
  const tally = emptyTally()
  const display = showProgress(desk.err, 'order')
  try {
    await takeIn(desk, file, options, tally, display)
  } catch (error) {
    display.stop()
    if (!isEmpty(tally)) desk.out.write(`So far:\n${writeReport(tally)}`)
    throw error
  }
  display.stop()
  desk.out.write(writeReport(tally))
  if (options.pins !== undefined) desk.out.write(`Their PINs and links are in ${options.pins}\n`)
  if (tally.skipped > 0) throw new CommandFailed('Not everything was taken.')
}

async function takeIn(
  desk: Desk,
  file: string,
  { merchant, store, map, currency, zone, pins }: Options,
  tally: Tally,
  display: ProgressDisplay,
): Promise<void> {
  await withApp(desk, async (opened) => {
    const app = pins === undefined ? opened.app : appWithLinks(opened)
    const seller = await findMerchant(app, merchant)
    const place = await findStore(app, seller, store)
    const request = {
      from: file,
      map,
      merchantId: seller.id,
      storeSourceId: place.sourceId,
      currency: currency ?? seller.currency,
      zone: zone ?? place.zone,
      pins,
    }
    await takeFile(app, request, tally, display)
  })
}

const AFTERWORD = `
Taking the same file again changes nothing; a changed order is changed. What
cannot be read is skipped and told with its line, and the exit code is then 1.
PINs are never printed.

  passalong orders import orders.csv --merchant mer_01jd5n7x2kq8r4w1c3ve \\
    --store 7 --map online-retail`

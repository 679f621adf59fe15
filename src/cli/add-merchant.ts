import type { Command } from 'commander'

import { isSandbox } from '../config.ts'
import { type AddedMerchant, addMerchant } from '../usecases/add-merchant.ts'
import { alignColumns } from './align-columns.ts'
import { readCurrency, readName } from './arguments.ts'
import { appWithLinks, type Desk, withApp } from './desk.ts'

type Options = { currency: string; json?: true }

/** The key and the link are printed here and nowhere else: only their digests are kept. */
export function addMerchantCommand(parent: Command, desk: Desk): void {
  parent
    .command('add')
    .description('Add a merchant; print its id, its API key and the link that makes its owner.')
    .argument('<name>', 'what customers read, e.g. "Rosewood Gifts"', readName)
    .requiredOption('--currency <code>', 'what it sells in, e.g. GBP', readCurrency)
    .option('--json', 'print one JSON object')
    .action((name: string, { currency, json }: Options) =>
      withApp(desk, async (opened) => {
        const app = appWithLinks(opened)
        const added = await addMerchant(app, { name, currency })
        desk.out.write(
          json
            ? `${JSON.stringify(added)}\n`
            : describe(added, `${name} (${currency})`, isSandbox(app.config)),
        )
      }),
    )
}

function describe(added: AddedMerchant, merchant: string, sandbox: boolean): string {
  const rows = alignColumns([
    ['Merchant', merchant],
    ['Id', added.merchantId],
    ['API key', added.apiKey],
    ["Owner's link", added.ownerLink],
  ])
  return `${rows}
Neither the key nor the link is shown again. The link makes an owner of the
first who opens it, within a day.
${sandbox ? `In the sandbox, write to the bot instead: /start ${added.ownerReference}\n` : ''}`
}

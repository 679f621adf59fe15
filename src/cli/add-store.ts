import type { Command } from 'commander'

import { addStore } from '../usecases/add-store.ts'
import { readAddress, readName, readSourceId } from './arguments.ts'
import { type Desk, withApp } from './desk.ts'
import { CommandFailed } from './faults.ts'
import { findMerchant } from './find-merchant.ts'

type Options = { merchant: string; id: string; name: string; address: string; zone: string }

/** @patent 11 */
export function addStoreCommand(parent: Command, desk: Desk): void {
  parent
    .command('add')
    .description('Add a store. Orders and vouchers name it by the id given here.')
    .requiredOption('--merchant <id>', 'whose store it is, e.g. mer_01jd5n7x2kq8r4w1c3ve')
    .requiredOption('--id <id>', "the merchant's own id of the store, e.g. 7", readSourceId)
    .requiredOption('--name <name>', 'what customers read, e.g. "High Street"', readName)
    .requiredOption('--address <address>', 'e.g. "1 High Street, London"', readAddress)
    .requiredOption('--zone <zone>', 'the time zone of its clocks, e.g. Europe/London')
    .action(({ merchant, id: sourceId, ...given }: Options) =>
      withApp(desk, async ({ app }) => {
        const { id: merchantId, name } = await findMerchant(app, merchant)
        const { outcome } = await addStore(app, { merchantId, sourceId, ...given, by: 'cli' })
        if (outcome === 'exists') {
          throw new CommandFailed(`${name} has a store ${sourceId} already; it stays as it is.`)
        }
        desk.out.write(`${name} has a new store ${sourceId}: ${given.name}, ${given.address}.\n`)
      }),
    )
}

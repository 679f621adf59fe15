import type { Command } from 'commander'

import { listStores } from '../usecases/list-stores.ts'
import { alignColumns } from './align-columns.ts'
import { type Desk, withApp } from './desk.ts'
import { findMerchant } from './find-merchant.ts'

export function listStoresCommand(parent: Command, desk: Desk): void {
  parent
    .command('list')
    .description('List the stores of a merchant: id, name, address, time zone.')
    .requiredOption('--merchant <id>', 'whose stores, e.g. mer_01jd5n7x2kq8r4w1c3ve')
    .action(({ merchant }: { merchant: string }) =>
      withApp(desk, async ({ app }) => {
        const { id, name } = await findMerchant(app, merchant)
        const stores = await listStores(app, id)
        if (stores.length === 0) desk.err.write(`${name} has no stores yet.\n`)
        const rows = stores.map((store) => [store.sourceId, store.name, store.address, store.zone])
        desk.out.write(alignColumns(rows))
      }),
    )
}

import type { Command } from 'commander'

import { listMerchants } from '../usecases/list-merchants.ts'
import { alignColumns } from './align-columns.ts'
import { type Desk, withApp } from './desk.ts'

export function listMerchantsCommand(parent: Command, desk: Desk): void {
  parent
    .command('list')
    .description('List the merchants: id, currency, name.')
    .action(() =>
      withApp(desk, async ({ app }) => {
        const merchants = await listMerchants(app)
        if (merchants.length === 0) desk.err.write('There are no merchants yet.\n')
        desk.out.write(
          alignColumns(merchants.map(({ id, currency, name }) => [id, currency, name])),
        )
      }),
    )
}

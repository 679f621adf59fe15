import type { Command } from 'commander'

import { type Desk, withApp } from './desk.ts'

/** Every start migrates; this does nothing else. */
export function migrateCommand(parent: Command, desk: Desk): void {
  parent
    .command('migrate')
    .description('Bring the database up to date. The server does so too whenever it starts.')
    .action(() =>
      withApp(desk, async () => {
        desk.out.write('The database is up to date.\n')
      }),
    )
}

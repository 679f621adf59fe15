import type { Command } from 'commander'

import { settingsAsEnvFile, settingsAsTable } from '../settings-table.ts'
import type { Desk } from './desk.ts'

export function printSettingsCommand(parent: Command, desk: Desk): void {
  parent
    .command('settings')
    .description('Print every setting, commented out, as a file .env to fill in.')
    .option('--table', 'print the table of README.md instead')
    .action(({ table }: { table?: true }) => {
      desk.out.write(table ? settingsAsTable() : settingsAsEnvFile())
    })
}

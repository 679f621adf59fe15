import type { Command } from 'commander'

import { auditBooks } from '../usecases/audit-books.ts'
import { alignColumns } from './align-columns.ts'
import { type Desk, withApp } from './desk.ts'
import { CommandFailed } from './faults.ts'

export function auditCommand(parent: Command, desk: Desk): void {
  parent
    .command('audit')
    .description('Derive every counter and balance anew and list what does not agree.')
    .addHelpText('after', '\nMay run while the server does. Exits with 1 when anything differs.')
    .action(() =>
      withApp(desk, async ({ directUrl }) => {
        const findings = await auditBooks(directUrl)
        const rows = findings.map(({ invariant, merchantId, subject, found }) => [
          invariant,
          merchantId,
          subject,
          found,
        ])
        desk.out.write(alignColumns(rows))
        if (rows.length > 0) throw new CommandFailed(differences(rows.length))
        desk.out.write('The books are right.\n')
      }),
    )
}

function differences(many: number): string {
  return many === 1 ? 'The books differ in one place.' : `The books differ in ${many} places.`
}

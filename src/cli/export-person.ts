import type { Command } from 'commander'

import { exportPerson } from '../usecases/export-person.ts'
import { readPerson } from './arguments.ts'
import { type Desk, withApp } from './desk.ts'

export function exportPersonCommand(parent: Command, desk: Desk): void {
  parent
    .command('export')
    .description('Print everything that is kept of a person, as JSON.')
    .argument('<person>', 'e.g. telegram:42', readPerson)
    .action((person: string) =>
      withApp(desk, async ({ app }) => {
        desk.out.write(`${JSON.stringify(await exportPerson(app, person), null, 2)}\n`)
      }),
    )
}

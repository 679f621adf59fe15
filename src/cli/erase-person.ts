import type { Command } from 'commander'

import { type ErasureView, erasePerson, showErasure } from '../usecases/erase-person.ts'
import { readPerson } from './arguments.ts'
import { type Desk, withApp } from './desk.ts'
import { UsageError } from './faults.ts'

export function erasePersonCommand(parent: Command, desk: Desk): void {
  parent
    .command('erase')
    .description(
      'Erase a person from every table; what they did stays, and nobody knows whose it was.',
    )
    .argument('<person>', 'e.g. telegram:42', readPerson)
    .option('--yes', 'do it: it cannot be undone')
    .action((person: string, { yes }: { yes?: true }) =>
      withApp(desk, async ({ app }) => {
        const lost = describe(await showErasure(app, person))
        if (!yes) throw new UsageError(`${lost}Nothing was erased. Add --yes to do it.`)
        await erasePerson(app, person)
        desk.out.write(`${lost}${person} is erased.\n`)
      }),
    )
}

/** What goes, one fact a line. */
function describe({ vouchers, shares, roles, leftAlone }: ErasureView): string {
  return [
    `Vouchers that become void: ${vouchers}`,
    `Shares that stop: ${shares}`,
    ...roles.map(({ role, merchantName }) => `Role that ends: ${role} at ${merchantName}`),
    ...leftAlone.map(
      ({ merchantId, merchantName }) =>
        `Nobody owns ${merchantName} then: \`passalong merchants invite ${merchantId}\` makes a new owner.`,
    ),
    '',
  ].join('\n')
}

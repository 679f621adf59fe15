import { Command } from 'commander'

import packageJson from '../../package.json' with { type: 'json' }
import { addMerchantCommand } from './add-merchant.ts'
import { addStoreCommand } from './add-store.ts'
import { auditCommand } from './audit.ts'
import type { Desk } from './desk.ts'
import { erasePersonCommand } from './erase-person.ts'
import { exportCodesCommand, exportCommand } from './export.ts'
import { exportPersonCommand } from './export-person.ts'
import { importCodesCommand } from './import-codes.ts'
import { importOrdersCommand } from './import-orders.ts'
import { inviteOwnerCommand } from './invite-owner.ts'
import { listMerchantsCommand } from './list-merchants.ts'
import { listStoresCommand } from './list-stores.ts'
import { makeCodesCommand } from './make-codes.ts'
import { makeKeyCommand } from './make-key.ts'
import { matchingCommand } from './matching.ts'
import { migrateCommand } from './migrate.ts'
import { modelCommands } from './model.ts'
import { printSettingsCommand } from './print-settings.ts'
import { simulateCommand } from './simulate.ts'

/** Everything an operator can type. This is the table of contents. */
export function buildProgram(desk: Desk): Command {
  const program = new Command('passalong')
    .description('Runs a Passalong installation from the command line.')
    .version(packageJson.version)
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => desk.out.write(text),
      writeErr: (text) => desk.err.write(text),
    })
    .showHelpAfterError('With --help it says how it is used.')
    .addHelpText('after', AFTERWORD)

  const group = (name: string, description: string) =>
    program.command(name).description(description).helpCommand(false)
  const merchants = group(
    'merchants',
    'Add and list merchants, invite their owners, and tell their models.',
  )
  addMerchantCommand(merchants, desk)
  listMerchantsCommand(merchants, desk)
  inviteOwnerCommand(merchants, desk)
  matchingCommand(merchants, desk)
  const stores = group('stores', 'Add and list the stores of a merchant.')
  addStoreCommand(stores, desk)
  listStoresCommand(stores, desk)
  const orders = group('orders', 'Take in orders.')
  importOrdersCommand(orders, desk)
  const codes = group('codes', 'Make, import and export codes of vouchers.')
  makeCodesCommand(codes, desk)
  importCodesCommand(codes, desk)
  exportCodesCommand(codes, desk)
  const people = group('people', 'Export and erase what is kept of a person.')
  exportPersonCommand(people, desk)
  erasePersonCommand(people, desk)
  modelCommands(
    group('model', 'Show, freeze, put back and rebuild what vouchers are chosen by.'),
    desk,
  )
  exportCommand(program, desk)
  auditCommand(program, desk)
  migrateCommand(program, desk)
  makeKeyCommand(program, desk)
  printSettingsCommand(program, desk)
  simulateCommand(program, desk)
  return program
}

const AFTERWORD = `
Every command reads the settings of the server, from the environment or from a
file .env here. Without DATABASE_URL it joins the database that \`npm start\`
runs, or starts it for as long as it needs it.

Exit codes: 0 done, 1 failed, 2 used wrongly, 130 interrupted.`

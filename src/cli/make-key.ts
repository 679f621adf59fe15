import { randomBytes } from 'node:crypto'

import type { Command } from 'commander'

import { newKey } from '../tokens/key-ring.ts'
import type { Desk } from './desk.ts'

export function makeKeyCommand(parent: Command, desk: Desk): void {
  parent
    .command('keys')
    .description('Print a new entry for TOKEN_KEYS.')
    .addHelpText('after', ROTATION)
    .action(() => {
      const day = new Date().toISOString().slice(0, 10)
      desk.out.write(`${newKey(`${day}-${randomBytes(3).toString('hex')}`)}\n`)
    })
}

const ROTATION = `
To rotate, put the new entry before the others, with a comma, and start the
server again: new links are made with the first key, old ones open with any.
Keep the old keys: links and receipts live 400 days, and the PIN of an order is
sealed with the key of its day for good.`

import { expect, test } from 'vitest'

import { CAST } from '../../../src/sandbox/demo/cast.ts'
import { startSandbox } from '../../../src/sandbox/sandbox.ts'
import type { SimMessage } from '../../../src/sandbox/sim.ts'
import { TOKEN } from './api.ts'

test('no message of a sandbox has the id of one before its restart', async () => {
  const before = await idsOfAnEvening()
  const after = await idsOfAnEvening()

  expect(before.length).toBeGreaterThan(0)
  expect(Math.min(...after)).toBeGreaterThan(Math.max(...before))
})

/** The ids in the first player's chat with the bot, after something was written there. */
async function idsOfAnEvening(): Promise<number[]> {
  const id = CAST[0]?.id
  const sandbox = await startSandbox(TOKEN)
  try {
    const headers = { 'content-type': 'application/json' }
    for (const text of ['/start', '/redeem 123']) {
      const body = JSON.stringify({ from: id, chat: id, text })
      await fetch(`${sandbox.apiRoot}/sim/messages`, { method: 'POST', headers, body })
    }
    const reply = await fetch(`${sandbox.apiRoot}/sim/chats/${id}/messages?as=${id}`)
    return ((await reply.json()) as SimMessage[]).map((message) => message.message_id)
  } finally {
    await sandbox.close()
  }
}

import { expect, test } from 'vitest'

import { createLog } from '../../src/log.ts'
import { newKey } from '../../src/tokens/key-ring.ts'
import { createTokens } from '../../src/tokens/tokens.ts'

const BOT_TOKEN = '4200000001:TEST-TOKEN-OF-A-BOT-THAT-IS-NOT-THERE'
const API_KEY = 'pk_0123456789abcdef'

/** What is written when this is logged. */
function written(details: object): string {
  const lines: string[] = []
  createLog('info', { write: (line) => lines.push(line) }).info(details, 'noted')
  return lines.join('')
}

test('no session, no token and no key reaches the log in the text of an error', async () => {
  const tokens = createTokens(newKey('test'), () => new Date())
  const session = tokens.sealSession({ personId: 'telegram:42', signedAt: new Date() })
  const share = await tokens.sealShare({ merchantId: 'mer_1', shareId: 'shr_1' })
  const secrets = [session, share, API_KEY, `bot${BOT_TOKEN}`]

  for (const secret of secrets) {
    const cause = new Error(`of ${secret} too`)
    const line = written({ err: new Error(`refused: ${secret} here`, { cause }) })
    expect(line).toContain('refused: ')
    expect(line).not.toContain(secret.slice(-20))
  }
})

test('what stands under the name of a secret is cut at every depth that is logged', () => {
  const secret = 'nobody-may-read-this'
  for (const name of ['token', 'pin', 'code', 'session', 'initData', 'authorization']) {
    const one = { [name]: secret }
    for (const details of [one, { a: one }, { a: { b: one } }, { a: { b: { c: one } } }]) {
      expect(written(details)).toContain('[cut]')
      expect(written(details)).not.toContain(secret)
    }
  }
})

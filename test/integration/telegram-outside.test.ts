import nock from 'nock'
import { Telegram } from 'telegraf'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { BotApiError, call } from '../../src/telegram/call.ts'

const TOKEN = '4200000001:TEST-TOKEN-OF-A-BOT-THAT-IS-NOT-THERE'
const message = { chat_id: 42, text: 'hello' }

let telegram: Telegram

beforeEach(() => {
  nock.disableNetConnect()
  telegram = new Telegram(TOKEN)
})

afterEach(() => {
  nock.cleanAll()
  nock.enableNetConnect()
})

const outside = () => nock('https://api.telegram.org').post(`/bot${TOKEN}/sendMessage`)

/** What a failed call throws. */
async function faultOf(): Promise<BotApiError> {
  return call(telegram, 'sendMessage', message).then(
    () => expect.fail('it did not fail'),
    (error: BotApiError) => error,
  )
}

test('a flood is told with how long to wait', async () => {
  outside().reply(429, {
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 7',
    parameters: { retry_after: 7 },
  })

  expect(await faultOf()).toMatchObject({ code: 429, retryAfterSeconds: 7 })
})

test('a proxy’s page of HTML, a cut line and silence never show the token', async () => {
  const answers = [
    () => outside().reply(502, '<html>bad gateway</html>', { 'content-type': 'text/html' }),
    () => outside().reply(200, '<html>surprise</html>', { 'content-type': 'text/html' }),
    () =>
      outside().replyWithError(
        new Error(`connect to https://api.telegram.org/bot${TOKEN}/sendMessage failed`),
      ),
  ]
  for (const answer of answers) {
    answer()
    const error = await faultOf()
    expect(error).toBeInstanceOf(BotApiError)
    expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain(TOKEN.slice(11))
  }
})

test('what Telegram answers comes back', async () => {
  outside().reply(200, { ok: true, result: { message_id: 7 } })

  expect(await call(telegram, 'sendMessage', message)).toEqual({ message_id: 7 })
})

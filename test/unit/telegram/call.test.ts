import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Telegram } from 'telegraf'
import { expect, test } from 'vitest'

import type { SimMessage } from '../../../src/sandbox/sim.ts'
import { BotApiError, call } from '../../../src/telegram/call.ts'
import type { Upload } from '../../../src/telegram/upload.ts'
import { testTelegram } from '../../helpers/telegram.ts'

const TOKEN = '123456:SECRET-TOKEN-NOBODY-MAY-SEE'

/** A server that answers every call alike, and notes what it was sent. */
async function answering(status: number, body: string | undefined, type = 'application/json') {
  const bodies: string[] = []
  const server = createServer((request, reply) => {
    let text = ''
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    request.on('end', () => {
      bodies.push(text)
      if (body !== undefined) reply.writeHead(status, { 'content-type': type }).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    bodies,
    telegram: new Telegram(TOKEN, { apiRoot: `http://127.0.0.1:${port}` }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function failureOf(promise: Promise<unknown>): Promise<BotApiError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof BotApiError)) throw new Error(`not refused: ${String(error)}`)
  return error
}

test('a refusal says its code, its words and what to do', async () => {
  const answer = {
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 7',
    parameters: { retry_after: 7 },
  }
  await using server = await answering(429, JSON.stringify(answer))

  const error = await failureOf(call(server.telegram, 'sendMessage', { chat_id: 1, text: 'x' }))

  expect(error).toMatchObject({
    code: 429,
    message: 'Too Many Requests: retry after 7',
    retryAfterSeconds: 7,
  })
})

test.each([
  ['a page of a proxy', 403, '<html>Forbidden</html>', 'text/html'],
  ['a broken answer', 200, '{"ok":', 'application/json'],
  ['an error of the server', 502, '<html>Bad Gateway</html>', 'text/html'],
])('%s shows the token nowhere', async (_, status, body, type) => {
  await using server = await answering(status, body, type)

  const error = await failureOf(call(server.telegram, 'sendMessage', { chat_id: 1, text: 'x' }))

  expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain('SECRET')
  expect(error.cause).toBeUndefined()
})

test('nobody listening, and nobody answering in time, are errors without a code', async () => {
  await using silent = await answering(200, undefined)
  const nobody = new Telegram(TOKEN, { apiRoot: 'http://127.0.0.1:9' })

  const late = await failureOf(call(silent.telegram, 'getMe', undefined, { patienceMs: 50 }))
  const refused = await failureOf(call(nobody, 'getMe', undefined))

  expect([late.code, refused.code]).toEqual([0, 0])
  expect(refused.message).not.toContain('SECRET')
})

test('an address in what is sent is not fetched', async () => {
  await using trap = await answering(200, 'fetched')
  await using server = await answering(200, JSON.stringify({ ok: true, result: true }))
  const url = `${(trap.telegram as unknown as { options: { apiRoot: string } }).options.apiRoot}/trap`

  await call(server.telegram, 'savePreparedInlineMessage', {
    user_id: 1,
    result: {
      type: 'article',
      id: '1',
      title: 'x',
      url,
      input_message_content: { message_text: 'x' },
    },
  })

  expect(trap.bodies).toEqual([])
  expect(JSON.parse(server.bodies[0] ?? '')).toMatchObject({
    user_id: 1,
    result: expect.stringContaining(url),
  })
})

test('methods that Telegraf does not know are called all the same', async () => {
  await using telegram = await testTelegram()
  await telegram.person(101, { started: true })
  const client = new Telegram(telegram.world.bot.token, { apiRoot: telegram.url })

  const sent = await call(client, 'sendMessage', {
    chat_id: 101,
    text: 'code',
    reply_markup: { inline_keyboard: [[{ text: 'Copy', copy_text: { text: 'ABC' } }]] },
  })

  expect(sent).toMatchObject({ message_id: 1, chat: { id: 101 } })
})

test('a file is sent as it is read, beside whatever else is said', async () => {
  await using telegram = await testTelegram()
  await telegram.person(101, { started: true })
  const client = new Telegram(telegram.world.bot.token, { apiRoot: telegram.url })
  async function* bytes() {
    for (const line of ['a;b\r\n', '优惠\r\n']) yield Buffer.from(line)
  }

  await sendFile(client, bytes, { caption: '<b>Two</b> lines', parse_mode: 'HTML' })

  const [message] = await telegram.sim<SimMessage[]>('/sim/chats/101/messages?as=101')
  expect(message).toMatchObject({ caption: 'Two lines', document: { name: 'lines.csv', size: 13 } })
  const file = await fetch(telegram.url + message?.document?.address)
  expect(await file.text()).toBe('a;b\r\n优惠\r\n')
})

test('a file that cannot be read on is not sent, and may be tried again', async () => {
  await using telegram = await testTelegram()
  await telegram.person(101, { started: true })
  const client = new Telegram(telegram.world.bot.token, { apiRoot: telegram.url })
  async function* bytes() {
    yield Buffer.from('a')
    throw new Error('the database is away')
  }

  const error = await failureOf(sendFile(client, bytes))

  expect(error.code).toBe(0)
  expect(await telegram.sim('/sim/chats/101/messages?as=101')).toEqual([])
})

test.each([
  ['a page of a proxy', 403, '<html>Forbidden</html>', 403],
  ['an error of the server', 502, '<html>Bad Gateway</html>', 502],
  [
    'a refusal',
    400,
    '{"ok":false,"error_code":400,"description":"Bad Request: file must be non-empty"}',
    400,
  ],
])('a file is answered by %s, and the token shows nowhere', async (_, status, body, code) => {
  await using server = await answering(status, body)

  const error = await failureOf(sendFile(server.telegram, () => [Buffer.from('a')]))

  expect(error.code).toBe(code)
  expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain('SECRET')
})

function sendFile(client: Telegram, bytes: Upload['bytes'], more: object = {}): Promise<unknown> {
  const document = { bytes, filename: 'lines.csv' }
  return call(client, 'sendDocument', { chat_id: 101, document, ...more } as never)
}

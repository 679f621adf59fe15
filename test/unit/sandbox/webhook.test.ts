import { createServer, type IncomingMessage, type Server } from 'node:http'
import { expect, test } from 'vitest'
import { type Json, testApi } from './api.ts'

test('updates go to the webhook with its secret, and are sent again until they are taken', async () => {
  await using hook = await startHook((attempt) => (attempt < 3 ? 500 : 200))
  await using api = await testApi({ webhook: { deliverTo: hook.url, retryAfterMs: 5 } })
  await api.call('setWebhook', { url: 'https://bot.example/hook?x=1', secret_token: 's3cret' })

  await api.sim('/sim/messages', { from: 1001, chat: 1001, text: 'hi' })

  await expect.poll(() => hook.received.length).toBe(3)
  const [first, , last] = hook.received
  expect(first).toMatchObject({
    url: '/hook?x=1',
    secret: 's3cret',
    update: { message: { text: 'hi' } },
  })
  expect(last).toEqual(first)
  await expect
    .poll(async () => (await api.call('getWebhookInfo')).result)
    .toMatchObject({
      pending_update_count: 0,
      last_error_message: 'Wrong response from the webhook: 500',
    })
})

test('one chat waits for its own update, others go on', async () => {
  await using hook = await startHook((_, update) => (update.message?.text === 'stuck' ? 500 : 200))
  await using api = await testApi({ webhook: { deliverTo: hook.url, retryAfterMs: 20 } })
  await api.sim('/sim/people', { first_name: 'Ben', started: true })
  await api.call('setWebhook', { url: 'https://bot.example/hook' })

  await api.sim('/sim/messages', { from: 1001, chat: 1001, text: 'stuck' })
  await api.sim('/sim/messages', { from: 1001, chat: 1001, text: 'behind' })
  await api.sim('/sim/messages', { from: 1002, chat: 1002, text: 'aside' })

  await expect.poll(() => textsOf(hook)).toContain('aside')
  expect(textsOf(hook)).not.toContain('behind')
})

interface Hook extends AsyncDisposable {
  url: string
  received: { url: string | undefined; secret: unknown; update: Json }[]
}

async function startHook(status: (attempt: number, update: Json) => number): Promise<Hook> {
  const received: Hook['received'] = []
  const take = async (request: IncomingMessage) => {
    const chunks = await Array.fromAsync(request)
    const update = JSON.parse(Buffer.concat(chunks).toString())
    const secret = request.headers['x-telegram-bot-api-secret-token']
    received.push({ url: request.url, secret, update })
    return status(received.length, update)
  }
  const server: Server = createServer((request, reply) => {
    void take(request).then((code) => reply.writeHead(code).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

function textsOf(hook: Hook): string[] {
  return hook.received.map((one) => one.update.message.text)
}

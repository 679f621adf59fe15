import { request } from 'node:http'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { startBotApi } from '../../../src/sandbox/bot-api.ts'
import { simRoutes } from '../../../src/sandbox/sim-routes.ts'
import { createWorld } from '../../../src/sandbox/world.ts'
import { TOKEN, testApi } from './api.ts'

test('the sandbox starts on loopback only', async () => {
  const options = {
    token: TOKEN,
    username: 'demo_bot',
    appName: 'app',
    miniAppOrigin: 'https://passalong.example',
    host: '0.0.0.0' as '127.0.0.1',
  }
  await expect(startBotApi(options)).rejects.toThrow('127.0.0.1 only')
})

test('a page whose name was pointed at this machine is refused by its Host header', async () => {
  await using api = await testApi()
  const port = Number(new URL(api.url).port)

  expect(await statusFor(port, { host: 'evil.example' })).toBe(403)
  expect(await statusFor(port, { host: '127.0.0.1.evil.example' })).toBe(403)
  expect(await statusFor(port, { host: `localhost:${port}` })).toBe(200)
})

test('a page from elsewhere is refused by its Origin; one of this machine may read the answer', async () => {
  await using api = await testApi()
  const state = (origin: string) => fetch(`${api.url}/sim/state`, { headers: { origin } })

  expect((await state('https://evil.example')).status).toBe(403)
  const here = await state('http://localhost:3000')
  expect(here.status).toBe(200)
  expect(here.headers.get('access-control-allow-origin')).toBe('http://localhost:3000')
})

test('a page of this machine may ask before it posts', async () => {
  await using api = await testApi()
  const headers = { origin: 'http://localhost:3000', 'access-control-request-method': 'POST' }
  const reply = await fetch(`${api.url}/sim/people`, { method: 'OPTIONS', headers })
  expect([reply.status, reply.headers.get('access-control-allow-headers')]).toEqual([
    204,
    'content-type',
  ])
})

test('only JSON is taken, so that no page can post without asking first', async () => {
  await using api = await testApi()
  const body = '{"first_name":"Eve"}'
  const reply = await fetch(`${api.url}/sim/people`, { method: 'POST', body })
  expect(reply.status).toBe(415)
})

test('what has the wrong shape is refused with a reason', async () => {
  await using api = await testApi()

  await expect(api.sim('/sim/people', { firstName: 'Mia' })).rejects.toThrow("'first_name'")
  await expect(api.sim('/sim/start', { from: 77 })).rejects.toThrow('There is no person 77.')
  await expect(api.sim('/sim/start', { from: 1001, payload: 'a.b' })).rejects.toThrow('start value')
})

test('the state names the bot, people and groups', async () => {
  await using api = await testApi()
  await api.sim('/sim/groups', { title: 'Family', members: [1001], type: 'group' })

  expect(await api.sim('/sim/state')).toEqual({
    bot: {
      id: 700001,
      username: 'demo_bot',
      first_name: 'demo_bot',
      description: '',
      short_description: '',
      appName: 'app',
      miniAppOrigin: 'https://passalong.example',
      telegramPublicKey: expect.any(String),
    },
    people: [{ id: 1001, first_name: 'Mia', language_code: 'en', started: true, blocked: false }],
    groups: [{ id: -5001, title: 'Family', type: 'group', members: [1001], administrators: [] }],
  })
})

test('whoever watches sees messages come, change and go', async () => {
  await using api = await testApi()
  await api.sim('/sim/people', { first_name: 'Ben' })
  const stream = await fetch(`${api.url}/sim/events`)
  const events = eventsFrom(stream)

  await api.call('sendMessage', { chat_id: 1001, text: 'one' })
  await api.call('editMessageText', { chat_id: 1001, message_id: 1, text: 'two' })
  await api.call('deleteMessage', { chat_id: 1001, message_id: 1 })

  const seen = [await events.next(), await events.next(), await events.next()]
  expect(seen.map((event) => event.value)).toMatchObject([
    { kind: 'message', chat: 1001, readers: [1001], message: { text: 'one' } },
    { kind: 'edited', chat: 1001, message: { text: 'two' } },
    { kind: 'deleted', chat: 1001, message_id: 1 },
  ])
  await events.return(undefined)
})

test('a person who has not started can only press Start', async () => {
  await using api = await testApi()
  await api.sim('/sim/people', { first_name: 'Ben' })
  const type = (text: string) => api.sim('/sim/messages', { from: 1002, chat: 1002, text })

  await expect(type('hello')).rejects.toThrow('First press Start.')
  await type('/start')
  expect(await type('hello')).toMatchObject({ text: 'hello' })
})

async function* eventsFrom(stream: Response) {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of stream.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    const parts = text.split('\n\n')
    text = parts.pop() ?? ''
    for (const part of parts) if (part.startsWith('data: ')) yield JSON.parse(part.slice(6))
  }
}

/** fetch does not let a program choose its Host header. */
function statusFor(port: number, headers: { host: string }): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path: '/sim/state', headers }, (reply) => {
      reply.resume()
      resolve(reply.statusCode)
    })
    sent.on('error', reject).end()
  })
}

test('a program elsewhere is refused, whatever Host it names', async () => {
  const world = createWorld({
    token: TOKEN,
    username: 'demo_bot',
    appName: 'app',
    miniAppOrigin: 'https://passalong.example',
  })
  const server = fastify()
  await server.register(async (scope) => simRoutes(scope, world))
  const from = (remoteAddress: string) =>
    server.inject({ url: '/sim/state', headers: { host: 'localhost' }, remoteAddress })

  expect((await from('192.168.1.7')).statusCode).toBe(403)
  expect((await from('::ffff:127.0.0.1')).statusCode).toBe(200)
})

test('closing the server ends what is being watched', async () => {
  const api = await testApi()
  const stream = await fetch(`${api.url}/sim/events`)

  await api.close()

  await expect(Array.fromAsync(stream.body ?? [])).resolves.toBeDefined()
})

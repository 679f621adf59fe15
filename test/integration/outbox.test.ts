import { setTimeout as delay } from 'node:timers/promises'
import { Telegraf } from 'telegraf'
import { beforeEach, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { createLog } from '../../src/log.ts'
import { createPictures } from '../../src/pictures/draw-picture.ts'
import { violationsOf } from '../../src/sandbox/world/calls.ts'
import { purgeOutbox } from '../../src/store/outbox.ts'
import { BotApiError, call } from '../../src/telegram/call.ts'
import { drawStored } from '../../src/telegram/notices.ts'
import { type Call, type OutboxParts, startOutbox } from '../../src/telegram/outbox-worker.ts'
import { createPace } from '../../src/telegram/pace.ts'
import { sendMessages } from '../../src/usecases/send-messages.ts'
import { touchPerson } from '../../src/usecases/touch-person.ts'
import { testApp } from '../helpers/app.ts'
import { eventually, NO_PACE, type Telegram, testTelegram } from '../helpers/telegram.ts'

const POLL_MS = 20
const pictures = createPictures()

/** An outbox in front of a Telegram, and what waits in it. */
type Post = {
  app: AppContext
  telegram: Telegram
  alarms: string[]
  /** Starts a worker; it is stopped at the end. */
  start(parts?: Partial<OutboxParts>): ReturnType<typeof startOutbox>
  send: (call: Call) => Promise<unknown>
} & AsyncDisposable

async function openPost(options: Parameters<typeof testTelegram>[0] = {}): Promise<Post> {
  const alarms: string[] = []
  const telegram = await testTelegram(options)
  const app = await testApp({
    log: createLog('error', { write: (line: string) => void alarms.push(line) }),
  })
  const client = new Telegraf(app.bot.token, { telegram: { apiRoot: telegram.url } }).telegram
  const send = ({ method, params }: Call) =>
    call(client, method as never, params as never, { patienceMs: 400 })
  const workers: ReturnType<typeof startOutbox>[] = []
  return {
    app,
    telegram,
    alarms,
    send,
    start: (parts = {}) => {
      const draw: OutboxParts['draw'] = (message) => drawStored(app, pictures, message)
      const worker = startOutbox(app, { send, draw, pace: NO_PACE, ...parts }, POLL_MS)
      workers.push(worker)
      return worker
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(workers.map((worker) => worker.stop()))
      await telegram[Symbol.asyncDispose]()
      await app[Symbol.asyncDispose]()
    },
  }
}

let count = 0
beforeEach(() => {
  count = 0
})

function text(chatId: number, words: string, personId?: string) {
  const payload = { method: 'sendMessage', params: { chat_id: chatId, text: words } }
  return {
    id: `test:${String(count++).padStart(4, '0')}`,
    kind: 'call',
    payload,
    ...(personId && { personId }),
  }
}

/** A message to somebody who can be reached. */
async function toPerson({ app, telegram }: Post, id: number, words: string) {
  await telegram.person(id, { started: true }).catch(() => undefined)
  await touchPerson(app, { personId: `telegram:${id}`, reachable: true })
  return text(id, words, `telegram:${id}`)
}

function textsOf({ telegram }: Post, chat?: number): string[] {
  const sent = telegram
    .calls('sendMessage')
    .filter((one) => one.ok && (!chat || one.params['chat_id'] === chat))
  return sent.map((one) => String(one.params['text']))
}

function rows(app: AppContext) {
  return app.db.run(
    ({ sql }) => sql`
      select id, attempts, sent_at is not null as sent, gave_up_at is not null as gave_up, last_error,
             extract(epoch from due_at - clock_timestamp())::float8 as due_in
      from outbox order by created_at, id`,
  )
}

test('messages of a chat are sent in order, each once, however many workers there are', async () => {
  await using post = await openPost()
  const messages = []
  for (let i = 0; i < 60; i++) messages.push(await toPerson(post, 101 + (i % 3), `${i}`))

  await sendMessages(post.app, messages)
  await sendMessages(post.app, messages)
  for (let i = 0; i < 3; i++) post.start()
  await eventually(() => textsOf(post).length).toBe(60)
  await sendMessages(post.app, messages)
  await delay(100)

  expect(textsOf(post)).toHaveLength(60)
  for (const chat of [101, 102, 103]) {
    const numbers = textsOf(post, chat).map(Number)
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
  }
  expect(violationsOf(post.telegram.world)).toEqual([])
})

test('a flood puts off the chat that it names, in order, and holds up no other', async () => {
  await using post = await openPost()
  await post.telegram.fault({ kind: '429', chat: 101, times: 1, retryAfter: 2 })
  await sendMessages(post.app, [
    await toPerson(post, 101, 'first'),
    await toPerson(post, 101, 'second'),
    await toPerson(post, 102, 'other'),
  ])

  post.start()
  await eventually(() => textsOf(post)).toEqual(['other'])
  // Put off, and by as much as it was told; that was no try.
  await eventually(async () => (await rows(post.app))[0]).toMatchObject({
    attempts: 0,
    lastError: 'Too Many Requests: retry after 2',
    dueIn: expect.toSatisfy((seconds: number) => seconds > 0.5),
  })
  await eventually(() => textsOf(post)).toEqual(['other', 'first', 'second'])
})

test('whoever has blocked the bot is not written to again until they come back', async () => {
  await using post = await openPost()
  const message = await toPerson(post, 101, 'one')
  await post.telegram.sim('/sim/block', { person: 101, blocked: true })

  await sendMessages(post.app, [message])
  post.start()
  await eventually(() => rows(post.app)).toMatchObject([{ gaveUp: true, lastError: 'unreachable' }])
  await sendMessages(post.app, [text(101, 'two', 'telegram:101')])
  await eventually(async () => (await rows(post.app))[1]).toMatchObject({ gaveUp: true })
  await post.telegram.sim('/sim/block', { person: 101, blocked: false })
  await sendMessages(post.app, [await toPerson(post, 101, 'three')])
  await eventually(() => textsOf(post)).toEqual(['three'])

  // The second was never tried: nothing was asked of Telegram for somebody who cannot be reached.
  expect(post.telegram.calls('sendMessage').map((one) => one.params['text'])).toEqual([
    'one',
    'three',
  ])
  expect(post.alarms).toEqual([])
})

test('whoever lets the bot write while a message to them is given up can be reached from then on', async () => {
  await using post = await openPost()
  const { app } = post
  const before = { ...app.db }
  app.db.run = async (statement) => {
    const answer = await before.run(statement)
    const isLease = Array.isArray(answer) && 'payload' in (answer[0] ?? {})
    if (isLease)
      await before.run(({ sql }) => sql`update people set reachable = true where id = 'telegram:7'`)
    return answer
  }
  await touchPerson(app, { personId: 'telegram:7' })
  await sendMessages(app, [text(7, 'too early', 'telegram:7')])

  post.start()
  await eventually(() => rows(app)).toMatchObject([{ gaveUp: true, lastError: 'unreachable' }])

  const people = await app.db.run(({ sql }) => sql`select reachable from people`)
  expect(people).toEqual([{ reachable: true }])
})

test('a group that became a supergroup gets its messages there', async () => {
  await using post = await openPost()
  await post.telegram.person(101, { started: true })
  const group = await post.telegram.sim<{ id: number }>('/sim/groups', {
    title: 'Friends',
    type: 'group',
    members: [101],
    botIsMember: true,
  })
  await post.telegram.fault({ kind: 'migrate', chat: group.id, times: 1 })
  await sendMessages(post.app, [text(group.id, 'first'), text(group.id, 'second')])

  post.start()
  await eventually(() => textsOf(post)).toEqual(['first', 'second'])

  const chats = post.telegram
    .calls('sendMessage')
    .filter((one) => one.ok)
    .map((one) => one.params['chat_id'])
  expect(new Set(chats).size).toBe(1)
  expect(chats[0]).not.toBe(group.id)
})

test.each(['500', 'timeout'])('an outage (%s) is waited out, and nothing is lost', async (kind) => {
  await using post = await openPost()
  await post.telegram.fault({ kind, method: 'sendMessage', times: 3 })
  await sendMessages(post.app, [await toPerson(post, 101, 'one'), await toPerson(post, 102, 'two')])

  post.start()
  await eventually(() => new Set(textsOf(post))).toEqual(new Set(['one', 'two']))

  await eventually(() => rows(post.app)).toMatchObject([{ sent: true }, { sent: true }])
  expect((await rows(post.app)).reduce((tries, row) => tries + Number(row['attempts']), 0)).toBe(5)
})

test('what fails ten times is given up with an alarm', async () => {
  await using post = await openPost()
  await sendMessages(post.app, [await toPerson(post, 101, 'one')])
  await post.app.db.run(({ sql }) => sql`update outbox set attempts = 9`)

  post.start({ send: () => Promise.reject(new BotApiError(0, 'No answer')) })
  await eventually(() => rows(post.app)).toMatchObject([{ gaveUp: true, attempts: 10 }])

  expect(post.alarms.map((line) => JSON.parse(line).msg)).toEqual(['message given up'])
})

test('what Telegram refuses is given up with an alarm, and its chat goes on', async () => {
  await using post = await openPost()
  const bad = await toPerson(post, 101, 'x'.repeat(5000))
  await sendMessages(post.app, [bad, await toPerson(post, 101, 'fine')])

  post.start()
  await eventually(() => textsOf(post)).toEqual(['fine'])

  expect(await rows(post.app)).toMatchObject([
    { gaveUp: true, lastError: expect.stringContaining('too long') },
    {},
  ])
  expect(post.alarms.map((line) => JSON.parse(line).msg)).toEqual(['message refused'])
})

test('dying between sending and noting it sends a notice twice, never not at all', async () => {
  await using post = await openPost()
  await sendMessages(post.app, [await toPerson(post, 101, 'one')])
  await post.telegram.fault({ kind: 'cut-after-send', method: 'sendMessage', times: 1 })

  post.start()
  await eventually(() => textsOf(post)).toEqual(['one', 'one'])
  await eventually(() => rows(post.app)).toMatchObject([{ sent: true, attempts: 2 }])
})

test('what a dead process had taken is sent by another when its lease is over', async () => {
  await using post = await openPost()
  await sendMessages(post.app, [await toPerson(post, 101, 'one'), await toPerson(post, 101, 'two')])
  const stuck = Promise.withResolvers<unknown>()
  const dead = post.start({ send: () => stuck.promise })
  await eventually(async () => (await rows(post.app))[0]).toMatchObject({ attempts: 1 })
  void dead.stop()

  post.start()
  await delay(100)
  expect(textsOf(post)).toEqual([])
  await post.app.db.run(
    ({ sql }) =>
      sql`update outbox set leased_until = clock_timestamp() where leased_until is not null`,
  )
  await eventually(() => textsOf(post)).toEqual(['one', 'two'])

  stuck.resolve(true)
})

test('a busy merchant does not keep others waiting', async () => {
  await using post = await openPost()
  const many = []
  for (let i = 0; i < 120; i++) many.push(await toPerson(post, 1000 + i, 'busy'))
  await sendMessages(
    post.app,
    many.map((message) => ({ ...message, merchantId: 'mer_busy' })),
  )
  await sendMessages(post.app, [
    { ...(await toPerson(post, 101, 'small')), merchantId: 'mer_small' },
  ])

  post.start()
  await eventually(() => textsOf(post).length).toBe(121)

  expect(textsOf(post).indexOf('small')).toBeLessThan(60)
})

test('sending keeps within Telegram’s limits: nothing is refused for a flood', async () => {
  await using post = await openPost({ limits: true })
  const messages = []
  for (let i = 0; i < 50; i++) messages.push(await toPerson(post, 101 + (i % 25), `${i}`))
  await sendMessages(post.app, messages)

  const startedAt = performance.now()
  post.start({ pace: createPace() })
  await eventually(() => textsOf(post).length).toBe(50)

  expect(post.telegram.calls('sendMessage').filter((one) => !one.ok)).toEqual([])
  expect(performance.now() - startedAt).toBeLessThan(6000)
}, 30_000)

test('sent messages are forgotten after a month, those that wait are not', async () => {
  await using post = await openPost()
  await sendMessages(post.app, [text(1, 'old'), text(2, 'waiting'), text(3, 'new')])
  await post.app.db.run(
    ({ sql }) => sql`
      update outbox set created_at = clock_timestamp() - interval '31 days',
        sent_at = case when id = 'test:0000' then clock_timestamp() - interval '31 days' end
      where id in ('test:0000', 'test:0001')`,
  )

  expect(await purgeOutbox(post.app.db)).toBe(1)
  expect((await rows(post.app)).map((row) => row['id'])).toEqual(['test:0001', 'test:0002'])
})

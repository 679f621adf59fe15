import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { createLog } from '../../src/log.ts'
import { purgeInbox } from '../../src/store/inbox.ts'
import { type InboxOptions, startInbox } from '../../src/telegram/inbox-worker.ts'
import { receiveUpdate } from '../../src/usecases/receive-update.ts'
import { testApp } from '../helpers/app.ts'
import { eventually } from '../helpers/telegram.ts'

type Update = { update_id: number; message: { chat: { id: number }; text: string } }

function message(updateId: number, chatId: number, text = `${updateId}`): Update {
  return { update_id: updateId, message: { chat: { id: chatId }, text } }
}

function receive(app: AppContext, update: Record<string, unknown>) {
  return receiveUpdate(app, { botId: app.bot.id, update })
}

const QUICK: Partial<InboxOptions> = { pollMs: 20, pauseSeconds: 0.02 }

function rows(app: AppContext) {
  return app.db.run(
    ({ sql }) => sql`
      select update_id, attempts, done_at is not null as done, gave_up_at is not null as gave_up, last_error
      from inbox order by update_id`,
  )
}

test('deliveries that repeat and come in any order are handled once each', async () => {
  await using app = await testApp()
  const updates = Array.from({ length: 40 }, (_, i) => message(1000 + i, i % 7))
  const delivered = [...updates, ...updates, ...updates].sort(() => Math.random() - 0.5)
  const handled: number[] = []

  const inbox = startInbox(
    app,
    async (update) => void handled.push(Number(update['update_id'])),
    QUICK,
  )
  const answers = await Promise.all(delivered.map((update) => receive(app, update)))
  await eventually(() => handled.length).toBe(40)
  await delay(100)
  await inbox.stop()

  expect(new Set(handled).size).toBe(40)
  expect(handled).toHaveLength(40)
  expect(answers.filter((answer) => answer === 'new')).toHaveLength(40)
})

test('the updates of a chat are handled one after the other, in the order of their coming', async () => {
  await using app = await testApp()
  for (let i = 0; i < 60; i++) await receive(app, message(9000 - i, i % 3))
  const orders = new Map<number, number[]>()
  const busy = new Set<number>()
  let overlaps = 0
  let most = 0

  const handle = async (update: Record<string, unknown>) => {
    const chat = (update as Update).message.chat.id
    if (busy.has(chat)) overlaps++
    busy.add(chat)
    most = Math.max(most, busy.size)
    await delay(3)
    orders.set(chat, [...(orders.get(chat) ?? []), Number(update['update_id'])])
    busy.delete(chat)
  }
  const workers = [
    startInbox(app, handle, QUICK),
    startInbox(app, handle, QUICK),
    startInbox(app, handle, QUICK),
  ]
  await eventually(() => [...orders.values()].flat().length).toBe(60)
  await Promise.all(workers.map((worker) => worker.stop()))

  expect(overlaps).toBe(0)
  expect(most).toBe(3)
  for (const order of orders.values()) expect(order).toEqual(order.toSorted((a, b) => b - a))
})

test('what fails three times is set aside with an alarm, while other chats and then its own go on', async () => {
  const alarms: string[] = []
  const log = createLog('error', { write: (line: string) => void alarms.push(line) })
  await using app = await testApp({ log })
  const handled: number[] = []
  const handle = async (update: Record<string, unknown>) => {
    if (update['update_id'] === 1) throw new Error('no such thing as bot123:SECRET')
    handled.push(Number(update['update_id']))
  }
  for (const update of [message(1, 10), message(2, 10), message(3, 20)]) await receive(app, update)

  const inbox = startInbox(app, handle, QUICK)
  await eventually(() => handled).toEqual([3, 2])
  await inbox.stop()

  expect(await rows(app)).toMatchObject([
    {
      updateId: 1,
      attempts: 3,
      done: false,
      gaveUp: true,
      lastError: 'Error: no such thing as bot[cut]',
    },
    { updateId: 2, attempts: 1, done: true, gaveUp: false },
    { updateId: 3, attempts: 1, done: true, gaveUp: false },
  ])
  expect(alarms.map((line) => JSON.parse(line).msg)).toEqual(['update set aside'])
})

test('a handler that fails once is tried again, and its chat waits for it', async () => {
  await using app = await testApp()
  const handled: number[] = []
  let tries = 0
  const handle = async (update: Record<string, unknown>) => {
    if (update['update_id'] === 1 && ++tries < 3) throw new Error('not yet')
    handled.push(Number(update['update_id']))
  }
  for (const update of [message(1, 10), message(2, 10)]) await receive(app, update)

  const inbox = startInbox(app, handle, QUICK)
  await eventually(() => handled).toEqual([1, 2])
  await inbox.stop()
})

test('an update that came earlier but is seen later waits for the one under way', async () => {
  await using app = await testApp()
  const gate = Promise.withResolvers<void>()
  const events: string[] = []
  const handle = async (update: Record<string, unknown>) => {
    events.push(`begins ${String(update['update_id'])}`)
    if (update['update_id'] === 2) await gate.promise
    events.push(`ends ${String(update['update_id'])}`)
  }
  await receive(app, message(2, 10))

  const inbox = startInbox(app, handle, QUICK)
  await eventually(() => events).toEqual(['begins 2'])
  await receive(app, message(1, 10))
  await app.db.run(
    ({ sql }) =>
      sql`update inbox set received_at = received_at - interval '1 s' where update_id = 1`,
  )
  await delay(150)
  gate.resolve()
  await eventually(() => events.length).toBe(4)
  await inbox.stop()

  expect(events).toEqual(['begins 2', 'ends 2', 'begins 1', 'ends 1'])
})

test('a handler that takes too long has failed', async () => {
  await using app = await testApp()
  await receive(app, message(1, 10))

  const inbox = startInbox(app, () => delay(60_000, undefined, { ref: false }), {
    ...QUICK,
    deadlineMs: 30,
  })
  await eventually(async () => (await rows(app))[0]).toMatchObject({ gaveUp: true })
  await inbox.stop()

  expect(await rows(app)).toMatchObject([
    { attempts: 3, lastError: expect.stringContaining('within 30 ms') },
  ])
})

test('what a process left unfinished is taken over when its lease is over', async () => {
  await using app = await testApp()
  await receive(app, message(1, 10))
  const handled: number[] = []
  // A process that dies: it leases, and is never heard of again.
  const dead = startInbox(app, () => new Promise(() => {}), { ...QUICK, leaseSeconds: 0.5 })
  await eventually(async () => (await rows(app))[0]).toMatchObject({ attempts: 1 })
  void dead.stop()

  const inbox = startInbox(
    app,
    async (update) => void handled.push(Number(update['update_id'])),
    QUICK,
  )
  await eventually(async () => (await rows(app))[0]).toMatchObject({ attempts: 2, done: true })
  await inbox.stop()

  expect(handled).toEqual([1])
})

test('what kills its process each time is set aside, and its chat goes on', async () => {
  await using app = await testApp()
  for (const update of [message(1, 10), message(2, 10)]) await receive(app, update)
  await app.db.run(
    ({ sql }) => sql`
      update inbox set attempts = 3, leased_until = clock_timestamp() where update_id = 1`,
  )

  const inbox = startInbox(app, async () => undefined, QUICK)
  await eventually(() => rows(app)).toMatchObject([
    { gaveUp: true, lastError: 'abandoned' },
    { done: true },
  ])
  await inbox.stop()
})

test('messages are queued by chat, and what a person presses or asks by person', async () => {
  await using app = await testApp()
  const from = { id: 7 }
  const chat = { id: -100 }
  const updates = [
    { update_id: 1, message: { chat, from } },
    { update_id: 2, callback_query: { from, message: { chat } } },
    { update_id: 3, inline_query: { from } },
    { update_id: 4, chosen_inline_result: { from } },
    { update_id: 5, my_chat_member: { chat, from } },
    { update_id: 6, poll: { id: 'x' } },
  ]

  for (const update of updates) await receive(app, update)

  const queues = await app.db.run(({ sql }) => sql`select queue from inbox order by update_id`)
  expect(queues.map((row) => row['queue'])).toEqual([
    'chat:-100',
    'person:7',
    'person:7',
    'person:7',
    'chat:-100',
    'poll',
  ])
})

test('what PostgreSQL cannot keep is left out of an update instead of coming again all day', async () => {
  await using app = await testApp()

  await receive(app, message(1, 10, 'a\0b\uD83Dc'))

  const [row] = await app.db.run(({ sql }) => sql`select payload from inbox`)
  expect(row?.['payload']).toMatchObject({ message: { text: 'ab\uFFFDc' } })
})

test('an update without a whole number as its id is refused', async () => {
  await using app = await testApp()

  await expect(receive(app, { update_id: '1' })).rejects.toMatchObject({
    code: 'ERR_REQUEST_INVALID',
  })
})

test('updates are forgotten after a week, since Telegram may use their ids again', async () => {
  await using app = await testApp()
  await receive(app, message(1, 10))
  await receive(app, message(2, 10))
  await app.db.run(
    ({ sql }) =>
      sql`update inbox set received_at = clock_timestamp() - interval '8 days' where update_id = 1`,
  )

  expect(await purgeInbox(app.db)).toBe(1)
  expect(await rows(app)).toMatchObject([{ updateId: 2 }])
  expect(await receive(app, message(1, 10))).toBe('new')
})

import { setTimeout as delay } from 'node:timers/promises'
import { Telegraf } from 'telegraf'
import { expect, test } from 'vitest'

import { readConfig } from '../../src/config.ts'
import type { AppContext } from '../../src/context.ts'
import { createLog } from '../../src/log.ts'
import type { Database } from '../../src/store/database.ts'
import { askBot } from '../../src/telegram/ask-bot.ts'
import { ALLOWED_UPDATES, pollUpdates, setWebhook } from '../../src/telegram/updates.ts'
import { testApp } from '../helpers/app.ts'
import { eventually, type Telegram, testTelegram } from '../helpers/telegram.ts'

const log = createLog('silent')

function clientOf(app: AppContext, telegram: Telegram) {
  return new Telegraf(app.bot.token, { telegram: { apiRoot: telegram.url } }).telegram
}

function keptIn(db: Database) {
  return db.run(
    ({ sql }) => sql`select payload -> 'message' ->> 'text' as text from inbox order by update_id`,
  )
}

test('updates are confirmed only when they are kept: nothing is lost while the database is away', async () => {
  await using telegram = await testTelegram()
  await using app = await testApp()
  const mia = await telegram.person(101, { started: true })
  let isAway = true
  const db: Database = {
    ...app.db,
    run: (statement) => (isAway ? Promise.reject(new Error('away')) : app.db.run(statement)),
  }
  const stopping = new AbortController()

  const polling = pollUpdates({ ...app, db }, clientOf(app, telegram), stopping.signal)
  for (const text of ['one', 'two', 'three']) await mia.write(text)
  await delay(300)
  const whileAway = await keptIn(app.db)
  isAway = false
  await eventually(() => keptIn(app.db)).toHaveLength(3)
  await mia.write('four')
  await eventually(() => keptIn(app.db)).toHaveLength(4)
  stopping.abort()
  await polling

  expect(whileAway).toEqual([])
  expect((await keptIn(app.db)).map((row) => row['text'])).toEqual(['one', 'two', 'three', 'four'])
})

test('polling goes on after floods and outages', async () => {
  await using telegram = await testTelegram()
  await using app = await testApp()
  const mia = await telegram.person(101, { started: true })
  await telegram.fault({ kind: '500', method: 'deleteWebhook', times: 1 })
  await telegram.fault({ kind: '429', method: 'getUpdates', times: 1, retryAfter: 1 })
  await telegram.fault({ kind: '500', method: 'getUpdates', times: 1 })
  const stopping = new AbortController()

  const polling = pollUpdates(app, clientOf(app, telegram), stopping.signal)
  await mia.write('hello')
  await eventually(() => keptIn(app.db)).toHaveLength(1)
  const stoppedAt = performance.now()
  stopping.abort()
  await polling

  expect(performance.now() - stoppedAt).toBeLessThan(500)
}, 15_000)

test('two pollers do not lose or double anything: Telegram sends one away, who comes back later', async () => {
  await using telegram = await testTelegram()
  await using app = await testApp()
  const mia = await telegram.person(101, { started: true })
  const stopping = new AbortController()

  const pollers = [1, 2].map(() => pollUpdates(app, clientOf(app, telegram), stopping.signal))
  await delay(200)
  for (const text of ['one', 'two', 'three']) await mia.write(text)
  await eventually(() => keptIn(app.db)).toHaveLength(3)
  stopping.abort()
  await Promise.all(pollers)

  expect(telegram.calls('getUpdates').some((call) => call.error?.error_code === 409)).toBe(true)
}, 20_000)

test('the webhook is set with its secret, and with the kinds of updates that the bot handles', async () => {
  await using telegram = await testTelegram()
  await using app = await testApp({
    config: readConfig({
      PUBLIC_URL: 'https://shop.example',
      WEBHOOK_SECRET: 'a-secret-of-the-test',
    }),
  })
  await telegram.fault({ kind: '500', method: 'setWebhook', times: 1 })

  await setWebhook(app, clientOf(app, telegram), new AbortController().signal)

  expect(telegram.calls('setWebhook').at(-1)).toMatchObject({
    ok: true,
    params: {
      url: 'https://shop.example/telegram/webhook',
      secret_token: 'a-secret-of-the-test',
      allowed_updates: [...ALLOWED_UPDATES],
      max_connections: 20,
    },
  })
})

test('who the bot is is asked until Telegram answers, and a wrong token is told at once', async () => {
  await using telegram = await testTelegram()
  const { token } = telegram.world.bot
  const { signal } = new AbortController()
  await telegram.fault({ kind: '500', method: 'getMe', times: 1 })

  const bot = await askBot({ token, apiRoot: telegram.url }, log, signal)
  const wrong = askBot({ token: '1:wrong-token-of-somebody', apiRoot: telegram.url }, log, signal)

  expect(bot).toEqual({ id: 4200000001, username: 'passalong_bot', token })
  await expect(wrong).rejects.toMatchObject({ code: 401, message: 'Unauthorized' })
})

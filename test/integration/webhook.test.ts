import { expect, test } from 'vitest'

import { startBotApi } from '../../src/sandbox/bot-api.ts'
import { addPerson } from '../../src/sandbox/world/people.ts'
import { typeText } from '../../src/sandbox/world/typing.ts'
import { startTelegram } from '../../src/telegram/start-telegram.ts'
import { BOT_TOKEN, testApp } from '../helpers/app.ts'
import { testHttp } from '../helpers/http.ts'

const SECRET = 'a-secret-of-the-webhook'

test('with an https address updates come by webhook, are kept before they are confirmed, and are answered', async () => {
  await using app = await testApp()
  await using server = await testHttp(app)
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  await using api = await startBotApi({
    token: BOT_TOKEN,
    username: 'passalong_bot',
    appName: 'app',
    miniAppOrigin: 'https://shop.example',
    webhook: { deliverTo: address },
  })
  Object.assign(app.config, {
    BOT_TOKEN,
    PUBLIC_URL: 'https://shop.example',
    WEBHOOK_SECRET: SECRET,
    TELEGRAM_API_ROOT: api.url,
  })
  const telegram = startTelegram(app)
  Object.assign(app, { wakeInbox: telegram.wakeInbox, wakeOutbox: telegram.wakeOutbox })
  const person = addPerson(api.world, { first_name: 'Ana', started: true })

  typeText(api.world, { from: person.id, chat: person.id, text: '/help' })

  await expect
    .poll(() => api.world.calls.filter(({ method, ok }) => ok && method === 'sendMessage').length, {
      timeout: 10_000,
    })
    .toBe(1)
  const kept = await app.db.run(({ sql }) => sql`select done_at from inbox`)
  expect(kept).toEqual([{ doneAt: expect.any(Date) }])
  await telegram.stop()
})

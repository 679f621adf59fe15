import { Telegraf } from 'telegraf'
import { expect, test } from 'vitest'
import { violationsOf } from '../../src/sandbox/world/calls.ts'
import { article, button, type TestApi, TOKEN, testApi } from '../unit/sandbox/api.ts'

test('a Telegraf bot polls the sandbox and answers', async () => {
  await using api = await testApi({ patienceMs: 5000 })
  await using _ = await launch(api, (bot) => {
    bot.start((ctx) => ctx.reply(`Hello ${ctx.payload}`, { reply_markup: button('go') }))
    bot.action('go', async (ctx) => {
      await ctx.answerCbQuery('Yours!')
      await ctx.editMessageText('<b>Done</b>', { parse_mode: 'HTML' })
    })
  })

  await api.sim('/sim/start', { from: 1001, payload: 'abc' })
  await expect.poll(() => textsOf(api)).toEqual(['/start abc', 'Hello abc'])
  const press = { from: 1001, chatId: 1001, messageId: 2, data: 'go' }
  const answer = await api.sim('/sim/callbacks', press)

  expect(answer).toEqual({ answered: true, text: 'Yours!', show_alert: false })
  await expect.poll(() => textsOf(api)).toEqual(['/start abc', 'Done'])
  expect(violationsOf(api.world)).toEqual([])
})

test('a Telegraf bot answers inline queries and edits what was shared', async () => {
  await using api = await testApi({ patienceMs: 5000 })
  const group = await api.sim('/sim/groups', { title: 'Family', members: [1001] })
  await using _ = await launch(api, (bot) => {
    const results = [article('1', { reply_markup: button('claim') })]
    bot.on('inline_query', (ctx) =>
      ctx.answerInlineQuery(results as never, { is_personal: true, cache_time: 0 }),
    )
    bot.action('claim', async (ctx) => {
      await ctx.editMessageText('All gone')
      await ctx.answerCbQuery()
    })
  })

  const { queryId } = await api.sim('/sim/inline-queries', { from: 1001, query: 'x' })
  const chosen = { from: 1001, chat: group.id, queryId, resultId: '1' }
  const { inline_message_id } = await api.sim('/sim/inline-results', chosen)
  const press = { from: 1001, inlineMessageId: inline_message_id, data: 'claim' }
  await api.sim('/sim/callbacks', press)

  expect(await api.sim(`/sim/chats/${group.id}/messages?as=1001`)).toMatchObject([
    { text: 'All gone', from: { id: 1001 } },
  ])
  expect(violationsOf(api.world)).toEqual([])
})

test('Telegraf tells what Telegram refuses, and what to do about it', async () => {
  await using api = await testApi()
  const { telegram } = new Telegraf(TOKEN, { telegram: { apiRoot: api.url } })
  await api.sim('/sim/faults', { kind: '429', times: 1, retryAfter: 3 })

  await expect(telegram.sendMessage(1001, 'x')).rejects.toMatchObject({
    response: { error_code: 429, parameters: { retry_after: 3 } },
  })
  await expect(telegram.sendMessage(1001, '<p>x</p>', { parse_mode: 'HTML' })).rejects.toThrow(
    '400: Bad Request: can\'t parse entities: Unsupported start tag "p" at byte offset 0',
  )
})

/** Starts a bot by polling, and stops it when the test is over. */
async function launch(api: TestApi, prepare: (bot: Telegraf) => void): Promise<AsyncDisposable> {
  const bot = new Telegraf(TOKEN, { telegram: { apiRoot: api.url } })
  prepare(bot)
  const polling = bot.launch()
  await expect.poll(() => api.world.updates.poll).toBeDefined()
  return {
    [Symbol.asyncDispose]: async () => {
      bot.stop()
      await polling
    },
  }
}

async function textsOf(api: TestApi): Promise<string[]> {
  const messages = await api.sim('/sim/chats/1001/messages?as=1001')
  return messages.map((message: { text: string }) => message.text)
}

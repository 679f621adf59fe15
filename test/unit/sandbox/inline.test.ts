import { expect, test } from 'vitest'
import { article, button, type TestApi, testApi, testClock } from './api.ts'

test('a result is posted in the name of who chose it, into a chat that the bot is not in', async () => {
  await using api = await testApi()
  const group = await groupOf(api)
  const query = await ask(api, [article('1', { reply_markup: button('claim') })])

  const sent = await api.sim('/sim/inline-results', {
    from: 1001,
    chat: group.id,
    queryId: query.queryId,
    resultId: '1',
  })

  expect(query).toMatchObject({ answered: true, results: [{ type: 'article', title: 'Share' }] })
  expect(sent).toMatchObject({
    chat: group.id,
    from: { id: 1001, is_bot: false },
    via_bot: { username: 'demo_bot' },
    text: 'Have a voucher',
  })
  expect(await api.sim(`/sim/chats/${group.id}/messages?as=1002`)).toEqual([sent])
  expect(await api.updates()).toMatchObject([
    {
      chosen_inline_result: {
        result_id: '1',
        from: { id: 1001 },
        inline_message_id: sent.inline_message_id,
      },
    },
  ])
})

test('a button under it brings the inline message id and no chat; the bot edits by that id', async () => {
  await using api = await testApi()
  const sent = await share(api)

  const pressed = api.sim('/sim/callbacks', {
    from: 1002,
    inlineMessageId: sent.inline_message_id,
    data: 'claim',
  })
  const { callback_query } = (await api.call('getUpdates', { timeout: 2 })).result[0]
  await api.call('answerCallbackQuery', { callback_query_id: callback_query.id })
  await pressed

  expect(callback_query).toMatchObject({ inline_message_id: sent.inline_message_id })
  expect(callback_query.message).toBeUndefined()
  const edit = { inline_message_id: sent.inline_message_id, text: 'All gone' }
  expect(await api.call('editMessageText', edit)).toEqual({ ok: true, result: true })
  const [message] = await api.sim(`/sim/chats/${sent.chat}/messages?as=1002`)
  expect(message.text).toBe('All gone')
})

test('without a keyboard the feedback has no inline message id', async () => {
  await using api = await testApi()
  const group = await groupOf(api)
  const { queryId } = await ask(api, [article()])
  await api.sim('/sim/inline-results', { from: 1001, chat: group.id, queryId, resultId: '1' })

  const [{ chosen_inline_result }] = await api.updates()

  expect(chosen_inline_result.inline_message_id).toBeUndefined()
})

test('personal results are for one person; others are served to everybody from the cache', async () => {
  const clock = testClock()
  await using api = await testApi({ now: clock.now })
  await groupOf(api)
  await ask(api, [article()], { is_personal: true, cache_time: 100 })

  const other = await api.sim('/sim/inline-queries', { from: 1002, query: 'x' })
  const again = await api.sim('/sim/inline-queries', { from: 1001, query: 'x' })
  expect([other.answered, again.answered]).toEqual([false, true])

  await api.updates()
  await ask(api, [article()], { cache_time: 100 }, 'y')
  const leaked = await api.sim('/sim/inline-queries', { from: 1002, query: 'y' })
  expect(leaked.answered).toBe(true)
  clock.wait(101)
  const fresh = await api.sim('/sim/inline-queries', { from: 1002, query: 'y' })
  expect(fresh.answered).toBe(false)
})

test('results are taken once, and within 10 seconds', async () => {
  await using api = await testApi()
  const typed = api.sim('/sim/inline-queries', { from: 1001, query: 'x' })
  const { inline_query } = (await api.call('getUpdates', { timeout: 2 })).result[0]
  const answer = { inline_query_id: inline_query.id, results: [] }
  const tooOld = { error_code: 400, description: expect.stringMatching(/query is too old/) }

  expect(await api.call('answerInlineQuery', answer)).toMatchObject({ ok: true })
  expect(await api.call('answerInlineQuery', answer)).toMatchObject(tooOld)
  expect((await typed).answered).toBe(true)
  expect(await api.call('answerInlineQuery', { ...answer, inline_query_id: '1' })).toMatchObject(
    tooOld,
  )
})

test.each([
  [[article('1'), article('1')], 'RESULT_ID_DUPLICATE'],
  [Array.from({ length: 51 }, (_, index) => article(String(index))), 'RESULTS_TOO_MUCH'],
  [
    [
      article('1', {
        reply_markup: {
          inline_keyboard: [[{ text: 'a', web_app: { url: 'https://passalong.example' } }]],
        },
      }),
    ],
    'BUTTON_TYPE_INVALID',
  ],
  [
    [article('1', { input_message_content: { message_text: '<b>', parse_mode: 'HTML' } })],
    'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
  ],
])('results that cannot be sent are refused when they are given (%#)', async (results, words) => {
  await using api = await testApi()
  expect(await api.call('answerInlineQuery', { inline_query_id: '1', results })).toMatchObject({
    error_code: 400,
    description: `Bad Request: ${words}`,
  })
})

test('a prepared message is shared by the person it was made for, where allowed, for ten minutes', async () => {
  const clock = testClock()
  await using api = await testApi({ now: clock.now })
  const group = await groupOf(api)
  const prepared = await api.call('savePreparedInlineMessage', {
    user_id: 1001,
    result: article('1', { reply_markup: button() }),
    allow_group_chats: true,
  })
  const { id } = prepared.result
  const shareTo = (from: number, chat: number) => api.sim('/sim/prepared', { from, id, chat })

  await expect(shareTo(1002, group.id)).rejects.toThrow('MESSAGE_EXPIRED')
  await expect(shareTo(1001, 1002)).rejects.toThrow('UNSUPPORTED')
  expect(await shareTo(1001, group.id)).toMatchObject({ text: 'Have a voucher', chat: group.id })
  clock.wait(600)
  await expect(shareTo(1001, group.id)).rejects.toThrow('MESSAGE_EXPIRED')
})

test('two people have a chat of their own, known to each by the other', async () => {
  await using api = await testApi()
  await groupOf(api)
  const { queryId } = await ask(api, [article()])

  await api.sim('/sim/inline-results', { from: 1001, chat: 1002, queryId, resultId: '1' })

  expect(await api.sim('/sim/chats/1001/messages?as=1002')).toMatchObject([
    { chat: 1001, text: 'Have a voucher' },
  ])
  expect(await api.sim('/sim/chats/1002/messages?as=1001')).toMatchObject([{ chat: 1002 }])
})

async function groupOf(api: TestApi) {
  await api.sim('/sim/people', { first_name: 'Ben' })
  return api.sim('/sim/groups', { title: 'Family', members: [1001, 1002] })
}

/** Types a query and answers it as the bot would. */
async function ask(api: TestApi, results: object[], options: object = {}, query = 'x') {
  const typed = api.sim('/sim/inline-queries', { from: 1001, query })
  const { update_id, inline_query } = (await api.call('getUpdates', { timeout: 2 })).result[0]
  await api.call('getUpdates', { offset: update_id + 1 })
  await api.call('answerInlineQuery', { inline_query_id: inline_query.id, results, ...options })
  return typed
}

async function share(api: TestApi) {
  const group = await groupOf(api)
  const { queryId } = await ask(api, [article('1', { reply_markup: button('claim') })])
  const chosen = { from: 1001, chat: group.id, queryId, resultId: '1' }
  const sent = await api.sim('/sim/inline-results', chosen)
  await api.updates()
  return sent
}

import { expect, test } from 'vitest'
import { button, type TestApi, testApi, testClock } from './api.ts'

const TOO_OLD = {
  ok: false,
  error_code: 400,
  description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
}

test('a pressed button brings a callback query, and its answer goes to who pressed', async () => {
  await using api = await testApi()
  await api.call('sendMessage', { chat_id: 1001, text: 'Hi', reply_markup: button('go') })
  const pressed = api.sim('/sim/callbacks', press())
  const query = await nextQuery(api)

  const answer = { callback_query_id: query.id, text: 'Yours!', show_alert: true }
  expect(await api.call('answerCallbackQuery', answer)).toEqual({ ok: true, result: true })

  expect(query).toMatchObject({
    from: { id: 1001, first_name: 'Mia' },
    data: 'go',
    chat_instance: expect.stringMatching(/^-?\d+$/),
    message: { message_id: 1, chat: { id: 1001 } },
  })
  expect(await pressed).toEqual({ answered: true, text: 'Yours!', show_alert: true })
})

test('a query is answered once', async () => {
  await using api = await testApi()
  await api.call('sendMessage', { chat_id: 1001, text: 'Hi', reply_markup: button('go') })
  const pressed = api.sim('/sim/callbacks', press())
  const { id } = await nextQuery(api)

  await api.call('answerCallbackQuery', { callback_query_id: id })

  expect(await api.call('answerCallbackQuery', { callback_query_id: id })).toEqual(TOO_OLD)
  expect(await pressed).toEqual({ answered: true, show_alert: false })
})

test('an answer after 15 seconds comes too late', async () => {
  const clock = testClock()
  await using api = await testApi({ now: clock.now })
  await api.call('sendMessage', { chat_id: 1001, text: 'Hi', reply_markup: button('go') })
  const pressed = api.sim('/sim/callbacks', press())
  const { id } = await nextQuery(api)

  clock.wait(16)

  expect(await api.call('answerCallbackQuery', { callback_query_id: id })).toEqual(TOO_OLD)
  expect(await pressed).toEqual({ answered: false, show_alert: false })
})

test('an answer may open the bot, and nothing else', async () => {
  await using api = await testApi()
  await api.call('sendMessage', { chat_id: 1001, text: 'Hi', reply_markup: button('go') })
  const pressed = api.sim('/sim/callbacks', press())
  const { id } = await nextQuery(api)
  const open = (url: string) => api.call('answerCallbackQuery', { callback_query_id: id, url })

  expect(await open('https://example.com')).toMatchObject({
    description: 'Bad Request: URL_INVALID',
  })
  await open('https://t.me/demo_bot?start=abc')

  expect(await pressed).toMatchObject({ url: 'https://t.me/demo_bot?start=abc' })
})

test('a client sends only data that a button has, unless it is a forged one', async () => {
  await using api = await testApi()
  await api.call('sendMessage', { chat_id: 1001, text: 'Hi', reply_markup: button('go') })

  await expect(api.sim('/sim/callbacks', { ...press(), data: 'other' })).rejects.toThrow(
    'no button',
  )
  await api.sim('/sim/callbacks', { ...press(), data: 'other', forged: true })

  expect(await nextQuery(api)).toMatchObject({ data: 'other' })
})

test('nobody presses a button in a chat that is not theirs', async () => {
  await using api = await testApi()
  await api.sim('/sim/people', { first_name: 'Eve', started: true })
  const { id } = await api.sim('/sim/groups', { title: 'G', members: [1001], botIsMember: true })
  await api.call('sendMessage', { chat_id: id, text: 'Hi', reply_markup: button('go') })

  const pressed = api.sim('/sim/callbacks', { from: 1002, chatId: id, messageId: 2, data: 'go' })

  await expect(pressed).rejects.toThrow('Person 1002 is in no chat')
})

function press() {
  return { from: 1001, chatId: 1001, messageId: 1, data: 'go' }
}

async function nextQuery(api: TestApi) {
  const { result } = await api.call('getUpdates', { timeout: 2 })
  const { update_id, callback_query } = result[0]
  await api.call('getUpdates', { offset: update_id + 1 })
  return callback_query
}

import { expect, test } from 'vitest'
import { violationsOf } from '../../../src/sandbox/world/calls.ts'
import { button, ME, testApi, testClock } from './api.ts'

test('the bot introduces itself', async () => {
  await using api = await testApi()

  const { result } = await api.call('getMe')

  expect(result).toMatchObject({ id: ME, is_bot: true, username: 'demo_bot' })
  expect(result.supports_inline_queries).toBe(true)
})

test('a message reaches the private chat of the person it is for, and nobody else', async () => {
  await using api = await testApi()
  await api.sim('/sim/people', { first_name: 'Ben', started: true })

  const sent = await api.call('sendMessage', {
    chat_id: 1001,
    text: 'Hello',
    reply_markup: button(),
  })

  expect(sent.result).toMatchObject({
    message_id: 1,
    from: { id: ME, is_bot: true },
    chat: { id: 1001, type: 'private', first_name: 'Mia' },
    text: 'Hello',
    reply_markup: button(),
  })
  expect(await api.sim('/sim/chats/1001/messages?as=1001')).toHaveLength(1)
  expect(await api.sim('/sim/chats/1002/messages?as=1002')).toEqual([])
  expect(await api.sim('/sim/chats/1001/messages?as=1002')).toEqual([])
})

test('the bot may write to those who pressed Start only, and says why not', async () => {
  await using api = await testApi()
  await api.sim('/sim/people', { first_name: 'Ben' })
  await api.sim('/sim/people', { first_name: 'Eve', started: true })
  const write = (chat_id: number) => api.call('sendMessage', { chat_id, text: 'x' })

  expect(await write(1002)).toEqual(refusal(400, 'Bad Request: chat not found'))
  await api.sim('/sim/inline-queries', { from: 1002, query: '' })
  expect(await write(1002)).toEqual(
    refusal(403, "Forbidden: bot can't initiate conversation with a user"),
  )
  await api.sim('/sim/start', { from: 1002 })
  expect(await write(1002)).toMatchObject({ ok: true })

  await api.sim('/sim/block', { person: 1003, blocked: true })
  expect(await write(1003)).toEqual(refusal(403, 'Forbidden: bot was blocked by the user'))
  expect(await write(9999)).toEqual(refusal(400, 'Bad Request: chat not found'))
})

test('the bot may write to groups that it is in', async () => {
  await using api = await testApi()
  const { id } = await api.sim('/sim/groups', { title: 'Family', members: [1001] })
  const write = () => api.call('sendMessage', { chat_id: id, text: 'x' })
  const put = (status: string) => api.sim(`/sim/groups/${id}/members`, { member: ME, status })

  expect(await write()).toEqual(
    refusal(403, 'Forbidden: bot is not a member of the supergroup chat'),
  )
  await put('member')
  expect(await write()).toMatchObject({ ok: true, result: { chat: { id, type: 'supergroup' } } })
  await put('left')
  expect(await write()).toEqual(refusal(403, 'Forbidden: bot was kicked from the supergroup chat'))
})

test('the bot has not met people by what they do without it', async () => {
  await using api = await testApi()
  await api.sim('/sim/people', { first_name: 'Ben' })
  await api.sim('/sim/people', { first_name: 'Eve' })
  await api.sim('/sim/groups', { title: 'G', members: [1002, 1003] })

  await api.sim('/sim/messages', { from: 1002, chat: 1003, text: 'psst' })
  await api.sim('/sim/chats/1002/messages?as=1003')

  expect(await api.call('sendMessage', { chat_id: 1002, text: 'x' })).toEqual(
    refusal(400, 'Bad Request: chat not found'),
  )
})

test('an edit changes text and keyboard together, and must change something', async () => {
  await using api = await testApi()
  await api.call('sendMessage', { chat_id: 1001, text: 'one', reply_markup: button() })
  const edit = (params: object) =>
    api.call('editMessageText', { chat_id: 1001, message_id: 1, ...params })

  expect(await edit({ text: 'one', reply_markup: button() })).toMatchObject({
    error_code: 400,
    description: expect.stringMatching(/^Bad Request: message is not modified: specified new/),
  })
  expect(await edit({ text: 'two' })).toMatchObject({ ok: true })

  const [message] = await api.sim('/sim/chats/1001/messages?as=1001')
  expect(message).toMatchObject({ text: 'two', edit_date: expect.any(Number) })
  expect(message.reply_markup).toBeUndefined()
})

test('only a keyboard can be edited as well', async () => {
  await using api = await testApi()
  await api.call('sendMessage', { chat_id: 1001, text: 'one' })

  await api.call('editMessageReplyMarkup', { chat_id: 1001, message_id: 1, reply_markup: button() })

  const [message] = await api.sim('/sim/chats/1001/messages?as=1001')
  expect(message).toMatchObject({ text: 'one', reply_markup: button() })
})

test('the bot edits its own messages only, and those that are there', async () => {
  await using api = await testApi()
  await api.sim('/sim/messages', { from: 1001, chat: 1001, text: 'mine' })
  const edit = (message_id: number) =>
    api.call('editMessageText', { chat_id: 1001, message_id, text: 'x' })

  expect(await edit(1)).toEqual(refusal(400, "Bad Request: message can't be edited"))
  expect(await edit(2)).toEqual(refusal(400, 'Bad Request: message to edit not found'))
  expect(await api.call('editMessageText', { inline_message_id: 'none', text: 'x' })).toEqual(
    refusal(400, 'Bad Request: MESSAGE_ID_INVALID'),
  )
})

test('the bot deletes its messages within two days, and those of others in private', async () => {
  const clock = testClock()
  await using api = await testApi({ now: clock.now })
  const group = await api.sim('/sim/groups', { title: 'G', members: [1001], botIsMember: true })
  await api.sim('/sim/messages', { from: 1001, chat: 1001, text: 'mine' })
  await api.call('sendMessage', { chat_id: 1001, text: 'old' })
  const inGroup = await api.sim('/sim/messages', { from: 1001, chat: group.id, text: '/x' })
  const remove = (chat_id: number, message_id: number) =>
    api.call('deleteMessage', { chat_id, message_id })

  expect(await remove(1001, 1)).toEqual({ ok: true, result: true })
  expect(await remove(1001, 1)).toEqual(refusal(400, 'Bad Request: message to delete not found'))
  const refused = refusal(400, "Bad Request: message can't be deleted")
  expect(await remove(group.id, inGroup.message_id)).toEqual(refused)
  clock.wait(49 * 3600)
  expect(await remove(1001, 2)).toEqual(refused)
})

test('an answer to a message needs the message', async () => {
  await using api = await testApi()
  const send = (reply_parameters: object) =>
    api.call('sendMessage', { chat_id: 1001, text: 'x', reply_parameters })

  expect(await send({ message_id: 9 })).toEqual(
    refusal(400, 'Bad Request: message to be replied not found'),
  )
  const sent = await send({ message_id: 9, allow_sending_without_reply: true })
  expect(await send({ message_id: sent.result.message_id })).toMatchObject({
    result: { reply_to_message: { message_id: sent.result.message_id } },
  })
})

test('what Telegram would not know is refused, and stands in the list of violations', async () => {
  await using api = await testApi()

  expect(await api.call('sendMesage', {})).toEqual(refusal(404, 'Not Found'))
  expect(await api.call('sendMessage', { chat_id: 1001, tekst: 'x' })).toMatchObject({ ok: false })
  expect(await api.call('sendMessage', { chat_id: 5, text: 'x' })).toMatchObject({ ok: false })

  expect(violationsOf(api.world).map((call) => call.method)).toEqual(['sendMesage', 'sendMessage'])
})

test('a method of the specification that is not played says so, after checking the call', async () => {
  await using api = await testApi()

  expect(await api.call('sendDice', { chat_id: 1001 })).toEqual(
    refusal(501, 'Not Implemented: [sandbox] sendDice is not played here'),
  )
  expect(await api.call('sendDice', {})).toEqual(refusal(400, 'Bad Request: chat_id is empty'))
})

test('another token is unauthorized', async () => {
  await using api = await testApi()
  const reply = await fetch(`${api.url}/bot700001:other/getMe`)
  expect([reply.status, await reply.json()]).toEqual([401, refusal(401, 'Unauthorized')])
})

function refusal(error_code: number, description: string) {
  return { ok: false, error_code, description }
}

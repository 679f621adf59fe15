import { expect, test } from 'vitest'
import { type Json, ME, testApi, testClock } from './api.ts'

test('update ids rise by one, and updates wait until an offset confirms them', async () => {
  await using api = await testApi()
  await api.sim('/sim/start', { from: 1001, payload: 'abc' })
  await api.sim('/sim/messages', { from: 1001, chat: 1001, text: 'hi' })

  const first = await api.call('getUpdates')
  const again = await api.call('getUpdates')
  const rest = await api.call('getUpdates', { offset: first.result[1].update_id })

  const [a, b] = first.result
  expect(a.message).toMatchObject({
    text: '/start abc',
    from: { id: 1001, language_code: 'en' },
    chat: { id: 1001, type: 'private' },
    entities: [{ type: 'bot_command', offset: 0, length: 6 }],
  })
  expect(b.update_id).toBe(a.update_id + 1)
  expect(again).toEqual(first)
  expect(rest.result).toEqual([b])
  expect((await api.call('getUpdates', { offset: b.update_id + 1 })).result).toEqual([])
})

test('a long poll is answered as soon as something happens', async () => {
  await using api = await testApi()
  const poll = api.call('getUpdates', { timeout: 20 })
  await new Promise((resolve) => setTimeout(resolve, 50))

  await api.sim('/sim/messages', { from: 1001, chat: 1001, text: 'hi' })

  expect(await poll).toMatchObject({ result: [{ message: { text: 'hi' } }] })
})

test('a long poll with nothing to tell ends empty', async () => {
  await using api = await testApi()
  expect(await api.call('getUpdates', { timeout: 1 })).toEqual({ ok: true, result: [] })
})

test('a second poller throws out the first', async () => {
  await using api = await testApi()
  const first = api.call('getUpdates', { timeout: 20 })
  await new Promise((resolve) => setTimeout(resolve, 50))

  await api.call('getUpdates')

  expect(await first).toEqual({
    ok: false,
    error_code: 409,
    description:
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  })
})

test('only what was asked for is queued', async () => {
  await using api = await testApi()
  await api.call('getUpdates', { allowed_updates: ['callback_query'] })

  await api.sim('/sim/messages', { from: 1001, chat: 1001, text: 'hi' })
  expect(await api.updates()).toEqual([])

  await api.call('getUpdates', { allowed_updates: [] })
  await api.sim('/sim/messages', { from: 1001, chat: 1001, text: 'hi' })
  expect(await api.updates()).toHaveLength(1)
})

test('an inline query that nobody takes is forgotten after 30 seconds, a message is not', async () => {
  const clock = testClock()
  await using api = await testApi({ now: clock.now })
  await api.sim('/sim/inline-queries', { from: 1001, query: 'x' })
  await api.sim('/sim/messages', { from: 1001, chat: 1001, text: 'hi' })

  clock.wait(31)

  expect(await api.updates()).toMatchObject([{ message: { text: 'hi' } }])
})

test('a webhook is https on a port that Telegram reaches, and ends polling', async () => {
  await using api = await testApi()
  const set = (url: string) => api.call('setWebhook', { url, secret_token: 'secret' })
  const refused = (words: string) => ({
    ok: false,
    description: `Bad Request: bad webhook: ${words}`,
  })

  expect(await set('http://bot.example/hook')).toMatchObject(
    refused('An HTTPS URL must be provided for webhook'),
  )
  expect(await set('https://bot.example:3000/hook')).toMatchObject(
    refused('Webhook can be set up only on ports 80, 88, 443 or 8443'),
  )
  expect(await set('https://127.0.0.1/hook')).toMatchObject(
    refused('IP address 127.0.0.1 is reserved'),
  )
  expect(await set('https://bot.example/hook')).toEqual({ ok: true, result: true })
  expect(await api.call('getWebhookInfo')).toMatchObject({
    result: { url: 'https://bot.example/hook', pending_update_count: 0, max_connections: 40 },
  })
  expect(await api.call('getUpdates')).toMatchObject({
    error_code: 409,
    description: expect.stringMatching(/^Conflict: can't use getUpdates method while webhook is/),
  })
  await api.call('deleteWebhook')
  expect(await api.call('getUpdates')).toEqual({ ok: true, result: [] })
})

test('in a group the bot reads what concerns it; as an administrator it reads all', async () => {
  await using api = await testApi()
  const group = await api.sim('/sim/groups', { title: 'G', members: [1001], botIsMember: true })
  await api.updates()
  const type = (text: string, replyTo?: number) =>
    api.sim('/sim/messages', { from: 1001, chat: group.id, text, replyTo })
  const sent = await api.call('sendMessage', { chat_id: group.id, text: 'Hello' })

  await type('chatter')
  await type('/order@other_bot')
  await type('/order@demo_bot 1')
  await type('/order 2')
  await type('an answer', sent.result.message_id)
  expect(textsOf(await api.updates())).toEqual(['/order@demo_bot 1', '/order 2', 'an answer'])

  await api.sim(`/sim/groups/${group.id}/members`, { member: ME, status: 'administrator' })
  await api.updates()
  await type('chatter')
  expect(textsOf(await api.updates())).toEqual(['chatter'])
})

test('the bot hears when it is added to a group, and when somebody blocks it', async () => {
  await using api = await testApi()
  const group = await api.sim('/sim/groups', { title: 'G', members: [1001] })

  await api.sim(`/sim/groups/${group.id}/members`, { member: ME, status: 'member', by: 1001 })
  await api.sim('/sim/block', { person: 1001, blocked: true })

  const updates = await api.updates()
  expect(updates.map((update) => update.my_chat_member?.new_chat_member.status)).toEqual([
    'member',
    undefined,
    'kicked',
  ])
  expect(updates[0].my_chat_member).toMatchObject({ chat: { id: group.id }, from: { id: 1001 } })
  expect(updates[1].message.new_chat_members).toMatchObject([{ id: ME }])
})

test('as an administrator that asked for it, the bot hears who comes and goes', async () => {
  await using api = await testApi()
  await api.sim('/sim/people', { first_name: 'Ben' })
  const group = await api.sim('/sim/groups', { title: 'G', members: [1001], botIsMember: true })
  const put = (member: number, status: string) =>
    api.sim(`/sim/groups/${group.id}/members`, { member, status })
  await put(ME, 'administrator')
  await api.updates()
  await put(1002, 'member')
  expect((await api.updates()).some((update) => update.chat_member)).toBe(false)

  await api.call('getUpdates', { allowed_updates: ['chat_member'] })
  await put(1002, 'left')

  expect(await api.updates()).toMatchObject([
    { chat_member: { new_chat_member: { status: 'left', user: { id: 1002 } } } },
  ])
})

test('whoever chooses a group after ?startgroup= adds the bot to it', async () => {
  await using api = await testApi()
  const group = await api.sim('/sim/groups', { title: 'G', members: [1001] })

  await api.sim('/sim/start', { from: 1001, payload: 'abc', group: group.id })

  expect(await api.updates()).toMatchObject([
    { my_chat_member: { from: { id: 1001 }, new_chat_member: { status: 'member' } } },
    { message: { new_chat_members: [{ id: ME }] } },
    { message: { text: '/start@demo_bot abc', chat: { id: group.id } } },
  ])
})

test('updates can be injected, repeated and shuffled, under ids of their own', async () => {
  await using api = await testApi()
  const updates = Array.from({ length: 20 }, (_, index) => ({
    message: { message_id: index, date: 0, chat: { id: 1001, type: 'private' }, text: `${index}` },
  }))

  await api.sim('/sim/updates', { updates, repeat: 2, shuffle: true })

  const queued = (await api.call('getUpdates')).result.map((update: Json) => update.message.text)
  expect(queued).toHaveLength(40)
  expect(new Set(queued).size).toBe(20)
  expect(queued).not.toEqual([...queued].sort((a, b) => a - b))
})

function textsOf(updates: Json[]): string[] {
  return updates.map((update) => update.message.text)
}

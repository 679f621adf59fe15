import { expect, test } from 'vitest'
import { testApi, testClock } from './api.ts'

test('429 says how long to wait, as often as was planted', async () => {
  await using api = await testApi()
  const fault = { method: 'sendMessage', kind: '429', times: 2, retryAfter: 7 }
  expect(await api.sim('/sim/faults', fault)).toEqual([fault])
  const send = () => api.call('sendMessage', { chat_id: 1001, text: 'x' })

  const refused = {
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 7',
    parameters: { retry_after: 7 },
  }
  expect([await send(), await send()]).toEqual([refused, refused])
  expect(await send()).toMatchObject({ ok: true })
})

test('a fault may be for one chat, and never hits getUpdates unless named', async () => {
  await using api = await testApi()
  await api.sim('/sim/people', { first_name: 'Ben', started: true })
  await api.sim('/sim/faults', { chat: 1002, kind: '500', times: 1 })
  const send = (chat_id: number) => api.call('sendMessage', { chat_id, text: 'x' })

  expect(await api.call('getUpdates')).toMatchObject({ ok: true })
  expect(await send(1001)).toMatchObject({ ok: true })
  expect(await send(1002)).toEqual({
    ok: false,
    error_code: 500,
    description: 'Internal Server Error',
  })
})

test('a fault that does what was asked and cuts the connection leaves the message', async () => {
  await using api = await testApi()
  await api.sim('/sim/faults', { kind: 'cut-after-send', times: 1 })

  await expect(api.call('sendMessage', { chat_id: 1001, text: 'x' })).rejects.toThrow(
    'fetch failed',
  )

  expect(await api.sim('/sim/chats/1001/messages?as=1001')).toMatchObject([{ text: 'x' }])
})

test('a fault that never answers does nothing', async () => {
  await using api = await testApi()
  await api.sim('/sim/faults', { kind: 'timeout', times: 1 })
  const call = fetch(`${api.url}/bot${api.world.bot.token}/getMe`, {
    signal: AbortSignal.timeout(100),
  })

  await expect(call).rejects.toThrow('timeout')
  expect(await api.call('getMe')).toMatchObject({ ok: true })
})

test('a group becomes a supergroup: the old id names the new one from then on', async () => {
  await using api = await testApi()
  const group = await api.sim('/sim/groups', {
    title: 'G',
    type: 'group',
    members: [1001],
    botIsMember: true,
  })
  await api.updates()
  await api.sim('/sim/faults', { chat: group.id, kind: 'migrate', times: 1 })
  const send = (chat_id: number) => api.call('sendMessage', { chat_id, text: 'x' })

  const refused = await send(group.id)
  const id = refused.parameters?.migrate_to_chat_id ?? 0

  expect(refused).toEqual({
    ok: false,
    error_code: 400,
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    parameters: { migrate_to_chat_id: id },
  })
  expect(await send(group.id)).toEqual(refused)
  expect(await send(id)).toMatchObject({ result: { chat: { id, type: 'supergroup' } } })
  expect(await api.updates()).toMatchObject([
    { message: { chat: { id: group.id }, migrate_to_chat_id: id } },
    { message: { chat: { id }, migrate_from_chat_id: group.id } },
  ])
})

test('with limits on, a chat takes one message a second and a group twenty a minute', async () => {
  const clock = testClock()
  await using api = await testApi({ now: clock.now, limits: true })
  const group = await api.sim('/sim/groups', { title: 'G', members: [1001], botIsMember: true })
  const send = (chat_id: number) => api.call('sendMessage', { chat_id, text: 'x' })
  const tooMany = (seconds: number) => ({
    error_code: 429,
    parameters: { retry_after: seconds },
  })

  expect([await send(1001), await send(1001)]).toMatchObject([{ ok: true }, tooMany(1)])
  clock.wait(1)
  expect(await send(1001)).toMatchObject({ ok: true })

  for (let sent = 0; sent < 20; sent++) {
    expect(await send(group.id)).toMatchObject({ ok: true })
    clock.wait(1)
  }
  expect(await send(group.id)).toMatchObject(tooMany(40))
  clock.wait(40)
  expect(await send(group.id)).toMatchObject({ ok: true })
})

test('with limits on, the bot sends thirty messages a second in all', async () => {
  const clock = testClock()
  await using api = await testApi({ now: clock.now, limits: true })
  for (let id = 2001; id <= 2031; id++) {
    await api.sim('/sim/people', { id, first_name: 'P', started: true })
  }
  const send = (chat_id: number) => api.call('sendMessage', { chat_id, text: 'x' })

  for (let id = 2001; id <= 2030; id++) expect(await send(id)).toMatchObject({ ok: true })
  expect(await send(2031)).toMatchObject({ error_code: 429, parameters: { retry_after: 1 } })
})

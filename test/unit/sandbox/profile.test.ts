import { expect, test } from 'vitest'
import { ME, testApi } from './api.ts'

const orders = { command: 'orders', description: 'My orders' }
const redeem = { command: 'redeem', description: 'Redeem a voucher' }
const chinese = { command: 'orders', description: '我的订单' }

test('a person finds the commands of the narrowest scope, in their language', async () => {
  await using api = await testApi()
  await api.sim('/sim/people', { first_name: '小明', language_code: 'zh-hans', started: true })
  const menu = async (id: number) => (await api.sim(`/sim/chats/${id}/menu?as=${id}`)).commands
  const set = (commands: object[], options: object = {}) =>
    api.call('setMyCommands', { commands, ...options })

  await set([orders])
  await set([chinese], { language_code: 'zh' })
  expect([await menu(1001), await menu(1002)]).toEqual([[orders], [chinese]])

  const scope = { type: 'chat', chat_id: 1001 }
  await set([redeem], { scope })
  expect(await menu(1001)).toEqual([redeem])
  expect(await api.call('getMyCommands', { scope })).toEqual({ ok: true, result: [redeem] })
  await api.call('deleteMyCommands', { scope })
  expect(await menu(1001)).toEqual([orders])
})

test('administrators of a group may have commands of their own', async () => {
  await using api = await testApi()
  await api.sim('/sim/people', { first_name: 'Ben' })
  const group = await api.sim('/sim/groups', { title: 'G', members: [1001, 1002] })
  await api.sim(`/sim/groups/${group.id}/members`, { member: 1001, status: 'administrator' })
  await api.call('setMyCommands', {
    commands: [redeem],
    scope: { type: 'all_chat_administrators' },
  })
  await api.call('setMyCommands', { commands: [orders], scope: { type: 'all_group_chats' } })

  const menus = [1001, 1002].map((id) => api.sim(`/sim/chats/${group.id}/menu?as=${id}`))

  expect(await Promise.all(menus)).toMatchObject([{ commands: [redeem] }, { commands: [orders] }])
})

test('the menu button of one chat opens the Mini App', async () => {
  await using api = await testApi()
  const button = {
    type: 'web_app',
    text: 'Wallet',
    web_app: { url: 'https://passalong.example/app/' },
  }

  await api.call('setChatMenuButton', { chat_id: 1001, menu_button: button })

  expect(await api.sim('/sim/chats/1001/menu?as=1001')).toMatchObject({ button })
  expect(await api.sim('/sim/webapps', { from: 1001, via: 'menu' })).toMatchObject({
    url: button.web_app.url,
  })
  expect(await api.call('getChatMenuButton')).toMatchObject({ result: { type: 'default' } })
})

test('a menu button opens https only', async () => {
  await using api = await testApi()
  const button = { type: 'web_app', text: 'Wallet', web_app: { url: 'http://passalong.example/' } }
  expect(await api.call('setChatMenuButton', { menu_button: button })).toMatchObject({
    description:
      "Bad Request: menu button Web App URL 'http://passalong.example/' is invalid: Only HTTPS links are allowed",
  })
})

test('the bot has a name and descriptions, by language', async () => {
  await using api = await testApi()
  await api.call('setMyName', { name: 'Passalong' })
  await api.call('setMyDescription', { description: 'Vouchers' })
  await api.call('setMyDescription', { description: '优惠券', language_code: 'zh' })
  await api.call('setMyShortDescription', { short_description: 'Pass it on' })

  expect((await api.sim('/sim/state')).bot).toMatchObject({
    first_name: 'Passalong',
    description: 'Vouchers',
    short_description: 'Pass it on',
  })
  expect(await api.call('getMyDescription', { language_code: 'zh' })).toMatchObject({
    result: { description: '优惠券' },
  })
  expect(await api.call('setMyName', { name: 'x', language_code: 'zh-hans' })).toMatchObject({
    description: 'Bad Request: LANG_CODE_INVALID',
  })
})

test('who is in a group is told for certain to an administrator only', async () => {
  await using api = await testApi()
  await api.sim('/sim/people', { first_name: 'Eve' })
  const group = await api.sim('/sim/groups', { title: 'G', members: [1001], botIsMember: true })
  const ask = (user_id: number) => api.call('getChatMember', { chat_id: group.id, user_id })

  expect(await ask(ME)).toMatchObject({ result: { status: 'member' } })
  expect(await ask(1001)).toMatchObject({
    description: 'Bad Request: member list is inaccessible',
  })
  await api.sim(`/sim/groups/${group.id}/members`, { member: ME, status: 'administrator' })
  expect(await ask(1001)).toMatchObject({ result: { status: 'member', user: { id: 1001 } } })
  expect(await ask(1002)).toMatchObject({ result: { status: 'left' } })
  expect(await api.call('getChatMemberCount', { chat_id: group.id })).toMatchObject({ result: 2 })
  expect(await api.call('getChat', { chat_id: group.id })).toMatchObject({
    result: { id: group.id, type: 'supergroup', title: 'G' },
  })
})

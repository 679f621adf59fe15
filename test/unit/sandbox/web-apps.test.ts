import { createHmac, createPublicKey, verify } from 'node:crypto'
import { validate } from '@tma.js/init-data-node'
import { expect, test } from 'vitest'
import { ME, TOKEN, testApi } from './api.ts'

test('initData is signed with the token, as node:crypto and @tma.js find', async () => {
  await using api = await testApi()
  await api.sim('/sim/people', { first_name: 'A + B <b>&‮🎁', last_name: '王', username: 'ab' })

  const { initData } = await api.sim('/sim/webapps', { from: 1002, via: 'link', startParam: 'x' })

  expect(() => validate(initData, TOKEN)).not.toThrow()
  expect(() => validate(initData, '700001:other')).toThrow()
  const fields = new URLSearchParams(initData)
  expect(fields.get('signature')).toMatch(/^[\w-]{86}$/)
  const hash = fields.get('hash')
  fields.delete('hash')
  const check = [...fields]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n')
  const key = createHmac('sha256', 'WebAppData').update(TOKEN).digest()
  expect(createHmac('sha256', key).update(check).digest('hex')).toBe(hash)
  expect(JSON.parse(fields.get('user') ?? '')).toEqual({
    id: 1002,
    first_name: 'A + B <b>&‮🎁',
    last_name: '王',
    username: 'ab',
    language_code: 'en',
  })
})

test('the signature for third parties is there, and checks with the key of the sandbox', async () => {
  await using api = await testApi()
  const { bot } = await api.sim('/sim/state')
  const { initData } = await api.sim('/sim/webapps', { from: 1001, via: 'link' })

  const fields = new URLSearchParams(initData)
  const signature = Buffer.from(fields.get('signature') ?? '', 'base64url')
  for (const name of ['hash', 'signature']) fields.delete(name)
  const check = [...fields]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n')
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bot.telegramPublicKey }

  const key = createPublicKey({ key: jwk, format: 'jwk' })
  expect(verify(null, Buffer.from(`${ME}:WebAppData\n${check}`), key, signature)).toBe(true)
})

test('a link tells where it was tapped, and takes its start parameter along', async () => {
  await using api = await testApi()
  const group = await api.sim('/sim/groups', { title: 'G', members: [1001] })
  const open = (chat?: number) =>
    api.sim('/sim/webapps', { from: 1001, via: 'link', startParam: 'abc', chat })

  const inGroup = await open(group.id)
  const outside = await open()

  const fields = new URLSearchParams(inGroup.initData)
  expect(fields.get('chat_type')).toBe('supergroup')
  expect(fields.get('start_param')).toBe('abc')
  expect(fields.get('chat_instance')).toMatch(/^-?\d+$/)
  expect(inGroup.url).toBe('https://passalong.example/app/?tgWebAppStartParam=abc')
  expect(new URLSearchParams(inGroup.hash.slice(1)).get('tgWebAppData')).toBe(inGroup.initData)
  expect(new URLSearchParams(outside.initData).get('chat_type')).toBe('sender')
})

test('a start parameter is at most 512 letters, digits, _ and -', async () => {
  await using api = await testApi()
  const open = (startParam: string) =>
    api.sim('/sim/webapps', { from: 1001, via: 'link', startParam })

  await expect(open('a.b')).rejects.toThrow('startapp')
  await expect(open('x'.repeat(513))).rejects.toThrow('startapp')
  expect(await open('x'.repeat(512))).toMatchObject({ initData: expect.any(String) })
})

test('a button under a message gives a query id; one on the reply keyboard gives no data', async () => {
  await using api = await testApi()
  const url = 'https://passalong.example/app/orders'
  const other = 'https://passalong.example/app/scan'
  const open = (address: string) =>
    api.sim('/sim/webapps', { from: 1001, via: 'button', url: address })
  const web = (address: string) => ({ text: 'Open', web_app: { url: address } })
  const send = (reply_markup: object) =>
    api.call('sendMessage', { chat_id: 1001, text: 'x', reply_markup })

  await expect(open(url)).rejects.toThrow('No button')
  await send({ inline_keyboard: [[web(url)]] })
  await send({ keyboard: [[web(other)]] })

  expect(new URLSearchParams((await open(url)).initData).get('query_id')).toMatch(/^\d+$/)
  expect(await open(other)).toMatchObject({ initData: '', url: other })
})

test('whoever allowed the bot to write says so in initData', async () => {
  await using api = await testApi()
  await api.sim('/sim/people', { first_name: 'Ben' })
  const user = async () => {
    const { initData } = await api.sim('/sim/webapps', { from: 1002, via: 'link' })
    return JSON.parse(new URLSearchParams(initData).get('user') ?? '')
  }

  expect((await user()).allows_write_to_pm).toBeUndefined()
  await api.sim('/sim/write-access', { from: 1002 })

  expect((await user()).allows_write_to_pm).toBe(true)
  expect(await api.updates()).toMatchObject([
    { message: { write_access_allowed: { from_request: true }, from: { id: 1002 } } },
  ])
  expect(await api.call('sendMessage', { chat_id: 1002, text: 'x' })).toMatchObject({ ok: true })
})

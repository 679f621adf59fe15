import { afterAll, beforeAll, expect, test } from 'vitest'

import { testApp } from '../helpers/app.ts'
import { sessionOf, testHttp } from '../helpers/http.ts'
import { addCampaign, addShare, addShop } from '../helpers/shop.ts'

let app: Awaited<ReturnType<typeof testApp>>
let server: Awaited<ReturnType<typeof testHttp>>

beforeAll(async () => {
  app = await testApp()
  server = await testHttp(app)
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await app[Symbol.asyncDispose]()
})

test('settings are read and changed one by one, and a zone that is none is refused', async () => {
  const headers = await sessionOf(app, 101)
  const ask = async (method: 'GET' | 'PATCH', payload?: object) =>
    (
      await server.inject({
        method,
        url: '/v1/me/settings',
        headers,
        ...(payload && { payload }),
      })
    ).json()

  expect(await ask('GET')).toEqual({
    language: 'en',
    reminders: true,
    personal: true,
    zone: null,
  })
  expect(await ask('PATCH', { personal: false })).toMatchObject({
    reminders: true,
    personal: false,
  })
  expect(await ask('PATCH', { zone: 'Asia/Kathmandu' })).toMatchObject({
    reminders: true,
    zone: expect.stringMatching(/^Asia\/Kath?mandu$/),
  })
  expect(await ask('PATCH', { reminders: false })).toMatchObject({
    reminders: false,
    zone: expect.stringContaining('mandu'),
  })
  expect(await ask('PATCH', { language: 'zh', zone: null })).toEqual({
    language: 'zh',
    reminders: false,
    personal: false,
    zone: null,
  })
  for (const wrong of [
    { zone: 'Mars/Olympus' },
    { zone: '' },
    { language: 'fr' },
    { personal: 'no' },
    { pin: 1 },
  ])
    expect(await ask('PATCH', wrong)).toMatchObject({ status: 400, code: 'ERR_REQUEST_INVALID' })
  expect(await ask('PATCH', { personal: true })).toEqual({
    language: 'zh',
    reminders: false,
    personal: true,
    zone: null,
  })
})

test('nothing is erased without saying so, and what is lost is told before', async () => {
  const shop = await addShop(app)
  await addCampaign(app, shop)
  const { token } = await addShare(app, shop, 'telegram:101')
  const headers = await sessionOf(app, 101)
  await server.inject({ method: 'POST', url: '/v1/claims', headers, payload: { token } })

  const told = await server.inject({ method: 'GET', url: '/v1/me/erasure', headers })
  const refused = await server.inject({
    method: 'POST',
    url: '/v1/me/erasure',
    headers,
    payload: { confirm: false },
  })

  expect(told.json()).toEqual({ vouchers: 1, shares: 1, roles: [], leftAlone: [] })
  expect(refused.statusCode).toBe(400)
  const copy = await server.inject({ method: 'GET', url: '/v1/me/export', headers })
  expect(copy.json()).toMatchObject({
    merchants: [{ orders: [{ lines: [{ sku: '85123A' }] }], vouchers: [{ status: 'issued' }] }],
  })
})

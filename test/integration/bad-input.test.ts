import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import type { Server } from '../../src/http/server.ts'
import { createLog } from '../../src/log.ts'
import { testApp } from '../helpers/app.ts'
import { initDataOf, sessionOf, testHttp } from '../helpers/http.ts'
import { addCampaign, addOrder, addShop, type Shop } from '../helpers/shop.ts'

const VECTORS = new URL('../../../shared/data/vectors/', import.meta.url)
const hasVectors = existsSync(VECTORS)

let app: AppContext & AsyncDisposable
let server: Server
let shop: Shop
let logged = ''

beforeAll(async () => {
  const log = createLog('trace', {
    write: (line: string) => {
      logged += line
    },
  })
  app = await testApp({ log })
  server = await testHttp(app)
  shop = await addShop(app)
  await addCampaign(app, shop)
})

afterAll(async () => {
  await server.close()
  await app[Symbol.asyncDispose]()
})

/** Every route that takes a body, with whoever may enter. */
async function routes(): Promise<
  { method: 'POST' | 'PUT' | 'PATCH'; url: string; headers: Record<string, string> }[]
> {
  const visitor = await sessionOf(app, 1 + Math.floor(Math.random() * 1e9))
  const merchant = { authorization: `Bearer ${shop.apiKey}` }
  const share = 'shr_00000000000000000000'
  const campaign = '/v1/campaigns/cmp_00000000000000000000'
  return [
    { method: 'POST', url: '/v1/session', headers: {} },
    { method: 'POST', url: '/v1/claims', headers: visitor },
    { method: 'POST', url: '/v1/orders/query', headers: visitor },
    { method: 'POST', url: '/v1/shares', headers: visitor },
    { method: 'POST', url: `/v1/shares/${share}/revoke`, headers: visitor },
    { method: 'PUT', url: '/v1/orders/x', headers: merchant },
    { method: 'POST', url: '/v1/orders/x/cancel', headers: merchant },
    { method: 'POST', url: '/v1/campaigns', headers: merchant },
    { method: 'PATCH', url: campaign, headers: merchant },
    { method: 'POST', url: `${campaign}/vouchers`, headers: merchant },
    { method: 'POST', url: `${campaign}/clone`, headers: merchant },
    { method: 'POST', url: `${campaign}/stop`, headers: merchant },
    { method: 'PATCH', url: '/v1/templates/vtp_00000000000000000000', headers: merchant },
    { method: 'POST', url: '/v1/validations', headers: merchant },
    { method: 'POST', url: '/v1/redemptions', headers: merchant },
    {
      method: 'POST',
      url: '/v1/redemptions/rdm_00000000000000000000/rollbacks',
      headers: merchant,
    },
  ]
}

test.skipIf(!hasVectors)(
  'no JSON text makes any route fail (skipped where the vectors are not there)',
  async () => {
    const texts = JSON.parse(
      readFileSync(new URL('jsontestsuite_parsing.json', VECTORS), 'utf8'),
    ) as { b64: string }[]

    for (const [i, { b64 }] of texts.entries()) {
      const open = await routes()
      const { method, url, headers } = open[i % open.length]!
      const reply = await server.inject({
        method,
        url,
        payload: Buffer.from(b64, 'base64'),
        headers: { ...headers, 'content-type': 'application/json' },
      })
      expect({ url, status: reply.statusCode, code: reply.json().code }).toEqual({
        url,
        status: expect.toSatisfy((status: number) => status >= 400 && status < 500),
        code: expect.stringMatching(/^ERR_/),
      })
    }
  },
)

const strings = hasVectors
  ? (JSON.parse(readFileSync(new URL('blns.json', VECTORS), 'utf8')) as string[])
  : []

test.skipIf(!hasVectors)(
  'naughty strings in every text of an order are kept as they are or refused',
  async () => {
    for (const [i, text] of strings.entries()) {
      const reply = await server.inject({
        method: 'PUT',
        url: `/v1/orders/${encodeURIComponent(`${i}${text}`)}`,
        headers: { authorization: `Bearer ${shop.apiKey}` },
        payload: {
          storeId: '7',
          placedAt: '2026-11-21T10:00:00Z',
          currency: 'GBP',
          totalMinor: 1530,
          lines: [
            {
              sku: text || 'x',
              title: text,
              quantity: 6,
              unitMinor: 255,
              amountMinor: 1530,
              category: text || 'x',
            },
          ],
        },
      })
      expect({ text, status: reply.statusCode }).toEqual({
        text,
        status: expect.toSatisfy((status: number) => status < 500),
      })
      if (reply.statusCode !== 200) continue
      const query = await server.inject({
        method: 'POST',
        url: '/v1/orders/query',
        headers: await sessionOf(app, 1 + Math.floor(Math.random() * 1e9)),
        payload: { token: reply.json().receipt.queryToken },
      })
      expect({ text, query: query.json() }).toMatchObject({
        query: { order: { lines: [{ title: text }] } },
      })
      const page = await server.inject({ url: new URL(reply.json().receipt.url).pathname })
      expect(page.statusCode).toBe(200)
    }
  },
)

test.skipIf(!hasVectors)(
  'naughty strings in every text of a campaign are kept as they are or refused',
  async () => {
    const headers = { authorization: `Bearer ${shop.apiKey}` }
    const post = (url: string, payload: object) =>
      server.inject({ method: 'POST', url, payload, headers })
    for (const text of strings) {
      const made = await post('/v1/campaigns', {
        name: text,
        mode: 'matched',
        endsAt: '2030-01-01T00:00:00Z',
        budgetMinor: 1000,
        slotsPerShare: 2,
        offer: { title: text, body: text },
      })
      expect([200, 400]).toContain(made.statusCode)
      if (made.statusCode !== 200) continue
      const url = `/v1/campaigns/${made.json().campaignId}`
      await post(`${url}/vouchers`, {
        name: text,
        kind: 'amount_off',
        valueMinor: 1,
        quantity: 1,
      })
      const preview = (await server.inject({ url: `${url}/preview`, headers })).json()
      expect(preview).toMatchObject({
        campaign: { name: text, templates: [{ name: text }] },
        card: { title: text, body: text },
      })
    }
  },
)

test.skipIf(!hasVectors)(
  'naughty strings in place of tokens, codes, ids and PINs are refused and change nothing',
  async () => {
    const merchant = { authorization: `Bearer ${shop.apiKey}` }
    for (const text of strings) {
      const visitor = await sessionOf(app, 1 + Math.floor(Math.random() * 1e9))
      const replies = await Promise.all([
        server.inject({
          method: 'POST',
          url: '/v1/claims',
          headers: visitor,
          payload: { token: text },
        }),
        server.inject({
          method: 'POST',
          url: '/v1/orders/query',
          headers: visitor,
          payload: { orderId: text, storeId: text, pin: text },
        }),
        server.inject({
          method: 'POST',
          url: '/v1/redemptions',
          headers: merchant,
          payload: { code: text, requestId: 'naughty' },
        }),
        server.inject({ method: 'POST', url: '/v1/session', payload: { initData: text } }),
        server.inject({ url: `/s/${encodeURIComponent(text)}` }),
        server.inject({ url: `/v1/shares/${encodeURIComponent(text)}`, headers: visitor }),
        server.inject({
          url: '/v1/me/orders',
          headers: { authorization: `Bearer ${encodeURIComponent(text)}` },
        }),
      ])
      for (const reply of replies) {
        expect({ text, status: reply.statusCode }).toEqual({
          text,
          status: expect.toSatisfy((status: number) => status >= 400 && status < 500),
        })
      }
    }
  },
)

test.each([
  [
    'a body that is too large',
    { payload: `{"token":"${'x'.repeat(70_000)}"}` },
    413,
    'ERR_BODY_TOO_LARGE',
  ],
  [
    'another content type',
    { payload: 'token=x', type: 'application/x-www-form-urlencoded' },
    415,
    'ERR_CONTENT_TYPE',
  ],
  [
    'a content type with tricks',
    { payload: '{"token":1}', type: 'application/json\t;' },
    4,
    undefined,
  ],
  ['no body', {}, 400, 'ERR_REQUEST_INVALID'],
  ['a number for a text', { payload: '{"token":7}' }, 400, 'ERR_REQUEST_INVALID'],
  [
    'a field that is not known',
    { payload: `{"token":"${'x'.repeat(30)}","personId":"telegram:1"}` },
    400,
    'ERR_REQUEST_INVALID',
  ],
  [
    'a poisoned prototype',
    { payload: '{"__proto__":{"x":1},"token":"x"}' },
    400,
    'ERR_REQUEST_INVALID',
  ],
  ['fifty thousand brackets', { payload: '['.repeat(50_000) }, 400, 'ERR_REQUEST_INVALID'],
])(
  '%s is refused with a stable code',
  async (_what, { payload, type }: { payload?: string; type?: string }, status, code) => {
    const headers = {
      ...(await sessionOf(app, 1 + Math.floor(Math.random() * 1e9))),
      'content-type': type ?? 'application/json',
    }

    const reply = await server.inject({
      method: 'POST',
      url: '/v1/claims',
      headers,
      ...(payload && { payload }),
    })

    if (code) expect(reply.json()).toMatchObject({ status, code })
    else expect(Math.floor(reply.statusCode / 100)).toBe(status)
    expect(reply.headers['content-type']).toContain('application/problem+json')
  },
)

test.each([
  ['a negative total', { totalMinor: -1 }],
  ['a fraction of a penny', { totalMinor: 10.5 }],
  ['more than is exact', { totalMinor: 2 ** 53 }],
  ['lines that do not sum to the total', { totalMinor: 1 }],
  ['an unknown currency', { currency: 'pounds' }],
  ['a day that does not exist', { placedAt: '2026-02-30T00:00:00Z' }],
  ['an unknown store', { storeId: 'elsewhere' }],
])('an order with %s is refused', async (_what, body) => {
  const reply = await server.inject({
    method: 'PUT',
    url: '/v1/orders/refused',
    headers: { authorization: `Bearer ${shop.apiKey}` },
    payload: {
      storeId: '7',
      placedAt: '2026-11-21T10:00:00Z',
      currency: 'GBP',
      totalMinor: 1530,
      lines: [{ sku: 'A', title: 'Candle', quantity: 6, unitMinor: 255, amountMinor: 1530 }],
      ...body,
    },
  })

  expect(reply.statusCode).toBeGreaterThanOrEqual(400)
  expect(reply.statusCode).toBeLessThan(500)
})

test('what is not there is answered as a problem, and many wrong addresses are slowed down', async () => {
  const reply = await server.inject({ url: '/wp-login.php' })

  expect(reply.json()).toMatchObject({ status: 404, code: 'ERR_NOT_FOUND' })
})

test('a webhook without Telegram’s secret is refused before its body is read', async () => {
  const reply = await server.inject({
    method: 'POST',
    url: '/telegram/webhook',
    payload: '{',
    headers: { 'content-type': 'application/json' },
  })

  expect(reply.json()).toMatchObject({ status: 401, code: 'ERR_WEBHOOK_SECRET_INVALID' })
})

test('one person may try ten claims a minute, whatever address they come from', async () => {
  const headers = await sessionOf(app, 777)
  const codes: number[] = []
  for (let i = 0; i < 11; i++) {
    const reply = await server.inject({
      method: 'POST',
      url: '/v1/claims',
      headers,
      payload: { token: 'x'.repeat(40) },
      remoteAddress: `10.0.0.${i}`,
    })
    codes.push(reply.statusCode)
  }

  expect(codes.slice(0, 10)).toEqual(Array(10).fill(400))
  expect(codes[10]).toBe(429)
})

test('nothing secret has reached the log', async () => {
  const order = await addOrder(app, shop, 'secret-1')
  await server.inject({
    method: 'POST',
    url: '/v1/session',
    payload: { initData: initDataOf(app, 42) },
  })
  app.log.error(
    {
      err: new Error(`at https://api.telegram.org/bot${app.bot.token}/getMe ${order.queryToken}`),
      token: order.queryToken,
      deep: { pin: order.pin },
    },
    'planted',
  )

  expect(logged).toContain('planted')
  for (const secret of [
    order.queryToken,
    `"${order.pin}"`,
    shop.apiKey,
    app.bot.token.split(':')[1]!,
    'hash=',
  ]) {
    expect(logged.includes(secret), `${secret.slice(0, 4)}…`).toBe(false)
  }
})

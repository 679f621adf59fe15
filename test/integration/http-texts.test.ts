import { sql as drizzleSql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { buildHttp } from '../../src/http/app.ts'
import type { Server } from '../../src/http/server.ts'
import { testApp } from '../helpers/app.ts'
import { initDataOf, sessionOf } from '../helpers/http.ts'
import { addShop, type Shop } from '../helpers/shop.ts'

let app: AppContext & AsyncDisposable
let server: Server
let shop: Shop

beforeAll(async () => {
  app = await testApp()
  server = await buildHttp(app, async (more) => {
    more.get('/sql', () => app.db.run(({ sql }) => sql`select ${'x'}::text::integer`))
    more.get('/orm', () =>
      app.db.run(({ orm }) => orm.execute(drizzleSql`select ${'\u0000'}::text as t`)),
    )
    more.get('/ours', () => app.db.run(({ sql }) => sql`select nonsense`))
  })
  shop = await addShop(app)
})

afterAll(async () => {
  await server.close()
  await app[Symbol.asyncDispose]()
})

const ID = '00000000000000000000'

const ORDER = {
  storeId: '7',
  placedAt: '2026-11-21T10:00:00Z',
  currency: 'GBP',
  totalMinor: 1530,
  customerRef: 'c-1',
  country: 'France',
  pin: '4711',
  lines: [
    {
      sku: 'A',
      title: 'Candle',
      quantity: 6,
      unitMinor: 255,
      amountMinor: 1530,
      kind: 'item',
      category: 'candles',
    },
  ],
}

const CAMPAIGN = {
  name: 'Autumn',
  mode: 'matched',
  zone: 'Europe/London',
  startsAt: '2026-11-21T10:00:00Z',
  endsAt: '2030-01-01T00:00:00Z',
  budgetMinor: 100_000,
  slotsPerShare: 3,
  claimScope: 'campaign',
  offer: {
    title: 'A treat',
    body: 'For your friends',
    rule: { categories: ['candles'] },
    traits: { candles: 0.5 },
  },
}

const VOUCHERS = {
  name: '£2 off',
  kind: 'amount_off',
  valueMinor: 200,
  quantity: 40,
  storeId: '7',
  storeAddress: '12 Berwick Street, London',
  traits: { candles: 0.5 },
}

/** Every route that takes texts, with a body that names all of them. */
const BODIES: [route: `${'PUT' | 'POST'} ${string}`, by: 'merchant' | 'visitor', body: object][] = [
  ['PUT /v1/orders/x', 'merchant', ORDER],
  ['POST /v1/orders/x/cancel', 'merchant', { cancelledAt: '2026-11-21T10:00:00Z' }],
  ['POST /v1/campaigns', 'merchant', CAMPAIGN],
  [`POST /v1/campaigns/cmp_${ID}/vouchers`, 'merchant', VOUCHERS],
  ['POST /v1/validations', 'merchant', { code: 'ABCD', merchantId: `mrc_${ID}` }],
  ['POST /v1/redemptions', 'merchant', { code: 'ABCD', requestId: 'r', merchantId: `mrc_${ID}` }],
  [`POST /v1/redemptions/rdm_${ID}/rollbacks`, 'merchant', { requestId: 'r', reason: 'mistake' }],
  ['POST /v1/session', 'visitor', { initData: 'auth_date=1' }],
  ['POST /v1/claims', 'visitor', { token: 'x'.repeat(40) }],
  ['POST /v1/orders/query', 'visitor', { orderId: 'x', storeId: '7', pin: '4711' }],
  ['POST /v1/orders/query', 'visitor', { token: 'x'.repeat(40) }],
  ['POST /v1/orders/query', 'visitor', { reference: 'A'.repeat(22) }],
  [
    'POST /v1/shares',
    'visitor',
    { merchantId: `mrc_${ID}`, orderId: `ord_${ID}`, offerId: `off_${ID}` },
  ],
  [`POST /v1/shares/shr_${ID}/revoke`, 'visitor', { merchantId: `mrc_${ID}` }],
]

async function send(route: string, by: 'merchant' | 'visitor', payload: object) {
  const [method, url] = route.split(' ') as ['PUT' | 'POST', string]
  const headers =
    by === 'merchant'
      ? { authorization: `Bearer ${shop.apiKey}` }
      : await sessionOf(app, 1 + Math.floor(Math.random() * 1e9))
  return server.inject({ method, url, headers, payload })
}

test.each(BODIES)(
  '%s: what a database cannot keep in a text is refused, never a failure',
  async (route, by, body) => {
    for (const text of ['\u0000', 'a\u0000b', '\ud800', 'a\udc00b']) {
      for (const broken of eachBroken(body, text)) {
        const reply = await send(route, by, broken)

        const { status, code } = reply.json()
        expect({ broken, status, code }).toEqual({
          broken,
          status: expect.toSatisfy((given) => given >= 400 && given < 500),
          code: expect.stringMatching(/^ERR_/),
        })
      }
    }
  },
)

/** The body once for each of its texts and names, with this text in its place. */
function eachBroken(body: unknown, text: string): object[] {
  if (typeof body === 'string') return [text as unknown as object]
  if (typeof body !== 'object' || body === null) return []
  if (Array.isArray(body)) {
    return body.flatMap((value, i) => eachBroken(value, text).map((broken) => body.with(i, broken)))
  }
  return Object.entries(body).flatMap(([name, value]) => [
    ...eachBroken(value, text).map((broken) => ({ ...body, [name]: broken })),
    ...(typeof value === 'number' ? [{ ...body, [text]: value }] : []),
  ])
}

test.each([
  ['a leap second', '2016-12-31T23:59:60Z'],
  ['a year before there were tills', '0000-01-01T00:00:00Z'],
  ['the second before 1970', '1969-12-31T23:59:59Z'],
  ['a year of five digits', '9999-12-31T23:59:59-23:00'],
])('%s is no instant of an order, a cancellation or a campaign', async (_what, instant) => {
  const replies = [
    await send('PUT /v1/orders/x', 'merchant', { ...ORDER, placedAt: instant }),
    await send('POST /v1/orders/x/cancel', 'merchant', { cancelledAt: instant }),
    await send('POST /v1/campaigns', 'merchant', { ...CAMPAIGN, startsAt: instant }),
    await send('POST /v1/campaigns', 'merchant', { ...CAMPAIGN, endsAt: instant }),
  ]

  expect(replies.map((reply) => reply.json().title)).toEqual(
    ['placedAt', 'cancelledAt', 'startsAt', 'endsAt'].map(
      (field) => `body.${field} must be an instant between the years 1970 and 9999`,
    ),
  )
  expect(replies.map((reply) => reply.json().code)).toEqual(Array(4).fill('ERR_REQUEST_INVALID'))
})

test('letters of all scripts, tabs and line breaks in an order are kept as they are', async () => {
  const title = 'Bougie «Été»\t蜡烛 🕯️\nsecond line'
  const reply = await server.inject({
    method: 'PUT',
    url: '/v1/orders/kept',
    headers: { authorization: `Bearer ${shop.apiKey}` },
    payload: { ...ORDER, lines: [{ ...ORDER.lines[0], title }] },
  })

  const { queryToken: token } = reply.json().receipt
  const query = await send('POST /v1/orders/query', 'visitor', { token })
  expect(query.json().order.lines).toMatchObject([{ title }])
})

test('what the database itself finds to be wrong with a value is the caller’s mistake', async () => {
  const replies = await Promise.all(['/sql', '/orm', '/ours'].map((url) => server.inject({ url })))
  const codes = replies.map((reply) => reply.json().code)

  expect(codes).toEqual(['ERR_REQUEST_INVALID', 'ERR_REQUEST_INVALID', 'ERR_INTERNAL'])
})

test('a session of somebody with half a character in their name is opened', async () => {
  const user = JSON.stringify({ id: 44, first_name: 'A\ud83d' })

  const reply = await server.inject({
    method: 'POST',
    url: '/v1/session',
    payload: { initData: initDataOf(app, 44, { user }) },
  })

  expect(reply.statusCode).toBe(200)
})

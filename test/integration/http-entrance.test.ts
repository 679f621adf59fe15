import { afterAll, beforeAll, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import type { Server } from '../../src/http/server.ts'
import { acceptInvite } from '../../src/usecases/accept-invite.ts'
import { testApp } from '../helpers/app.ts'
import { sessionOf, testHttp } from '../helpers/http.ts'
import { addShop, type Shop } from '../helpers/shop.ts'

let app: AppContext & AsyncDisposable
let server: Server
let shop: Shop

beforeAll(async () => {
  app = await testApp()
  server = await testHttp(app)
  shop = await addShop(app)
})

afterAll(async () => {
  await server.close()
  await app[Symbol.asyncDispose]()
})

const ID = '00000000000000000000'

test.each([
  ['POST', '/v1/claims'],
  ['POST', '/v1/orders/query'],
  ['POST', '/v1/shares'],
  ['POST', `/v1/shares/shr_${ID}/revoke`],
  ['PUT', '/v1/orders/x'],
  ['POST', '/v1/orders/x/cancel'],
  ['POST', '/v1/campaigns'],
  ['POST', `/v1/campaigns/cmp_${ID}/vouchers`],
  ['POST', '/v1/validations'],
  ['POST', '/v1/redemptions'],
  ['POST', `/v1/redemptions/rdm_${ID}/rollbacks`],
] as const)(
  '%s %s: who does not say who they are is refused before the body is read',
  async (method, url) => {
    const bodies = [
      { payload: '{', type: 'application/json' },
      { payload: '{}', type: 'application/json' },
      { payload: '<x/>', type: 'text/xml' },
      { payload: JSON.stringify('x'.repeat(2_000_000)), type: 'application/json' },
    ]
    const replies = bodies.map(({ payload, type }) =>
      server.inject({ method, url, payload, headers: { 'content-type': type } }),
    )

    const codes = (await Promise.all(replies)).map((reply) => reply.json().code)

    expect(codes.filter((code) => !/^ERR_(SESSION|API_KEY)_INVALID$/.test(code))).toEqual([])
  },
)

test('people behind one address are counted each by themselves', async () => {
  const left = []
  for (const person of [1, 1, 2]) {
    const reply = await server.inject({
      url: '/v1/me/vouchers',
      headers: await sessionOf(app, person),
      remoteAddress: '10.9.0.1',
    })
    left.push(reply.headers['x-ratelimit-remaining'])
  }

  expect(left).toEqual(['2999', '2998', '2999'])
})

test('an address that shows too many wrong sessions and keys is not looked at for a while, others are', async () => {
  const claim = async (remoteAddress: string, headers: Record<string, string>) =>
    server.inject({
      method: 'POST',
      url: '/v1/claims',
      payload: { token: 'x'.repeat(40) },
      headers,
      remoteAddress,
    })
  const known = await sessionOf(app, 3)
  const wrong = { authorization: 'Bearer wrong' }
  const first = await claim('10.9.0.2', wrong)
  for (let i = 0; i < 3000; i++) await claim('10.9.0.2', wrong)

  const refused = [
    await claim('10.9.0.2', wrong),
    await claim('10.9.0.2', known),
    await server.inject({
      url: `/v1/campaigns/cmp_${ID}/summary`,
      headers: { authorization: `Bearer ${shop.apiKey}` },
      remoteAddress: '10.9.0.2',
    }),
  ]

  expect(first.json()).toMatchObject({ code: 'ERR_SESSION_INVALID' })
  expect(refused.map((reply) => reply.json().code)).toEqual(Array(3).fill('ERR_TOO_MANY_REQUESTS'))
  expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0)
  expect((await claim('10.9.0.3', known)).json()).toMatchObject({ code: 'ERR_TOKEN_INVALID' })
})

test('a merchant’s key, which all their tills share, may ask more often than one of the staff', async () => {
  await acceptInvite(app, { personId: 'telegram:4', reference: shop.ownerReference })
  const cashier = await sessionOf(app, 4)
  const refusedOf121 = async (headers: Record<string, string>) => {
    let refused = 0
    for (let i = 0; i < 121; i++) {
      const ask = { url: '/v1/validations', payload: { code: 'ABCD' }, headers }
      const reply = await server.inject({ method: 'POST', ...ask })
      if (reply.statusCode === 429) refused++
    }
    return refused
  }

  expect(await refusedOf121(cashier)).toBe(1)
  expect(await refusedOf121({ authorization: `Bearer ${shop.apiKey}` })).toBe(0)
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import type { Role } from '../../src/domain/views.ts'
import type { Server } from '../../src/http/server.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { removeStaff } from '../../src/usecases/remove-staff.ts'
import { testApp } from '../helpers/app.ts'
import { sessionOf, testHttp } from '../helpers/http.ts'
import { digestsOf } from '../helpers/rows.ts'
import { addCampaign, addShare, addShop, type Shop } from '../helpers/shop.ts'
import { addRole } from '../helpers/staff.ts'

/** What a shop has, for somebody to lay hands on. */
type Things = {
  merchantId: string
  storeId: string
  campaignId: string
  templateId: string
  offerId: string
  orderSourceId: string
  code: string
  redemptionId: string
  holdId: string
  batchId: string
  exportId: string
}

/** Who may enter, besides API keys; `key` is keys alone. */
type Part = 'key' | 'staff' | 'readers' | 'managers' | 'tills'

const ROLES: readonly Role[] = ['owner', 'manager', 'cashier', 'analyst']
const ROLES_OF: Record<Part, readonly Role[]> = {
  key: [],
  staff: ROLES,
  readers: ['owner', 'manager', 'analyst'],
  managers: ['owner', 'manager'],
  tills: ['owner', 'manager', 'cashier'],
}

/** How a route is asked: what stands in its path, in its address and in its body. */
type Ask = { at?: string; query?: Record<string, string>; body?: object }
/** `of` says that a thing of somebody else's can be named in it. */
type Route = { part: Part; of?: keyof Things; ask: (things: Things) => Ask }

/** People ask these for themselves; what they get is looked at elsewhere. */
const OF_PEOPLE = new Set([
  'POST /v1/session',
  'POST /v1/claims',
  'POST /v1/orders/query',
  'POST /v1/shares',
  'GET /v1/shares/{id}',
  'POST /v1/shares/{id}/revoke',
  'GET /v1/shares/{id}/proof',
  'GET /v1/me/orders',
  'GET /v1/me/vouchers',
  'GET /v1/me/vouchers/{id}',
  'GET /v1/me/vouchers/{id}/why',
  'GET /v1/me/orders/{id}/why',
  'GET /v1/me/shares',
  'GET /v1/me/settings',
  'PATCH /v1/me/settings',
  'GET /v1/me/export',
  'GET /v1/me/erasure',
  'POST /v1/me/erasure',
])

const CAMPAIGN = {
  name: 'New',
  mode: 'matched',
  zone: 'UTC',
  endsAt: '2030-01-01T00:00:00Z',
  budgetMinor: 1000,
  slotsPerShare: 2,
  offer: { title: 'New' },
}
const VOUCHERS = { name: 'More', kind: 'amount_off', valueMinor: 5, quantity: 5 }
const ORDER = {
  storeId: '7',
  placedAt: '2026-11-21T10:00:00Z',
  currency: 'GBP',
  totalMinor: 100,
  lines: [],
}
const fresh = () => crypto.randomUUID()
const campaign = ({ campaignId }: Things): Ask => ({ at: campaignId })

const ROUTES: Record<string, Route> = {
  'PUT /v1/orders/{sourceId}': { part: 'key', ask: () => ({ at: fresh(), body: ORDER }) },
  'POST /v1/orders/{sourceId}/cancel': { part: 'key', ask: () => ({ at: fresh() }) },
  'POST /v1/orders/{sourceId}/refunds': {
    part: 'key',
    ask: () => ({ at: fresh(), body: { refundId: fresh(), amountMinor: 1 } }),
  },
  'GET /v1/stores': { part: 'staff', ask: () => ({}) },
  'GET /v1/campaigns': { part: 'readers', ask: () => ({}) },
  'GET /v1/campaigns/{id}/preview': { part: 'readers', of: 'campaignId', ask: campaign },
  'GET /v1/campaigns/{id}/changes': { part: 'readers', of: 'campaignId', ask: campaign },
  'GET /v1/campaigns/{id}/summary': { part: 'readers', of: 'campaignId', ask: campaign },
  'GET /v1/dashboard': {
    part: 'readers',
    of: 'campaignId',
    ask: ({ campaignId }) => ({ query: { campaignId } }),
  },
  'POST /v1/decisions/why': {
    part: 'readers',
    of: 'code',
    ask: ({ code }) => ({ body: { code } }),
  },
  'GET /v1/matching': { part: 'readers', ask: () => ({}) },
  'PATCH /v1/matching': { part: 'managers', ask: () => ({ body: { controlBp: 2000 } }) },
  'POST /v1/matching/resume': { part: 'managers', ask: () => ({ body: { point: 'voucher' } }) },
  'POST /v1/exports': {
    part: 'readers',
    of: 'campaignId',
    ask: ({ campaignId }) => ({ body: { kind: 'claims', format: 'csv', campaignId } }),
  },
  'GET /v1/exports/{id}': {
    part: 'readers',
    of: 'exportId',
    ask: ({ exportId }) => ({ at: exportId }),
  },
  'GET /v1/exports/{id}/file': {
    part: 'readers',
    of: 'exportId',
    ask: ({ exportId }) => ({ at: exportId }),
  },
  'POST /v1/campaigns': {
    part: 'managers',
    of: 'storeId',
    ask: ({ storeId }) => ({ body: { ...CAMPAIGN, storeIds: [storeId] } }),
  },
  'PATCH /v1/campaigns/{id}': {
    part: 'managers',
    of: 'campaignId',
    ask: ({ campaignId }) => ({ at: campaignId, body: { name: 'Renamed' } }),
  },
  'POST /v1/campaigns/{id}/clone': {
    part: 'managers',
    of: 'campaignId',
    ask: ({ campaignId }) => ({ at: campaignId, body: {} }),
  },
  'POST /v1/campaigns/{id}/vouchers': {
    part: 'managers',
    of: 'campaignId',
    ask: ({ campaignId }) => ({ at: campaignId, body: VOUCHERS }),
  },
  'PATCH /v1/templates/{id}': {
    part: 'managers',
    of: 'templateId',
    ask: ({ templateId }) => ({ at: templateId, body: { quantity: 900 } }),
  },
  'POST /v1/campaigns/{id}/pause': { part: 'managers', of: 'campaignId', ask: campaign },
  'POST /v1/campaigns/{id}/activate': { part: 'managers', of: 'campaignId', ask: campaign },
  'POST /v1/campaigns/{id}/stop': { part: 'managers', of: 'campaignId', ask: campaign },
  'POST /v1/codes/batches': {
    part: 'managers',
    of: 'templateId',
    ask: ({ templateId }) => ({ body: { templateId, count: 5, requestId: fresh() } }),
  },
  'POST /v1/codes/imports': {
    part: 'managers',
    of: 'templateId',
    ask: ({ templateId }) => ({ body: { templateId, codes: ['OWN-1'] } }),
  },
  'GET /v1/codes/batches': { part: 'managers', ask: () => ({}) },
  'GET /v1/codes/batches/{id}': {
    part: 'managers',
    of: 'batchId',
    ask: ({ batchId }) => ({ at: batchId }),
  },
  'DELETE /v1/codes/batches/{id}': {
    part: 'managers',
    of: 'batchId',
    ask: ({ batchId }) => ({ at: batchId }),
  },
  'POST /v1/offers/test': {
    part: 'managers',
    of: 'offerId',
    ask: ({ offerId, orderSourceId }) => ({
      body: { offerId, order: { sourceId: orderSourceId } },
    }),
  },
  'POST /v1/validations': { part: 'tills', of: 'code', ask: ({ code }) => ({ body: { code } }) },
  'POST /v1/redemptions': {
    part: 'tills',
    of: 'code',
    ask: ({ code }) => ({ body: { code, amountMinor: 1, requestId: fresh() } }),
  },
  'POST /v1/redemptions/{id}/rollbacks': {
    part: 'tills',
    of: 'redemptionId',
    ask: ({ redemptionId }) => ({ at: redemptionId, body: { requestId: fresh() } }),
  },
  'POST /v1/holds': {
    part: 'tills',
    of: 'code',
    ask: ({ code }) => ({ body: { code, amountMinor: 1, requestId: fresh() } }),
  },
  'POST /v1/holds/release': {
    part: 'tills',
    of: 'holdId',
    ask: ({ holdId }) => ({ body: { holdId } }),
  },
}

const ALL = Object.entries(ROUTES)
const OF_STAFF = ALL.filter(([, { part }]) => part !== 'key')

let app: AppContext & AsyncDisposable
let server: Server
let [shop, other] = [] as unknown as [Shop, Shop]
let [things, theirs] = [] as unknown as [Things, Things]
let digests: Awaited<ReturnType<typeof digestsOf>>

beforeAll(async () => {
  app = await testApp()
  server = await testHttp(app)
  shop = await addShop(app, 'Candle & Co')
  other = await addShop(app, 'Elsewhere Ltd')
  for (const role of ROLES) await addRole(app, shop, role, idOf(role), OWNER)
  await addRole(app, other, 'owner', OTHER_OWNER)
  await addRole(app, shop, 'manager', 31, OWNER)
  const merchantId = shop.merchantId
  await removeStaff(app, { merchantId, personId: 'telegram:31', by: 'telegram:11' })
  things = await addThings(shop, 'Autumn of Candle')
  theirs = await addThings(other, 'Winter of Elsewhere')
  digests = await digestsOf(app)
})

afterAll(async () => {
  await server.close()
  await app[Symbol.asyncDispose]()
})

const [OWNER, OTHER_OWNER] = [11, 21]
const idOf = (role: Role) => 11 + ROLES.indexOf(role)
const keyOf = ({ apiKey }: Shop) => ({ authorization: `Bearer ${apiKey}` })

/** One of each thing, made as a merchant's system makes them. */
async function addThings(owner: Shop, name: string): Promise<Things> {
  const { merchantId, storeId } = owner
  const { campaignId, templateIds } = await addCampaign(app, owner, {
    name,
    fallback: { kind: 'gift_balance', valueMinor: 1000, name: `${name}: gift` },
  })
  const [templateId = ''] = templateIds
  const orderSourceId = `order of ${name}`
  const { reference, offer } = await addShare(app, owner, 'telegram:900', orderSourceId)
  const claimed = await claimShare(app, {
    personId: `telegram:${merchantId === shop.merchantId ? 901 : 902}`,
    by: { kind: 'reference', reference },
  })
  const code = claimed.voucher?.code ?? ''
  const make = async (url: string, body: object) =>
    (await server.inject({ method: 'POST', url, payload: body, headers: keyOf(owner) })).json()
  const spend = { code, amountMinor: 100 }
  const redeemed = await make('/v1/redemptions', { ...spend, requestId: fresh() })
  const held = await make('/v1/holds', { ...spend, requestId: fresh() })
  const batch = await make('/v1/codes/batches', { templateId, count: 10, requestId: fresh() })
  const exported = await make('/v1/exports', { kind: 'claims', format: 'csv' })
  return {
    merchantId,
    storeId,
    campaignId,
    templateId,
    offerId: offer.offerId,
    orderSourceId,
    code,
    redemptionId: redeemed.redemption.redemptionId,
    holdId: held.hold.holdId,
    batchId: batch.batchId ?? batch.batch.batchId,
    exportId: exported.exportId,
  }
}

type Headers = Record<string, string>

async function ask(route: string, headers: Headers, of: Things, merchantId?: string) {
  const [method = '', path = ''] = route.split(' ')
  const { at = '', query = {}, body } = ROUTES[route]?.ask(of) ?? {}
  const hasBody = method !== 'GET' && method !== 'DELETE'
  const named = merchantId === undefined ? {} : { merchantId }
  return server.inject({
    method: method as 'POST',
    url: path.replace(/\{\w+\}/, encodeURIComponent(at)),
    query: { ...query, ...(hasBody ? {} : named) },
    ...(hasBody && (body || merchantId) && { payload: { ...body, ...named } }),
    headers,
  })
}

/** Refuses, and leaves all of a shop's rows as they are. */
async function expectRefused(
  merchantId: string,
  request: () => ReturnType<typeof ask>,
  ...statuses: number[]
) {
  const before = await digests(merchantId)
  const reply = await request()
  expect(statuses, reply.body).toContain(reply.statusCode)
  expect(await digests(merchantId)).toEqual(before)
  return reply.json()
}

test('every route of the API says here who may ask it', async () => {
  const { paths } = (await server.inject({ url: '/openapi.json' })).json()

  const routes = Object.entries<object>(paths)
    .flatMap(([path, methods]) =>
      Object.keys(methods).map((verb) => `${verb.toUpperCase()} ${path}`),
    )
    .filter((route) => route.includes(' /v1/') && !OF_PEOPLE.has(route))
  expect(routes.sort()).toEqual(Object.keys(ROUTES).sort())
})

test('the things are there, and each is of one shop', () => {
  expect(Object.values(things).filter((thing) => !thing)).toEqual([])
  expect(Object.values(theirs).filter((thing) => Object.values(things).includes(thing))).toEqual([])
})

describe('nobody enters who may not', () => {
  test.each(ALL)('%s: without a key and a session, or with a forged one', async (route) => {
    for (const headers of [
      {},
      { authorization: 'Bearer pk_no' },
      { authorization: 'Bearer a.b.c' },
    ]) {
      await expectRefused(shop.merchantId, () => ask(route, headers, things), 401)
    }
  })

  test.each(ALL)('%s: with a role that is not for it', async (route, { part }) => {
    const outside = ROLES.filter((role) => !ROLES_OF[part].includes(role))
    for (const role of outside) {
      const headers = await sessionOf(app, idOf(role))
      const { code } = await expectRefused(
        shop.merchantId,
        () => ask(route, headers, things),
        part === 'key' ? 401 : 403,
      )
      expect(code).toBe(part === 'key' ? 'ERR_API_KEY_INVALID' : 'ERR_NOT_ALLOWED')
    }
  })

  test.each(OF_STAFF)('%s: removed from the staff, or never of it', async (route) => {
    for (const stranger of [31, 900]) {
      const headers = await sessionOf(app, stranger)
      for (const named of [undefined, shop.merchantId]) {
        const problem = await expectRefused(
          shop.merchantId,
          () => ask(route, headers, things, named),
          403,
        )
        expect(problem.code).toBe('ERR_NOT_ALLOWED')
      }
    }
  })

  test.each(OF_STAFF)('%s: as owner with a session of yesterday', async (route) => {
    const headers = await sessionOf(app, OWNER, new Date(app.now().getTime() - 2 * 3600_000))

    const { code } = await expectRefused(shop.merchantId, () => ask(route, headers, things), 401)

    expect(code).toBe('ERR_SESSION_TOO_OLD')
  })
})

describe('nobody reaches into another shop', () => {
  test.each(OF_STAFF)('%s: an owner or a key that names the other shop', async (route) => {
    for (const headers of [await sessionOf(app, OWNER), keyOf(shop)]) {
      const { code } = await expectRefused(
        other.merchantId,
        () => ask(route, headers, theirs, other.merchantId),
        403,
      )
      expect(code).toBe('ERR_NOT_ALLOWED')
    }
  })

  test.each(OF_STAFF.filter(([, { of }]) => of))(
    '%s: a thing of the other shop is not found',
    async (route) => {
      for (const headers of [await sessionOf(app, OWNER), keyOf(shop)]) {
        const before = await digests(other.merchantId)
        const reply = await ask(route, headers, theirs)
        const own = await ask(route, headers, invented(theirs))

        expect(await digests(other.merchantId)).toEqual(before)
        expect(route === 'POST /v1/validations' ? [200] : [404], reply.body).toContain(
          reply.statusCode,
        )
        // what is another's is answered as what is nobody's
        expect(reply.json()).toEqual(own.json())
      }
    },
  )

  test.each(OF_STAFF.filter(([route]) => route.startsWith('GET')))(
    '%s tells nothing of the other shop',
    async (route) => {
      for (const headers of [await sessionOf(app, OWNER), keyOf(shop)]) {
        const { body } = await ask(route, headers, things)
        for (const word of ['Elsewhere', other.merchantId, theirs.code, theirs.campaignId]) {
          expect(body).not.toContain(word)
        }
      }
    },
  )
})

/** Ids and codes of the same form that nobody has. */
function invented(of: Things): Things {
  const entries = Object.entries(of).map(([name, value]) => [name, unlike(value)])
  return Object.fromEntries(entries) as Things
}

function unlike(value: string): string {
  return /^[a-z]{3}_/.test(value) ? `${value.slice(0, 4)}${'0'.repeat(20)}` : `no ${value}`
}

test('somebody with roles at both shops says which', async () => {
  await addRole(app, shop, 'cashier', 41, OWNER)
  await addRole(app, other, 'manager', 41, OTHER_OWNER)
  const headers = await sessionOf(app, 41)
  const status = async (route: string, named?: string) =>
    (await ask(route, headers, named === shop.merchantId ? things : theirs, named)).statusCode

  expect(await status('POST /v1/validations')).toBe(400)
  expect(await status('POST /v1/validations', shop.merchantId)).toBe(200)
  expect(await status('POST /v1/validations', other.merchantId)).toBe(200)
  expect(await status('GET /v1/campaigns')).toBe(200)
  expect(await status('GET /v1/campaigns', shop.merchantId)).toBe(403)
})

describe('whoever may, enters', () => {
  test.each(ALL)('%s', async (route, { part }) => {
    const allowed = await Promise.all(
      ROLES_OF[part].map(async (role) => sessionOf(app, idOf(role))),
    )
    for (const headers of [keyOf(shop), ...allowed]) {
      const reply = await ask(route, headers, things)

      expect([401, 403, 500, 503], reply.body).not.toContain(reply.statusCode)
    }
  })
})

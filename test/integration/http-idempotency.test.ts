import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import type { Server } from '../../src/http/server.ts'
import { testApp } from '../helpers/app.ts'
import { testHttp } from '../helpers/http.ts'
import { addShop, type Shop } from '../helpers/shop.ts'

let app: AppContext & AsyncDisposable
let server: Server
let shop: Shop
let clock: Date

beforeAll(async () => {
  app = await testApp({ now: () => clock })
  server = await testHttp(app)
  shop = await addShop(app)
})

beforeEach(() => {
  clock = new Date('2026-11-22T12:00:00Z')
})

afterAll(async () => {
  await server.close()
  await app[Symbol.asyncDispose]()
})

async function post(url: string, payload: object, key?: string) {
  const reply = await server.inject({
    method: 'POST',
    url,
    payload,
    headers: {
      authorization: `Bearer ${shop.apiKey}`,
      ...(key !== undefined && { 'idempotency-key': key }),
    },
  })
  return reply.json()
}

const CAMPAIGN = {
  name: 'Spring',
  mode: 'matched',
  endsAt: '2030-01-01T00:00:00Z',
  budgetMinor: 100_000,
  slotsPerShare: 3,
  offer: { title: 'Spring' },
}

test('a campaign that starts at once is made once for an Idempotency-Key, whenever it is asked for again', async () => {
  const first = await post('/v1/campaigns', CAMPAIGN, 'at-once')
  clock = new Date('2026-11-22T12:00:05Z')
  const again = await post('/v1/campaigns', CAMPAIGN, 'at-once')
  clock = new Date('2031-01-01T00:00:00Z')
  const afterItsEnd = await post('/v1/campaigns', CAMPAIGN, 'at-once')

  expect(first).toMatchObject({ outcome: 'created' })
  expect([again, afterItsEnd]).toEqual(Array(2).fill({ ...first, outcome: 'repeated' }))
})

test.each([
  ['another start', { startsAt: '2026-12-01T00:00:00Z' }],
  ['another offer', { offer: { title: 'Spring', rule: { amountMinor: { from: 100 } } } }],
  ['what would be refused', { endsAt: '2020-01-01T00:00:00Z' }],
])('an Idempotency-Key that made a campaign is refused for %s', async (what, other) => {
  await post('/v1/campaigns', CAMPAIGN, what.replaceAll(' ', '-'))

  const conflict = await post('/v1/campaigns', { ...CAMPAIGN, ...other }, what.replaceAll(' ', '-'))

  expect(conflict).toMatchObject({ status: 409, code: 'ERR_IDEMPOTENCY_CONFLICT' })
})

test('campaigns asked for at the same moment with one Idempotency-Key are one', async () => {
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => post('/v1/campaigns', CAMPAIGN, 'race')),
  )

  expect(new Set(replies.map(({ campaignId }) => campaignId)).size).toBe(1)
  expect(replies.filter(({ outcome }) => outcome === 'created')).toHaveLength(1)
})

const VOUCHERS = { name: '£2 off', kind: 'amount_off', valueMinor: 200, quantity: 40 }

async function vouchersUrl(): Promise<string> {
  const { campaignId } = await post('/v1/campaigns', CAMPAIGN)
  return `/v1/campaigns/${campaignId}/vouchers`
}

test('vouchers are made once for an Idempotency-Key, also when their campaign has stopped since', async () => {
  const url = await vouchersUrl()
  const first = await post(url, VOUCHERS, 'stopped')
  await post(url.replace('vouchers', 'stop'), {})

  const again = await post(url, VOUCHERS, 'stopped')

  expect(first).toMatchObject({ outcome: 'created' })
  expect(again).toEqual({ ...first, outcome: 'repeated' })
})

test.each([
  ['other traits', { traits: { candles: 1 } }],
  ['another store', { storeId: '7' }],
  ['a store that is not there', { storeId: '8' }],
  ['another number', { quantity: 41 }],
  ['what would be refused', { kind: 'percent_off' }],
])('an Idempotency-Key that made vouchers is refused for %s', async (what, other) => {
  const url = await vouchersUrl()
  const key = `vouchers-${what.replaceAll(' ', '-')}`
  await post(url, VOUCHERS, key)

  const conflict = await post(url, { ...VOUCHERS, ...other }, key)

  expect(conflict).toMatchObject({ status: 409, code: 'ERR_IDEMPOTENCY_CONFLICT' })
})

test('an Idempotency-Key that made vouchers is refused for another campaign', async () => {
  await post(await vouchersUrl(), VOUCHERS, 'elsewhere')

  const conflict = await post(await vouchersUrl(), VOUCHERS, 'elsewhere')

  expect(conflict).toMatchObject({ status: 409, code: 'ERR_IDEMPOTENCY_CONFLICT' })
})

test('vouchers asked for at the same moment with one Idempotency-Key are made once', async () => {
  const url = await vouchersUrl()

  const replies = await Promise.all(
    Array.from({ length: 8 }, () => post(url, VOUCHERS, 'vouchers-race')),
  )

  expect(new Set(replies.map(({ templateId }) => templateId)).size).toBe(1)
  expect(replies.filter(({ outcome }) => outcome === 'created')).toHaveLength(1)
})

import { afterAll, beforeAll, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import type { Server } from '../../src/http/server.ts'
import { newKey } from '../../src/tokens/key-ring.ts'
import { createTokens } from '../../src/tokens/tokens.ts'
import { acceptInvite } from '../../src/usecases/accept-invite.ts'
import { type OrderQuery, queryOrder } from '../../src/usecases/query-order.ts'
import { testApp } from '../helpers/app.ts'
import { initDataOf, sessionOf, testHttp } from '../helpers/http.ts'
import {
  addCampaign,
  addKnown,
  addOrder,
  addShare,
  addShop,
  CANDLES,
  type Shop,
} from '../helpers/shop.ts'

let app: AppContext & AsyncDisposable
let server: Server
let shop: Shop

beforeAll(async () => {
  app = await testApp()
  server = await testHttp(app)
  shop = await addShop(app)
  await addCampaign(app, shop)
})

afterAll(async () => {
  await server.close()
  await app[Symbol.asyncDispose]()
})

const asMerchant = () => ({ authorization: `Bearer ${shop.apiKey}` })
const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
  server.inject({ method: 'POST', url, payload, headers })

test('what Telegram signed is traded for a session, and the session for what is one’s own', async () => {
  const reply = await post('/v1/session', { initData: initDataOf(app, 42) })

  expect(reply.json()).toMatchObject({ customer: { personId: 'telegram:42', language: 'en' } })
  const headers = { authorization: `Bearer ${reply.json().session}` }
  const wallet = await server.inject({ url: '/v1/me/vouchers', headers })
  expect(wallet.json()).toEqual({ vouchers: [] })
})

test('a session says where somebody works; a customer works nowhere', async () => {
  await acceptInvite(app, { personId: 'telegram:61', reference: shop.ownerReference })

  const owner = await post('/v1/session', { initData: initDataOf(app, 61) })
  const customer = await post('/v1/session', { initData: initDataOf(app, 62) })

  expect(customer.json().roles).toEqual([])
  expect(owner.json().roles).toEqual([
    {
      merchantId: shop.merchantId,
      merchantName: expect.any(String),
      role: 'owner',
      currency: 'GBP',
    },
  ])
})

test('a person’s language is what Telegram said last, kept where it says nothing', async () => {
  const open = async (user: object) => {
    const reply = await post('/v1/session', {
      initData: initDataOf(app, 43, { user: JSON.stringify({ id: 43, ...user }) }),
    })
    return reply.json().customer.language
  }

  expect(await open({})).toBe('en')
  expect(await open({ language_code: 'zh-hans' })).toBe('zh')
  expect(await open({})).toBe('zh')
  expect(await open({ language_code: 'de' })).toBe('en')
})

test('patent 1 6: a share made by API is opened by API, and the voucher is in the wallet', async () => {
  const order = await addOrder(app, shop, 'api-1')
  const sharer = await sessionOf(app, 50)
  const queried = await post('/v1/orders/query', { token: order.queryToken }, sharer)
  const { merchantId, orderId } = queried.json().order
  const { offerId } = queried.json().offers[0]
  const shared = await post('/v1/shares', { merchantId, orderId, offerId }, sharer)
  const again = await post('/v1/shares', { merchantId, orderId, offerId }, sharer)
  expect(again.json().share.shareId).toBe(shared.json().share.shareId)

  const startParam = new URL(shared.json().links.app).searchParams.get('startapp')
  const claimed = await post('/v1/claims', { token: startParam }, await sessionOf(app, 51))

  expect(startParam?.length).toBeLessThanOrEqual(512)
  expect(claimed.json()).toMatchObject({ result: 'fallback', reason: 'stranger' })
  const wallet = await server.inject({ url: '/v1/me/vouchers', headers: await sessionOf(app, 51) })
  expect(wallet.json().vouchers).toEqual([claimed.json().voucher])
})

test('patent 5: an order is found by number, store and PIN; what is wrong is answered alike', async () => {
  const order = await addOrder(app, shop, 'pin-1')
  const visitor = await sessionOf(app, 60)
  const query = (body: object) =>
    post('/v1/orders/query', { orderId: 'pin-1', storeId: '7', pin: order.pin, ...body }, visitor)

  const wrongPin = await query({ pin: order.pin === '000000' ? '000001' : '000000' })
  const wrongOrder = await query({ orderId: 'pin-2' })
  const wrongStore = await query({ storeId: '8' })
  const right = await query({})

  expect(wrongPin.json()).toMatchObject({ status: 404, code: 'ERR_ORDER_NOT_FOUND' })
  expect([wrongOrder.json(), wrongStore.json()]).toEqual([wrongPin.json(), wrongPin.json()])
  expect(right.json().order).toMatchObject({ sourceId: 'pin-1', totalMinor: 1530 })
})

test('five wrong PINs lock an order, for the right PIN too, also when they come at once', async () => {
  const order = await addOrder(app, shop, 'pin-3')
  const wrong = order.pin === '111111' ? '111112' : '111111'
  const tries = [70, 71, 72, 73, 74].map(async (id) =>
    post(
      '/v1/orders/query',
      { orderId: 'pin-3', storeId: '7', pin: wrong },
      await sessionOf(app, id),
    ),
  )
  await Promise.all(tries)

  const locked = await post(
    '/v1/orders/query',
    { orderId: 'pin-3', storeId: '7', pin: order.pin },
    await sessionOf(app, 75),
  )

  expect(locked.json()).toMatchObject({ code: 'ERR_ORDER_NOT_FOUND' })
})

test('patent 5: the first who opens an order binds it, and another account gets no order data', async () => {
  const order = await addOrder(app, shop, 'bound-1')
  await post('/v1/orders/query', { token: order.queryToken }, await sessionOf(app, 80))

  const other = await post(
    '/v1/orders/query',
    { token: order.queryToken },
    await sessionOf(app, 81),
  )

  expect(other.json()).toEqual({
    type: 'about:blank',
    title: 'This order is linked to another account.',
    status: 409,
    code: 'ERR_ORDER_BOUND_TO_OTHER',
  })
})

test('whoever holds an order opens it again by its reference', async () => {
  const { reference } = await addOrder(app, shop, 'again-1')
  const first = await post('/v1/orders/query', { reference }, await sessionOf(app, 84))
  const again = await post('/v1/orders/query', { reference }, await sessionOf(app, 84))
  const unknown = await post(
    '/v1/orders/query',
    { reference: 'A'.repeat(22) },
    await sessionOf(app, 84),
  )

  expect(first.json().order).toMatchObject({ sourceId: 'again-1', reference })
  expect(again.json().order).toEqual(first.json().order)
  expect(unknown.json()).toMatchObject({ code: 'ERR_ORDER_NOT_FOUND' })
})

test('patent 2: where no offer matches the order, none is shown', async () => {
  const small = await addOrder(app, shop, 'small-1', {
    totalMinor: 900,
    lines: [{ ...CANDLES, amountMinor: 900 }],
  })

  const reply = await post(
    '/v1/orders/query',
    { token: small.queryToken },
    await sessionOf(app, 82),
  )

  expect(reply.json()).toMatchObject({ order: { sourceId: 'small-1' }, offers: [] })
})

test('patent 4: an order pushed by API is taken once, changed when it differs, and answers with its receipt', async () => {
  const put = (body: object = {}) =>
    server.inject({
      method: 'PUT',
      url: '/v1/orders/till-1',
      headers: asMerchant(),
      payload: {
        storeId: '7',
        placedAt: '2026-11-21T10:00:00Z',
        currency: 'GBP',
        totalMinor: 1530,
        pin: '4711',
        lines: [{ sku: 'A', title: 'Candle', quantity: 6, unitMinor: 255, amountMinor: 1530 }],
        ...body,
      },
    })

  const first = await put()
  const second = await put()
  const changed = await put({ country: 'France' })

  expect(first.json()).toMatchObject({ outcome: 'taken', pin: '4711' })
  expect(second.json()).toMatchObject({
    outcome: 'unchanged',
    orderId: first.json().orderId,
    pin: '4711',
  })
  expect(changed.json()).toMatchObject({
    outcome: 'changed',
    orderId: first.json().orderId,
    pin: '4711',
  })
  const page = await server.inject({ url: new URL(first.json().receipt.url).pathname })
  expect(page.body).toContain('See my order in Telegram')
})

test('an order whose PIN was sealed with a key that is gone is still taken and opened by its receipt', async () => {
  const order = await addOrder(app, shop, 'old-key')
  const rotated = { ...app, tokens: createTokens(newKey('other'), () => app.now()) }
  const again = await addOrder(rotated, shop, 'old-key')
  const query = (by: OrderQuery) => queryOrder(rotated, { personId: 'telegram:88', by })

  expect(again).toMatchObject({ outcome: 'unchanged', orderId: order.orderId })
  expect(again).not.toHaveProperty('pin')
  expect(
    await query({ kind: 'pin', orderId: 'old-key', storeId: '7', pin: order.pin ?? '' }),
  ).toEqual({
    outcome: 'not_found',
  })
  expect(await query({ kind: 'token', token: again.queryToken })).toMatchObject({
    outcome: 'shown',
  })
})

test('a cancellation that comes before its order waits, and the order comes in cancelled', async () => {
  const cancelled = await server.inject({
    method: 'POST',
    url: '/v1/orders/late-1/cancel',
    headers: asMerchant(),
    payload: {},
  })
  const order = await addOrder(app, shop, 'late-1')
  const reply = await post(
    '/v1/orders/query',
    { token: order.queryToken },
    await sessionOf(app, 83),
  )

  expect(cancelled.json()).toEqual({ outcome: 'waits_for_order', repeated: false })
  expect(reply.json()).toMatchObject({ order: { status: 'cancelled' }, offers: [] })
})

test('a voucher is spent once at the till, and a repeated request id gets the first answer', async () => {
  const share = await addShare(app, shop)
  await addKnown(app, shop, 'telegram:90')
  const claimed = await post('/v1/claims', { token: share.token }, await sessionOf(app, 90))
  const { code } = claimed.json().voucher
  const redeem = (requestId: string) => post('/v1/redemptions', { code, requestId }, asMerchant())

  const first = await redeem('r-1')
  const repeated = await redeem('r-1')
  const second = await redeem('r-2')

  expect(first.json()).toMatchObject({
    outcome: 'redeemed',
    redemption: { amountMinor: 500, balanceAfterMinor: 0 },
  })
  expect(repeated.json()).toEqual({ ...first.json(), outcome: 'repeated' })
  expect(second.json()).toMatchObject({ status: 409, code: 'ERR_VOUCHER_ALREADY_REDEEMED' })
})

test('the till is for API keys and for staff whose session is fresh', async () => {
  const body = { code: 'ABCD', requestId: 'x' }
  const stranger = await post('/v1/redemptions', body, await sessionOf(app, 91))
  const stale = await post(
    '/v1/redemptions',
    body,
    await sessionOf(app, 91, new Date(app.now().getTime() - 3700_000)),
  )
  const nobody = await post('/v1/redemptions', body)

  expect(stranger.json()).toMatchObject({ status: 403, code: 'ERR_NOT_ALLOWED' })
  expect(stale.json()).toMatchObject({ status: 401, code: 'ERR_SESSION_TOO_OLD' })
  expect(nobody.json()).toMatchObject({ status: 401, code: 'ERR_SESSION_INVALID' })
})

test('a shared link has a page with a preview card, and a wrong one says so kindly', async () => {
  const share = await addShare(app, shop)

  const page = await server.inject({ url: `/s/${share.token}` })
  const card = await server.inject({ url: `/s/${share.token}/card.png` })
  const wrong = await server.inject({
    url: '/s/not-a-token-that-anybody-made',
    headers: { 'accept-language': 'zh-CN' },
  })

  expect(page.body).toContain('<meta property="og:image"')
  expect(page.body).toContain('https://t.me/passalong_bot/app?startapp=')
  expect(card.rawPayload.subarray(1, 4).toString()).toBe('PNG')
  expect({ status: wrong.statusCode, says: wrong.body.includes('链接无效') }).toEqual({
    status: 400,
    says: true,
  })
})

test('patent 11: vouchers are created for a store by its id and address, so many of them', async () => {
  const { json } = await post(
    '/v1/campaigns',
    {
      name: 'Spring',
      mode: 'matched',
      endsAt: '2030-01-01T00:00:00Z',
      budgetMinor: 100000,
      slotsPerShare: 3,
      offer: { title: 'Spring' },
    },
    { ...asMerchant(), 'idempotency-key': 'spring' },
  )
  const { campaignId } = json()
  const vouchers = (body: object) =>
    post(
      `/v1/campaigns/${campaignId}/vouchers`,
      { name: '£2 off', kind: 'amount_off', valueMinor: 200, quantity: 40, storeId: '7', ...body },
      asMerchant(),
    )

  const right = await vouchers({ storeAddress: '12 berwick street London' })
  const wrong = await vouchers({ storeAddress: '1 Elsewhere' })

  expect(right.json()).toMatchObject({ outcome: 'created', campaignId })
  expect(wrong.json()).toMatchObject({ code: 'ERR_STORE_NOT_FOUND' })
  const summary = await server.inject({
    url: `/v1/campaigns/${campaignId}/summary`,
    headers: asMerchant(),
  })
  expect(summary.json().campaign.templates).toMatchObject([
    { name: '£2 off', quantity: 40, issued: 0 },
  ])
})

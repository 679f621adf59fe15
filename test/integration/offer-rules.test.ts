import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import type { Rule } from '../../src/domain/rule.ts'
import type { Server } from '../../src/http/server.ts'
import { queryOrder } from '../../src/usecases/query-order.ts'
import { touchPerson } from '../../src/usecases/touch-person.ts'
import { testApp } from '../helpers/app.ts'
import { testHttp } from '../helpers/http.ts'
import { addCampaign, addOrder, addShop, type Shop } from '../helpers/shop.ts'

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

async function post(url: string, payload: object, apiKey = shop.apiKey) {
  const headers = { authorization: `Bearer ${apiKey}` }
  const reply = await server.inject({ method: 'POST', url, payload, headers })
  return { status: reply.statusCode, ...reply.json() }
}

/** The titles of the offers that somebody is shown with a new order. */
async function shownTo(
  personId: string,
  at: Shop,
  order: Parameters<typeof addOrder>[3] = {},
): Promise<string[]> {
  const { queryToken } = await addOrder(app, at, crypto.randomUUID(), order)
  const answer = await queryOrder(app, { personId, by: { kind: 'token', token: queryToken } })
  return answer.outcome === 'shown' ? answer.offers.map(({ title }) => title) : []
}

async function shopWith(rule: Rule): Promise<Shop> {
  const own = await addShop(app)
  await addCampaign(app, own, {
    startsAt: new Date('2026-11-01T00:00:00Z'),
    endsAt: new Date('2036-01-01T00:00:00Z'),
    offer: { title: 'Treat', rule },
  })
  return own
}

describe('patent 2 3: an order shows an offer', () => {
  test('to new customers only, with their first order and no later one', async () => {
    const own = await shopWith({ customer: 'new' })

    expect(await shownTo('telegram:1', own)).toEqual(['Treat'])
    expect(await shownTo('telegram:1', own)).toEqual([])
    expect(await shownTo('telegram:2', own)).toEqual(['Treat'])
  })

  test('to returning customers, from their second order on', async () => {
    const own = await shopWith({ customer: 'returning' })

    expect(await shownTo('telegram:3', own)).toEqual([])
    expect(await shownTo('telegram:3', own)).toEqual(['Treat'])
  })

  test('by the clock of its store: noon in UTC is noon in London, on a Sunday', async () => {
    const sunday = await shopWith({
      all: [{ weekdays: [7] }, { hours: { fromMinute: 720, toMinute: 721 } }],
    })
    const monday = await shopWith({ weekdays: [1] })

    expect(await shownTo('telegram:4', sunday)).toEqual(['Treat'])
    expect(await shownTo('telegram:4', monday)).toEqual([])
  })

  test('to people of a language, with orders of a country and of an article', async () => {
    const own = await shopWith({
      all: [{ languages: ['zh'] }, { countries: ['France'] }, { items: ['85123A'] }],
    })
    await touchPerson(app, { personId: 'telegram:5', language: 'zh' })
    await touchPerson(app, { personId: 'telegram:6', language: 'en' })

    expect(await shownTo('telegram:5', own, { country: 'France' })).toEqual(['Treat'])
    expect(await shownTo('telegram:5', own, { country: 'Spain' })).toEqual([])
    expect(await shownTo('telegram:6', own, { country: 'France' })).toEqual([])
  })
})

test('a rule is checked when it is saved, and nothing is kept of a wrong one', async () => {
  const campaign = (rule: unknown) => ({
    name: 'Spring',
    mode: 'matched',
    endsAt: '2030-01-01T00:00:00Z',
    budgetMinor: 100_000,
    slotsPerShare: 3,
    offer: { title: 'Spring', rule },
  })
  const other = await addShop(app, 'Other')

  const replies = [
    await post(
      '/v1/campaigns',
      campaign({ all: [{ amountMinor: { from: 20, to: 10 } }] }),
      other.apiKey,
    ),
    await post('/v1/campaigns', campaign({ not: { weather: 'sun' } }), other.apiKey),
    await post('/v1/campaigns', campaign({ storeIds: [shop.storeId] }), other.apiKey),
    await post('/v1/campaigns', campaign({ customer: 'new', shares: { from: 1 } }), other.apiKey),
  ]

  expect(replies.map(({ status, code }) => [status, code])).toEqual([
    [400, 'ERR_REQUEST_INVALID'],
    [400, 'ERR_REQUEST_INVALID'],
    [404, 'ERR_STORE_NOT_FOUND'],
    [400, 'ERR_REQUEST_INVALID'],
  ])
  expect(replies[0]?.title).toContain('offer.rule.all[0].amountMinor')
  expect(replies[1]?.title).toContain('offer.rule.not has the unknown condition "weather"')
  const [kept] = await app.db.run(
    ({ sql }) =>
      sql`select count(*)::integer as n from campaigns where merchant_id = ${other.merchantId}`,
  )
  expect(kept).toEqual({ n: 0 })
})

describe('the tester', () => {
  const rule: Rule = {
    all: [{ amountMinor: { from: 2000 } }, { any: [{ customer: 'new' }, { weekdays: [1] }] }],
  }

  test('says which part of an offer fails for an order, and writes nothing', async () => {
    const own = await shopWith(rule)
    await addOrder(app, own, 'small')
    const rows = await countRows(own)

    const { status, offers, dry } = await post(
      '/v1/offers/test',
      { order: { sourceId: 'small' }, dry: true },
      own.apiKey,
    )

    expect([status, dry]).toEqual([200, true])
    expect(offers).toMatchObject([
      {
        offer: { title: 'Treat', campaignName: 'Autumn' },
        isShown: false,
        fits: false,
        rule,
        judged: {
          by: 'all',
          fits: false,
          parts: [
            {
              fits: false,
              isDecisive: true,
              condition: { amountMinor: { from: 2000 } },
              found: 1530,
            },
            { by: 'any', fits: true, isDecisive: false },
          ],
        },
      },
    ])
    expect(await countRows(own)).toEqual(rows)
  })

  test('takes another moment, order or person for the one that is stored', async () => {
    const own = await shopWith(rule)
    const tested = async (more: object) => {
      const { offers } = await post(
        '/v1/offers/test',
        { order: { amountMinor: 2000, storeId: '7' }, person: { isReturning: true }, ...more },
        own.apiKey,
      )
      return offers[0].isShown
    }

    expect(await tested({})).toBe(false)
    // Monday in London has begun, as in UTC; half an hour earlier it has not
    expect(await tested({ now: '2026-11-23T00:00:00Z' })).toBe(true)
    expect(await tested({ now: '2026-11-22T23:30:00Z' })).toBe(false)
    expect(await tested({ person: { isReturning: false } })).toBe(true)
    expect(await tested({ now: '2036-11-24T00:00:00Z' })).toBe(false)
  })

  test('holds a rule that is not kept against an order', async () => {
    const { offers } = await post('/v1/offers/test', {
      rule: { not: { countries: ['France'] } },
      order: { country: 'france' },
    })

    expect(offers).toMatchObject([
      { fits: false, judged: { by: 'not', parts: [{ found: 'france' }] } },
    ])
  })

  test("knows nothing of another merchant's orders, offers and stores", async () => {
    const own = await shopWith(rule)
    await addOrder(app, own, 'theirs')
    const [offer] = await app.db.run(
      ({ sql }) =>
        sql<{ id: string }[]>`select id from offers where merchant_id = ${own.merchantId}`,
    )

    const replies = [
      await post('/v1/offers/test', { order: { sourceId: 'theirs' } }),
      await post('/v1/offers/test', { order: {}, offerId: offer?.id }),
      await post('/v1/offers/test', { order: { storeId: own.storeId } }),
    ]

    expect(replies.map(({ code }) => code)).toEqual([
      'ERR_ORDER_NOT_FOUND',
      'ERR_OFFER_NOT_FOUND',
      'ERR_STORE_NOT_FOUND',
    ])
  })
})

async function countRows({ merchantId }: Shop): Promise<unknown> {
  return app.db.run(
    ({ sql }) => sql`
      select (select count(*)::integer from usage_events where merchant_id = ${merchantId}) as events,
             (select count(*)::integer from decisions where merchant_id = ${merchantId}) as decisions,
             (select count(holder_id)::integer from orders where merchant_id = ${merchantId}) as bound`,
  )
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { MerchantWhyView, WhyView } from '../../src/domain/why.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { erasePerson } from '../../src/usecases/erase-person.ts'
import { changeSettings } from '../../src/usecases/person-settings.ts'
import { testApp } from '../helpers/app.ts'
import { sessionOf, testHttp } from '../helpers/http.ts'
import { addCampaign, addKnown, addOrder, addShare, addShop, type Shop } from '../helpers/shop.ts'

/** The second is of the control share, which is one in ten; the others are not. */
const [MATCHED, CONTROL, OTHER] = [101, 102, 103]

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

/** A shop with two kinds of vouchers and the preset one, where these people have an order. */
async function withShop(...known: number[]): Promise<Shop> {
  const shop = await addShop(app)
  await addCampaign(app, shop, {
    templates: [
      { name: 'Candle voucher', valueMinor: 500, traits: { candles: 1 } },
      { name: 'Tea voucher', valueMinor: 500, traits: { tea: 1 } },
    ],
    fallback: { name: 'Preset voucher' },
  })
  await app.db.run(
    ({ sql }) => sql`update merchants set control_bp = 1000 where id = ${shop.merchantId}`,
  )
  for (const id of known) await addKnown(app, shop, `telegram:${id}`)
  return shop
}

async function claim(shop: Shop, id: number) {
  const { token } = await addShare(app, shop)
  const { voucher, ...answer } = await claimShare(app, {
    personId: `telegram:${id}`,
    by: { kind: 'token', token },
  })
  if (!voucher) throw new Error(`no voucher: ${answer.result}`)
  return { ...answer, voucher }
}

async function askOwn(id: number, url: string) {
  const reply = await server.inject({ url, headers: await sessionOf(app, id) })
  return reply.json<WhyView & { status?: number; code?: string }>()
}

async function askShop({ apiKey }: Shop, payload: { code: string } | { voucherId: string }) {
  const reply = await server.inject({
    method: 'POST',
    url: '/v1/decisions/why',
    headers: { authorization: `Bearer ${apiKey}` },
    payload,
  })
  return reply.json<MerchantWhyView & { status?: number; code?: string }>()
}

const sumOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0)

describe('why somebody got their voucher', () => {
  test('patent 8: is told with what spoke for it, and how likely each was', async () => {
    const shop = await withShop(MATCHED)
    const { voucher, result } = await claim(shop, MATCHED)

    const why = await askOwn(MATCHED, `/v1/me/vouchers/${voucher.voucherId}/why`)

    expect(result).toBe('allocated')
    expect(why.by).toBe('match')
    expect(why.reasons[0]).toMatchObject({
      feature: 'fit',
      high: true,
      said: { en: 'It is meant for people who buy “candles”, and that fits.' },
    })
    expect(why.model).toBe('voucher/0')
    expect(sumOf(why.candidates.map(({ chance }) => chance))).toBeCloseTo(1)
    expect(why.candidates.map(({ name }) => name).toSorted()).toEqual([
      'Candle voucher',
      'Preset voucher',
      'Tea voucher',
    ])
    const chosen = why.candidates.find(({ isChosen }) => isChosen)
    expect(chosen).toMatchObject({ name: voucher.name, chance: why.chance })
    for (const { said } of why.reasons)
      expect([said.en, said.zh]).toEqual([expect.any(String), expect.any(String)])
  })

  test('what the merchant keeps from the model was nothing to choose from', async () => {
    const shop = await withShop(MATCHED)
    await app.db.run(
      ({ sql }) => sql`
        update voucher_templates set most_bp = 0
        where merchant_id = ${shop.merchantId} and name = 'Tea voucher'`,
    )
    const { voucher } = await claim(shop, MATCHED)

    const why = await askOwn(MATCHED, `/v1/me/vouchers/${voucher.voucherId}/why`)

    expect(voucher.name).toBe('Candle voucher')
    expect(why.candidates.map(({ name }) => name)).toEqual(['Candle voucher', 'Preset voucher'])
    expect(why.candidates.map(({ chance }) => chance)).toEqual([0.9, 0.1])
  })

  test('whoever is of the share compared with is told just that', async () => {
    const shop = await withShop(CONTROL)
    const { voucher, result, reason } = await claim(shop, CONTROL)

    const why = await askOwn(CONTROL, `/v1/me/vouchers/${voucher.voucherId}/why`)

    expect({ result, reason, name: voucher.name }).toEqual({
      result: 'fallback',
      reason: 'control',
      name: 'Preset voucher',
    })
    expect(why).toMatchObject({ by: 'control', reasons: [], chance: 0.1 })
    expect(why.said.en).toMatch(/^One in ten customers gets the standard voucher.* You are one of/)
  })

  test('patent 9: a stranger is told that it is for everybody who is new', async () => {
    const shop = await withShop()
    const { voucher } = await claim(shop, 555)

    const why = await askOwn(555, `/v1/me/vouchers/${voucher.voucherId}/why`)

    expect(why).toMatchObject({ by: 'stranger', model: '', candidates: [], chance: 1 })
    expect(await askShop(shop, { code: voucher.code })).toMatchObject({
      by: 'stranger',
      said: { en: 'They were new to this shop, and this is the voucher for everybody who is new.' },
    })
  })

  test('the merchant reads what was expected, and nothing of who it is', async () => {
    const shop = await withShop(MATCHED)
    const { voucher } = await claim(shop, MATCHED)

    const why = await askShop(shop, { code: voucher.code.toLowerCase() })

    expect(await askShop(shop, { voucherId: voucher.voucherId })).toEqual(why)
    expect(why.candidates).toHaveLength(3)
    for (const { expected } of why.candidates) expect(expected).toBeGreaterThan(0)
    expect(JSON.stringify(why)).not.toMatch(
      new RegExp(`${MATCHED}|telegram|"x"|"z"|\\byou\\b`, 'i'),
    )
  })

  test('is not told of somebody else’s voucher, of a wrong code, or to another shop', async () => {
    const [shop, other] = [await withShop(MATCHED, OTHER), await addShop(app, 'Elsewhere Ltd')]
    const { voucher } = await claim(shop, MATCHED)
    const mistyped = voucher.code.slice(0, -1) + (voucher.code.endsWith('A') ? 'B' : 'A')

    const refused = [
      await askOwn(OTHER, `/v1/me/vouchers/${voucher.voucherId}/why`),
      await askShop(other, { code: voucher.code }),
      await askShop(other, { voucherId: voucher.voucherId }),
      await askShop(shop, { code: mistyped }),
    ]

    for (const answer of refused)
      expect(answer).toMatchObject({ status: 404, code: 'ERR_VOUCHER_NOT_FOUND' })
    expect(await askOwn(MATCHED, '/v1/me/vouchers/nonsense/why')).toMatchObject({ status: 400 })
    expect(await askShop(shop, { code: '' })).toMatchObject({ code: 'ERR_REQUEST_INVALID' })
  })

  test('is forgotten with the decision, and with the person', async () => {
    const shop = await withShop(MATCHED, 108)
    const { voucher } = await claim(shop, MATCHED)
    const erased = await claim(shop, 108)
    await app.db.run(
      ({ sql }) => sql`delete from decisions where merchant_id = ${shop.merchantId}
        and subject_id = (select claim_id from vouchers where id = ${voucher.voucherId} and merchant_id = ${shop.merchantId})`,
    )
    await erasePerson(app, 'telegram:108')

    const url = `/v1/me/vouchers/${voucher.voucherId}/why`
    expect(await askOwn(MATCHED, url)).toMatchObject({
      status: 404,
      code: 'ERR_DECISION_NOT_FOUND',
    })
    expect(await askShop(shop, { code: voucher.code })).toMatchObject({
      code: 'ERR_DECISION_NOT_FOUND',
    })
    expect(await askOwn(108, `/v1/me/vouchers/${erased.voucher.voucherId}/why`)).toMatchObject({
      code: 'ERR_VOUCHER_NOT_FOUND',
    })
  })
})

describe('whoever wants nothing personal', () => {
  test('gets the preset voucher, whatever is known of them, and is told so', async () => {
    const shop = await withShop(MATCHED)
    await changeSettings(app, `telegram:${MATCHED}`, { personal: false })
    const { voucher, result, reason } = await claim(shop, MATCHED)
    await changeSettings(app, `telegram:${MATCHED}`, { personal: true })

    const why = await askOwn(MATCHED, `/v1/me/vouchers/${voucher.voucherId}/why`)

    expect({ result, reason, name: voucher.name }).toEqual({
      result: 'fallback',
      reason: 'not_personal',
      name: 'Preset voucher',
    })
    expect(why).toMatchObject({
      by: 'not_personal',
      model: '',
      candidates: [],
      said: { en: 'You asked us not to personalise, so you got the standard voucher.' },
    })
  })

  test('is kept in the copy of their data, with what the model was told of others', async () => {
    const shop = await withShop(MATCHED)
    await claim(shop, MATCHED)
    await changeSettings(app, `telegram:${MATCHED}`, { personal: false })

    const reply = await server.inject({
      url: '/v1/me/export',
      headers: await sessionOf(app, MATCHED),
    })
    await changeSettings(app, `telegram:${MATCHED}`, { personal: true })

    const data = reply.json<{
      person: object
      merchants: {
        merchantId: string
        customer: object
        decisions: { point: string; candidates: unknown }[]
      }[]
    }>()
    const kept = data.merchants.find(({ merchantId }) => merchantId === shop.merchantId)
    expect(data.person).toMatchObject({ personal: false })
    expect(kept?.customer).toMatchObject({
      latestOrders: ['2026-11-21T10:00:00+00:00'],
      tried: {},
    })
    expect(kept?.decisions.find(({ point }) => point === 'voucher')).toMatchObject({
      candidates: {
        x: { always: 1, orders: expect.any(Number), weekend: 1 },
        arms: [{ z: { fit: expect.any(Number) } }, {}, {}],
      },
      outcomes: [],
    })
  })
})

describe('why an offer comes first', () => {
  async function withOffers(id: number) {
    const shop = await addShop(app)
    for (const title of ['Candles for friends', 'Tea for friends']) {
      await addCampaign(app, shop, { name: title, offer: { title } })
    }
    await addKnown(app, shop, `telegram:${OTHER}`)
    const { orderId, queryToken } = await addOrder(app, shop, 'first')
    const headers = await sessionOf(app, id)
    await server.inject({
      method: 'POST',
      url: '/v1/orders/query',
      headers,
      payload: { token: queryToken },
    })
    return `/v1/me/orders/${orderId}/why`
  }

  test('patent 3: is told to whoever holds the order, and to nobody else', async () => {
    const url = await withOffers(MATCHED)

    const why = await askOwn(MATCHED, url)

    expect(['match', 'draw']).toContain(why.by)
    expect(why.model).toBe('offer/0')
    expect(why.candidates.map(({ name }) => name).toSorted()).toEqual([
      'Candles for friends',
      'Tea for friends',
    ])
    expect(await askOwn(OTHER, url)).toMatchObject({ status: 404, code: 'ERR_ORDER_NOT_FOUND' })
  })

  test('without personalising it is the order in which they were made', async () => {
    await changeSettings(app, 'telegram:109', { personal: false })

    expect(await askOwn(109, await withOffers(109))).toMatchObject({
      by: 'not_personal',
      said: { en: 'You asked us not to personalise, so offers come in their usual order.' },
    })
  })
})

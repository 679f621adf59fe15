import { afterAll, beforeAll, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { ERROR_STATUS } from '../../src/errors.ts'
import type { Server } from '../../src/http/server.ts'
import { changeCampaign } from '../../src/usecases/change-campaign.ts'
import { testApp } from '../helpers/app.ts'
import { sessionOf, testHttp } from '../helpers/http.ts'
import { addCampaign, addOrder, addShop, type Shop } from '../helpers/shop.ts'
import { sourcesIn } from '../helpers/source.ts'

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

const post = async (url: string, payload: object, person: number) =>
  server.inject({ method: 'POST', url, payload, headers: await sessionOf(app, person) })

/** In a shop of its own: an order that the person has opened, and an offer that was shown for it. */
async function shownTo(person: number) {
  const own = await addShop(app, `Shop ${person}`)
  const { campaignId } = await addCampaign(app, own)
  const { queryToken: token } = await addOrder(app, own, `of-${person}`)
  const { order, offers } = (await post('/v1/orders/query', { token }, person)).json()
  const { merchantId, orderId } = order
  return { merchantId, campaignId, orderId, offerId: offers[0].offerId }
}

test('sharing an offer that does not exist is told apart from one that is spent or stopped', async () => {
  const [spent, stopped] = [await shownTo(1), await shownTo(2)]
  const share = ({ merchantId, orderId, offerId }: typeof spent, person: number) =>
    post('/v1/shares', { merchantId, orderId, offerId }, person)
  const { share: made, links } = (await share(spent, 1)).json()
  const token = new URL(links.app).searchParams.get('startapp')
  await post('/v1/claims', { token }, 1)
  await post(`/v1/shares/${made.shareId}/revoke`, { merchantId: spent.merchantId }, 1)
  await changeCampaign(app, { ...stopped, to: 'paused' })

  const replies = [
    await share({ ...spent, offerId: 'off_00000000000000000000' }, 1),
    await share(spent, 1),
    await share(stopped, 2),
  ]

  expect(replies.map((reply) => reply.json())).toMatchObject([
    { status: 404, code: 'ERR_OFFER_NOT_FOUND' },
    { status: 409, code: 'ERR_SHARE_SPENT' },
    { status: 409, code: 'ERR_STATE_CONFLICT' },
  ])
})

test.each([
  [{ orderId: 'x', storeId: 7, pin: '4711' }, 'body.storeId must be string'],
  [{ token: 'short' }, 'body.token must NOT have fewer than 20 characters'],
  [
    { orderId: 'x', storeId: '7' },
    "body must have required property 'token', or must have required property 'reference', or must have required property 'pin'",
  ],
])('%j as a query of an order is refused with what is wrong with it', async (query, title) => {
  const reply = await post('/v1/orders/query', query, 3)

  expect(reply.json()).toMatchObject({ status: 400, code: 'ERR_REQUEST_INVALID', title })
})

test.each([
  ['no body', undefined],
  ['an empty body', 'application/json'],
])('an order is cancelled with %s', async (what, type) => {
  const reply = await server.inject({
    method: 'POST',
    url: `/v1/orders/${what.replaceAll(' ', '-')}/cancel`,
    headers: { authorization: `Bearer ${shop.apiKey}`, ...(type && { 'content-type': type }) },
  })

  expect(reply.json()).toEqual({ outcome: 'waits_for_order', repeated: false })
})

test('every code of an error is answered somewhere', async () => {
  const sources = (await sourcesIn('src')).filter(({ path }) => !/errors\.ts$|miniapp/.test(path))
  const said = sources.map(({ text }) => text).join()

  expect(Object.keys(ERROR_STATUS).filter((code) => !said.includes(`'${code}'`))).toEqual([])
})

import { expect, test } from 'vitest'

import type { Order } from '../../../src/miniapp/api/answers.ts'
import { answeringServer, problem, sessions } from './answering-server.ts'

const TRADE = {
  method: 'POST',
  path: '/v1/session',
  session: undefined,
  body: { initData: 'signed by Telegram' },
}

test('initData is traded once, and the session goes with every request after that', async () => {
  const trade = sessions()
  await using server = await answeringServer(
    (seen) => trade(seen) ?? { body: { orders: [], vouchers: [] } },
  )

  const both = await Promise.all([server.api.orders(), server.api.vouchers()])

  expect(both).toEqual([[], []])
  expect(server.seen[0]).toEqual(TRADE)
  const rest = server.seen
    .slice(1)
    .map(({ method, path, session }) => `${method} ${path} ${session}`)
  expect(rest.toSorted()).toEqual([
    'GET /v1/me/orders Bearer session-1',
    'GET /v1/me/vouchers Bearer session-1',
  ])
})

test('a session that ran out is renewed by one trade for all who wait', async () => {
  const trade = sessions()
  await using server = await answeringServer((seen) => {
    if (seen.session === 'Bearer session-1') return problem(401, 'ERR_SESSION_INVALID')
    return trade(seen) ?? { body: { orders: [], vouchers: [], shares: [] } }
  })

  const { api } = server
  const all = await Promise.all([api.orders(), api.vouchers(), api.shares()])

  expect(all).toEqual([[], [], []])
  expect(server.seen.filter(({ path }) => path === '/v1/session')).toHaveLength(2)
})

test('when Telegram’s data are too old themselves, the page has to be opened again', async () => {
  await using server = await answeringServer(() => problem(401, 'ERR_INIT_DATA_INVALID'))

  const refused = server.api.vouchers()

  await expect(refused).rejects.toMatchObject({ kind: 'signed_out', code: 'ERR_INIT_DATA_INVALID' })
  expect(server.seen).toHaveLength(1)
})

test('a request that is refused with a fresh session is not sent a third time', async () => {
  const trade = sessions()
  await using server = await answeringServer(
    (seen) => trade(seen) ?? problem(401, 'ERR_SESSION_INVALID'),
  )

  await expect(server.api.vouchers()).rejects.toMatchObject({ kind: 'signed_out' })

  expect(server.seen.map(({ path }) => path)).toEqual([
    '/v1/session',
    '/v1/me/vouchers',
    '/v1/session',
    '/v1/me/vouchers',
  ])
})

test('a trade that failed is made again by the next request', async () => {
  const trade = sessions()
  await using server = await answeringServer((seen, nth) =>
    nth === 1 ? problem(500, 'ERR_INTERNAL') : (trade(seen) ?? { body: { vouchers: [] } }),
  )

  await expect(server.api.vouchers()).rejects.toMatchObject({ kind: 'broken', status: 500 })
  await expect(server.api.vouchers()).resolves.toEqual([])
})

test('asking too often is told with the time to wait, and not asked again by itself', async () => {
  const trade = sessions()
  await using server = await answeringServer(
    (seen) => trade(seen) ?? problem(429, 'ERR_TOO_MANY_REQUESTS', { 'retry-after': '17' }),
  )

  const refused = server.api.claim('token')

  await expect(refused).rejects.toMatchObject({ kind: 'busy', status: 429, retryAfterSeconds: 17 })
  expect(server.pauses).toEqual([])
})

test('a full server is asked again after the pause it names, and a little longer', async () => {
  const trade = sessions()
  const claimed = { result: 'exhausted', merchantName: 'Corner Bakery' }
  await using server = await answeringServer((seen, nth) => {
    const full = problem(503, 'ERR_BUSY', { 'retry-after': '2' })
    return trade(seen) ?? (nth < 4 ? full : { body: claimed })
  })

  await expect(server.api.claim('token')).resolves.toEqual(claimed)

  expect(server.pauses).toHaveLength(2)
  for (const pause of server.pauses) expect(pause).toBeGreaterThanOrEqual(2000)
  for (const pause of server.pauses) expect(pause).toBeLessThanOrEqual(3000)
})

test('a server that stays full is given up after three tries, and never waited for long', async () => {
  const trade = sessions()
  await using server = await answeringServer(
    (seen) => trade(seen) ?? problem(503, 'ERR_BUSY', { 'retry-after': '600' }),
  )

  await expect(server.api.claim('token')).rejects.toMatchObject({ kind: 'busy', status: 503 })

  expect(server.seen.filter(({ path }) => path === '/v1/claims')).toHaveLength(3)
  for (const pause of server.pauses) expect(pause).toBeLessThanOrEqual(7500)
})

test('a server that is not there, and one that does not answer in time, are unreachable', async () => {
  await using slow = await answeringServer(() => new Promise(() => {}), 300)
  const gone = await answeringServer(() => ({}))
  await gone.close()

  await expect(slow.api.open()).rejects.toMatchObject({ kind: 'unreachable', status: 0 })
  await expect(gone.api.open()).rejects.toMatchObject({ kind: 'unreachable', status: 0 })
})

test('the stable code of a refusal is passed on', async () => {
  const trade = sessions()
  await using server = await answeringServer(
    (seen) => trade(seen) ?? problem(409, 'ERR_ORDER_BOUND_TO_OTHER'),
  )

  const refused = server.api.queryOrder({ orderId: '536365', storeId: '7', pin: '123456' })

  await expect(refused).rejects.toMatchObject({ kind: 'refused', code: 'ERR_ORDER_BOUND_TO_OTHER' })
})

test('a page of HTML is no answer, whatever its status', async () => {
  await using ok = await answeringServer(() => ({
    html: '<h1>Welcome to the hotel’s network</h1>',
  }))
  await using bad = await answeringServer(() => ({ status: 502, html: '<h1>Bad gateway</h1>' }))

  await expect(ok.api.open()).rejects.toMatchObject({ kind: 'broken', status: 200 })
  await expect(bad.api.open()).rejects.toMatchObject({ kind: 'broken', status: 502, code: '' })
})

test('a share is made, read and stopped with its merchant named every time', async () => {
  const trade = sessions()
  const links = { chat: 'https://t.me/bot?start=x', page: 'https://shop.example/s/x' }
  await using server = await answeringServer(
    (seen) => trade(seen) ?? { body: { share: { shareId: 'shr_1' }, links } },
  )
  const order = { merchantId: 'mer_1', orderId: 'ord_1' } as Order
  const id = { merchantId: 'mer_1', shareId: 'shr_1' }

  expect(await server.api.shareOffer(order, 'off_1')).toEqual({ shareId: 'shr_1', links })
  expect(await server.api.share(id)).toEqual({ shareId: 'shr_1', links })
  await server.api.revokeShare(id)

  const asked = server.seen.slice(1).map(({ method, path, body }) => ({ method, path, body }))
  expect(asked).toEqual([
    {
      method: 'POST',
      path: '/v1/shares',
      body: { orderId: 'ord_1', offerId: 'off_1', merchantId: 'mer_1' },
    },
    { method: 'GET', path: '/v1/shares/shr_1?merchantId=mer_1', body: undefined },
    { method: 'POST', path: '/v1/shares/shr_1/revoke', body: { merchantId: 'mer_1' } },
  ])
})

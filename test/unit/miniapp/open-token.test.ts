import { expect, test } from 'vitest'

import { openToken } from '../../../src/miniapp/api/open-token.ts'
import { answeringServer, problem, sessions } from './answering-server.ts'

test('patent 1: opening a share’s link claims it', async () => {
  const trade = sessions()
  const claimed = { result: 'exhausted', merchantName: 'Corner Bakery' }
  await using server = await answeringServer((seen) => trade(seen) ?? { body: claimed })

  const opened = await openToken(server.api, 'token')

  expect(opened).toEqual({ kind: 'claim', ...claimed })
  expect(server.seen.map(({ path, body }) => [path, body]).slice(1)).toEqual([
    ['/v1/claims', { token: 'token' }],
  ])
})

test('patent 5: what is no share is looked up as a receipt', async () => {
  const trade = sessions()
  const found = { order: { orderId: 'ord_1' }, offers: [] }
  await using server = await answeringServer((seen) => {
    if (seen.path === '/v1/claims') return problem(400, 'ERR_TOKEN_INVALID')
    return trade(seen) ?? { body: found }
  })

  const opened = await openToken(server.api, 'token')

  expect(opened).toEqual({ kind: 'order', ...found })
  expect(server.seen.at(-1)).toMatchObject({ path: '/v1/orders/query', body: { token: 'token' } })
})

test('what is neither says that the link is not valid', async () => {
  const trade = sessions()
  await using server = await answeringServer(
    (seen) => trade(seen) ?? problem(400, 'ERR_TOKEN_INVALID'),
  )

  await expect(openToken(server.api, 'forged')).rejects.toMatchObject({ code: 'ERR_TOKEN_INVALID' })
})

test('a claim that fails otherwise is not taken for a receipt', async () => {
  const trade = sessions()
  await using server = await answeringServer(
    (seen) => trade(seen) ?? problem(429, 'ERR_TOO_MANY_REQUESTS'),
  )

  await expect(openToken(server.api, 'token')).rejects.toMatchObject({ kind: 'busy' })

  expect(server.seen.map(({ path }) => path)).toEqual(['/v1/session', '/v1/claims'])
})

import { expect, test } from 'vitest'

import { createTill } from '../../../src/miniapp/state/till.ts'
import { answeringServer, problem, type Seen, sessions } from './answering-server.ts'
import { voucher } from './sample.ts'

const CODE = '7KQ2M4XV9RTCV'
const REDEMPTION = { redemptionId: 'rdm_1', amountMinor: 500 }

/** A till in front of a server that answers validations and redemptions as it is told. */
async function tillAt(answer: (seen: Seen) => object | undefined) {
  const trade = sessions()
  const server = await answeringServer(
    (seen) => trade(seen) ?? answer(seen) ?? { body: { outcome: 'valid', voucher: voucher() } },
  )
  const till = createTill(server.api.at('mer_1'), { code: CODE, storeId: 'sto_1' })
  const redemptions = () => server.seen.filter(({ path }) => path === '/v1/redemptions')
  return { ...server, till, redemptions }
}

function isRedemption({ path }: Seen): boolean {
  return path === '/v1/redemptions'
}

test('a code is checked and spent with its merchant, its store and the amount of the order', async () => {
  await using server = await tillAt((seen) =>
    isRedemption(seen)
      ? { body: { outcome: 'redeemed', redemption: REDEMPTION } }
      : { body: { outcome: 'valid', voucher: voucher(), amountMinor: 500 } },
  )

  await server.till.check({ orderMinor: 2000 })
  const redemption = await server.till.redeem({ orderMinor: 2000 })

  const spot = { code: CODE, storeId: 'sto_1', orderMinor: 2000, merchantId: 'mer_1' }
  expect(server.seen.at(-2)?.body).toEqual(spot)
  expect(server.seen.at(-1)?.body).toEqual({ ...spot, requestId: expect.any(String) })
  expect(server.till.checked.value?.validation.amountMinor).toBe(500)
  expect(redemption).toEqual(REDEMPTION)
})

test('after a lost answer the same is sent with the same request id, something else with another', async () => {
  let tries = 0
  await using server = await tillAt((seen) => {
    if (!isRedemption(seen)) return undefined
    return ++tries === 1
      ? problem(500, 'ERR_INTERNAL')
      : { body: { outcome: 'repeated', redemption: REDEMPTION } }
  })

  const lost = await server.till.redeem({})
  expect(server.till.problem.value?.kind).toBe('broken')
  await server.till.redeem({ amountMinor: 100 })
  const found = await server.till.redeem({})
  await server.till.redeem({})

  const [first, other, again, anew] = server
    .redemptions()
    .map(({ body }) => (body as { requestId: string }).requestId)
  expect(lost).toBeUndefined()
  expect(found).toEqual(REDEMPTION)
  expect(again).toBe(first)
  expect(other).not.toBe(first)
  expect(anew).not.toBe(first)
})

test('when another till was first, the voucher as it is now says who and when', async () => {
  const used = { by: 'staff', label: 'Tom, Soho', redeemedAt: '2026-11-22T14:03:00.000Z' }
  await using server = await tillAt((seen) =>
    isRedemption(seen)
      ? problem(409, 'ERR_VOUCHER_ALREADY_REDEEMED')
      : { body: { outcome: 'already_redeemed', voucher: voucher({ status: 'redeemed' }), used } },
  )

  expect(await server.till.redeem({})).toBeUndefined()

  expect(server.till.checked.value?.validation).toMatchObject({ outcome: 'already_redeemed', used })
  expect(server.till.problem.value).toBeUndefined()
})

test('a refusal that the voucher does not explain is a problem', async () => {
  await using server = await tillAt((seen) =>
    isRedemption(seen) ? problem(409, 'ERR_IDEMPOTENCY_CONFLICT') : undefined,
  )

  await server.till.redeem({})

  expect(server.till.problem.value?.code).toBe('ERR_IDEMPOTENCY_CONFLICT')
  expect(server.till.isBusy.value).toBe(false)
})

test('a session that is too old for the till is told at once, and not traded again', async () => {
  await using server = await tillAt(() => problem(401, 'ERR_SESSION_TOO_OLD'))

  await server.till.check()

  expect(server.till.problem.value?.code).toBe('ERR_SESSION_TOO_OLD')
  expect(server.seen.map(({ path }) => path)).toEqual(['/v1/session', '/v1/validations'])
})

test('of two checks the later one counts, whichever is answered first', async () => {
  const waiting: (() => void)[] = []
  const trade = sessions()
  await using server = await answeringServer(async (seen) => {
    const traded = trade(seen)
    if (traded) return traded
    const { orderMinor } = seen.body as { orderMinor: number }
    if (orderMinor === 1) await new Promise<void>((go) => waiting.push(go))
    return { body: { outcome: 'valid', amountMinor: orderMinor } }
  })
  const till = createTill(server.api.at('mer_1'), { code: CODE })

  const slow = till.check({ orderMinor: 1 })
  await expect.poll(() => waiting.length).toBe(1)
  await till.check({ orderMinor: 2 })
  for (const go of waiting) go()
  await slow

  expect(till.checked.value?.validation.amountMinor).toBe(2)
})

import { expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { audit } from '../../src/store/audit.ts'
import { expireDueHolds } from '../../src/usecases/expire-due-holds.ts'
import { expireDueVouchers } from '../../src/usecases/expire-due-vouchers.ts'
import { holdVoucher, releaseHold } from '../../src/usecases/hold-voucher.ts'
import { redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { validateVoucher } from '../../src/usecases/validate-voucher.ts'
import { testApp } from '../helpers/app.ts'
import { testHttp } from '../helpers/http.ts'
import { addShop } from '../helpers/shop.ts'
import { anotherVoucher, withVoucher } from '../helpers/vouchers.ts'

const by = 'api'

/** A till at a voucher: each answer in few words. */
function tillAt(app: AppContext, merchantId: string, code: string) {
  const requestId = () => crypto.randomUUID()
  return {
    hold: async (amountMinor?: number, more: { requestId?: string; ttlSeconds?: number } = {}) => {
      const order = { merchantId, code, amountMinor, requestId: requestId(), by, ...more }
      const result = await holdVoucher(app, order)
      return result.outcome === 'refused' ? { holdId: result.reason } : result.hold
    },
    redeem: async (more: { amountMinor?: number; holdId?: string; orderMinor?: number } = {}) => {
      const order = { merchantId, code, requestId: requestId(), by, ...more }
      const result = await redeemVoucher(app, order)
      return result.outcome === 'refused' ? result.reason : result.redemption.amountMinor
    },
    release: async (holdId: string) => {
      const result = await releaseHold(app, { merchantId, holdId })
      return result.outcome === 'refused' ? result.reason : result.outcome
    },
    seen: async () => {
      const { outcome, voucher } = await validateVoucher(app, { merchantId, code, by })
      return [outcome, voucher?.status, voucher?.balanceMinor, voucher?.heldMinor]
    },
  }
}

/** As if the time of all holds had passed. */
async function passHolds(app: AppContext, merchantId: string): Promise<void> {
  await app.db.run(
    ({ sql }) =>
      sql`update holds set expires_at = clock_timestamp() where merchant_id = ${merchantId}`,
  )
}

test('what a till holds no other till can spend; with the hold it is spent, and the rest is free again', async () => {
  await using app = await testApp()
  const { shop, voucher } = await withVoucher(app)
  const { hold, redeem, seen } = tillAt(app, shop.merchantId, voucher.code)

  const { holdId } = await hold(600)
  expect(await seen()).toEqual(['valid', 'issued', 1000, 600])
  expect(await redeem({ amountMinor: 401 })).toBe('held')
  expect(await redeem({ amountMinor: 1001 })).toBe('amount_exceeds_balance')
  expect(await redeem({ amountMinor: 601, holdId })).toBe('amount_exceeds_hold')
  expect(await redeem({ amountMinor: 250, holdId })).toBe(250)
  expect(await seen()).toEqual(['valid', 'partially_redeemed', 750, undefined])
  expect(await redeem({ holdId })).toBe('hold_over')
  expect(await redeem()).toBe(750)
  expect(await audit(app.db)).toEqual([])
})

test('where nothing free is left a voucher is held', async () => {
  await using app = await testApp()
  const { shop, voucher } = await withVoucher(app)
  const { hold, redeem, seen } = tillAt(app, shop.merchantId, voucher.code)

  await hold(300)
  const { holdId } = await hold()
  expect(await seen()).toEqual(['held', 'held', 1000, 1000])
  expect(await redeem()).toBe('held')
  expect(await hold(1)).toEqual({ holdId: 'held' })
  expect(await redeem({ holdId })).toBe(700)
  expect(await seen()).toEqual(['held', 'held', 300, 300])
  expect(await audit(app.db)).toEqual([])
})

test('a voucher that is spent at one go is held at one go', async () => {
  await using app = await testApp()
  const { shop, voucher } = await withVoucher(app, {
    kind: 'percent_off',
    percentBp: 1500,
    valueMinor: 800,
    minSpendMinor: 1000,
  })
  const { hold, redeem, seen } = tillAt(app, shop.merchantId, voucher.code)

  const held = await hold()
  expect(held).toMatchObject({ amountMinor: 800, status: 'held' })
  expect(await hold(1)).toEqual({ holdId: 'held' })
  expect(await redeem({ orderMinor: 2000 })).toBe('held')
  expect(await redeem({ holdId: held.holdId, orderMinor: 999 })).toBe('min_spend_not_met')
  expect(await redeem({ holdId: held.holdId, orderMinor: 2000 })).toBe(300)
  expect(await seen()).toEqual(['already_redeemed', 'redeemed', 0, undefined])
  expect(await audit(app.db)).toEqual([])
})

test('releasing twice gives back once; what was spent is not released', async () => {
  await using app = await testApp()
  const { shop, voucher } = await withVoucher(app)
  const { hold, release, redeem, seen } = tillAt(app, shop.merchantId, voucher.code)
  const first = await hold(400)
  const second = await hold(500)

  expect(await release(first.holdId)).toBe('released')
  expect(await release(first.holdId)).toBe('unchanged')
  expect(await seen()).toEqual(['valid', 'issued', 1000, 500])
  expect(await redeem({ holdId: first.holdId })).toBe('hold_over')
  await redeem({ holdId: second.holdId })
  expect(await release(second.holdId)).toBe('hold_over')
  expect(await release('hld_00000000000000000000')).toBe('unknown_hold')
  expect(await audit(app.db)).toEqual([])
})

test('a hold that is past its end keeps nobody from spending, tidied or not', async () => {
  await using app = await testApp()
  const { shop, voucher } = await withVoucher(app)
  const { merchantId } = shop
  const { hold, release, redeem, seen } = tillAt(app, merchantId, voucher.code)

  const first = await hold()
  await passHolds(app, merchantId)
  expect(await seen()).toEqual(['valid', 'issued', 1000, undefined])
  expect(await redeem({ amountMinor: 10, holdId: first.holdId })).toBe('hold_over')
  expect(await release(first.holdId)).toBe('unchanged')
  expect(await redeem({ amountMinor: 100 })).toBe(100)
  await hold()
  await passHolds(app, merchantId)
  expect([await expireDueHolds(app), await expireDueHolds(app)]).toEqual([1, 0])
  expect(await hold(900)).toMatchObject({ amountMinor: 900 })
  expect(await audit(app.db)).toEqual([])
})

test('a hold ends with its voucher at the latest, and what was held is booked unused', async () => {
  await using app = await testApp()
  const { shop, voucher } = await withVoucher(app)
  const { merchantId } = shop
  const { hold, redeem } = tillAt(app, merchantId, voucher.code)
  await app.db.run(
    ({ sql }) => sql`
      update vouchers set expires_at = clock_timestamp() + interval '1 hour'
      where merchant_id = ${merchantId}`,
  )
  const held = await hold(600, { ttlSeconds: 7 * 24 * 3600 })

  await app.db.run(
    ({ sql }) =>
      sql`update vouchers set expires_at = clock_timestamp() where merchant_id = ${merchantId}`,
  )
  expect('expiresAt' in held && held.expiresAt.getTime() - Date.now()).toBeLessThan(3600_000)
  expect(await redeem({ holdId: held.holdId })).toBe('expired')
  expect(await expireDueVouchers(app)).toBe(1)
  expect(await redeem({ holdId: held.holdId })).toBe('hold_over')
  expect(await audit(app.db)).toEqual([])
})

test('a request id holds once, and for one thing', async () => {
  await using app = await testApp()
  const { shop, voucher } = await withVoucher(app)
  const { hold, seen } = tillAt(app, shop.merchantId, voucher.code)

  const held = await Promise.all(
    Array.from({ length: 8 }, () => hold(100, { requestId: 'same', ttlSeconds: 60 })),
  )

  expect(new Set(held.map(({ holdId }) => holdId)).size).toBe(1)
  expect(await seen()).toEqual(['valid', 'issued', 1000, 100])
  await expect(hold(200, { requestId: 'same', ttlSeconds: 60 })).rejects.toMatchObject({
    code: 'ERR_IDEMPOTENCY_CONFLICT',
  })
})

test('tills that hold, release and spend at the same moment never get more than there is, over many rounds', async () => {
  await using app = await testApp()
  const { shop } = await withVoucher(app, undefined, { claimScope: 'share' })

  for (let round = 0; round < 15; round++) {
    const { voucher } = await anotherVoucher(app, shop)
    const { hold, redeem, release } = tillAt(app, shop.merchantId, voucher.code)
    const { holdId } = await hold(500)
    const [first, second, released, ...others] = await Promise.all([
      redeem({ holdId }),
      redeem({ holdId }),
      release(holdId),
      redeem({ amountMinor: 500 }),
      redeem({ amountMinor: 500 }),
      hold(500).then((held) => ('amountMinor' in held ? held.amountMinor : held.holdId)),
      hold(500).then((held) => ('amountMinor' in held ? held.amountMinor : held.holdId)),
    ])

    const captures = [first, second].filter((answer) => answer === 500)
    expect({ round, captures: captures.length + (released === 'released' ? 1 : 0) }).toEqual({
      round,
      captures: 1,
    })
    const taken = [first, second, ...others].filter((answer) => answer === 500)
    expect(taken.length).toBeLessThanOrEqual(2)
  }
  expect(await audit(app.db)).toEqual([])
})

test('over the API a hold is made, spent and released, and another merchant sees nothing of it', async () => {
  await using app = await testApp()
  const { shop, voucher } = await withVoucher(app)
  const other = await addShop(app, 'Other & Sons')
  await using server = await testHttp(app)
  const post = async (url: string, payload: object, { apiKey } = shop) => {
    const headers = { authorization: `Bearer ${apiKey}` }
    return (await server.inject({ method: 'POST', url, headers, payload })).json()
  }
  const { code } = voucher

  const { outcome, hold } = await post('/v1/holds', { code, amountMinor: 600, requestId: 'h' })
  expect({ outcome, ...hold }).toMatchObject({ outcome: 'held', amountMinor: 600, status: 'held' })
  const { holdId } = hold
  expect(await post('/v1/holds/release', { holdId }, other)).toMatchObject({
    code: 'ERR_HOLD_NOT_FOUND',
  })
  expect(await post('/v1/redemptions', { code, requestId: 'r1', holdId }, other)).toMatchObject({
    code: 'ERR_VOUCHER_NOT_FOUND',
  })
  expect(await post('/v1/redemptions', { code, amountMinor: 500, requestId: 'r2' })).toMatchObject({
    code: 'ERR_VOUCHER_HELD',
  })
  expect(await post('/v1/holds/release', { holdId })).toMatchObject({
    outcome: 'released',
    hold: { status: 'released', voucher: { balanceMinor: 1000 } },
  })
  expect(await post('/v1/redemptions', { code, requestId: 'r3', holdId })).toMatchObject({
    code: 'ERR_HOLD_OVER',
  })
})

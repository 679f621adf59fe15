import { describe, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { newId } from '../../src/ids.ts'
import { audit } from '../../src/store/audit.ts'
import { ingestCancellations } from '../../src/store/orders.ts'
import { cancelOrder, refundOrder } from '../../src/usecases/cancel-order.ts'
import { expireDueVouchers } from '../../src/usecases/expire-due-vouchers.ts'
import { holdVoucher } from '../../src/usecases/hold-voucher.ts'
import { ingestOrders } from '../../src/usecases/ingest-orders.ts'
import { redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { rollBackRedemption } from '../../src/usecases/roll-back-redemption.ts'
import { otherProcesses, testApp } from '../helpers/app.ts'
import { testHttp } from '../helpers/http.ts'
import { addOrder, CANDLES, type Shop } from '../helpers/shop.ts'
import { anotherVoucher, withVoucher } from '../helpers/vouchers.ts'

type Place = AsyncDisposable & {
  app: AppContext
  shop: Shop
  code: string
  shareOrderId: string
  pay(orderId: string, amountMinor?: number): Promise<string>
  cancel(orderSourceId: string): Promise<{ outcome: string; repeated: boolean }>
  refund(orderSourceId: string, refundId: string, amountMinor: number): Promise<string>
  giveBack(redemptionId: string, more: object): Promise<string | number>
  state(): Promise<{ status: string; left: number; redeemed: number; unused: number }>
}

/** Somebody at the till with a gift balance of £10. */
async function placeWith(campaign: Parameters<typeof withVoucher>[2] = {}): Promise<Place> {
  const app = await testApp()
  const { shop, voucher, shareOrderId } = await withVoucher(app, undefined, campaign)
  const { merchantId } = shop
  const { code } = voucher
  const by = 'api'
  return {
    app,
    shop,
    code,
    shareOrderId,
    pay: async (orderId, amountMinor) => {
      const order = { merchantId, code, orderId, amountMinor, by, requestId: crypto.randomUUID() }
      const result = await redeemVoucher(app, order)
      return result.outcome === 'refused' ? result.reason : result.redemption.redemptionId
    },
    cancel: (orderSourceId) => cancelOrder(app, { merchantId, orderSourceId }),
    refund: async (orderSourceId, refundId, amountMinor) => {
      const told = { merchantId, orderSourceId, refundId, amountMinor }
      const { outcome, repeated } = await refundOrder(app, told)
      return repeated ? `${outcome} again` : outcome
    },
    giveBack: async (redemptionId, more) => {
      const asked = { merchantId, redemptionId, requestId: crypto.randomUUID(), by, ...more }
      const result = await rollBackRedemption(app, asked)
      return result.outcome === 'refused' ? result.reason : result.rollback.amountMinor
    },
    state: async () => {
      const [voucher] = await app.db.run(
        ({ sql }) => sql<Awaited<ReturnType<Place['state']>>[]>`
          select status, value_minor - redeemed_minor - unused_minor as left, redeemed_minor as redeemed,
                 unused_minor as unused
          from vouchers where merchant_id = ${merchantId} and code = ${code}`,
      )
      return voucher!
    },
    [Symbol.asyncDispose]: async () => {
      expect(await audit(app.db)).toEqual([])
      await app[Symbol.asyncDispose]()
    },
  }
}

describe('when an order is cancelled', () => {
  test('what was paid for it with vouchers is given back, once', async () => {
    await using place = await placeWith()
    await addOrder(place.app, place.shop, 'A-1')
    await place.pay('A-1', 600)
    await place.pay('A-2', 100)

    await place.cancel('A-1')
    expect(await place.state()).toMatchObject({ left: 900, redeemed: 100 })
    expect(await place.cancel('A-1')).toMatchObject({ repeated: true })
    expect(await place.state()).toMatchObject({ left: 900, redeemed: 100 })
  })

  test('it is given back at once when the order is not known here, and once when it comes', async () => {
    await using place = await placeWith()
    await place.pay('A-1', 600)

    expect(await place.cancel('A-1')).toMatchObject({ outcome: 'waits_for_order' })
    expect(await place.state()).toMatchObject({ left: 1000 })
    await addOrder(place.app, place.shop, 'A-1')
    expect(await place.state()).toMatchObject({ left: 1000, redeemed: 0 })
  })

  test('a campaign may keep it', async () => {
    await using place = await placeWith({ onRefund: 'keep' })
    await addOrder(place.app, place.shop, 'A-1')
    await place.pay('A-1', 600)

    await place.cancel('A-1')

    expect(await place.state()).toMatchObject({ left: 400, redeemed: 600 })
  })

  test('after the voucher’s end the value is booked unused', async () => {
    await using place = await placeWith()
    await place.pay('A-1', 600)
    await place.app.db.run(
      ({ sql }) => sql`
        update vouchers set expires_at = clock_timestamp() where merchant_id = ${place.shop.merchantId}`,
    )
    await expireDueVouchers(place.app)

    await place.cancel('A-1')

    expect(await place.state()).toMatchObject({
      status: 'expired',
      left: 0,
      redeemed: 0,
      unused: 1000,
    })
  })

  test('what a cashier gave back by hand counts', async () => {
    await using place = await placeWith()
    await addOrder(place.app, place.shop, 'A-1')
    const redemptionId = await place.pay('A-1', 600)
    await place.giveBack(redemptionId, { amountMinor: 200 })

    await place.cancel('A-1')

    expect(await place.state()).toMatchObject({ left: 1000, redeemed: 0 })
    expect(await place.giveBack(redemptionId, {})).toBe('nothing_left')
  })

  test('a till that spends at the same moment is given back or refused, over many rounds', async () => {
    await using place = await placeWith({ claimScope: 'share' })
    const processes = otherProcesses(place.app, 2)

    for (let round = 0; round < 20; round++) {
      const { voucher } = await anotherVoucher(place.app, place.shop)
      const { merchantId } = place.shop
      const orderId = `race-${round}`
      if (round % 2 === 0) await addOrder(place.app, place.shop, orderId)
      const order = { merchantId, code: voucher.code, orderId, by: 'api', requestId: orderId }
      await Promise.all([
        redeemVoucher(processes[0]!, order),
        cancelOrder(processes[1]!, { merchantId, orderSourceId: orderId }),
      ])
      const [spent] = await place.app.db.run(
        ({ sql }) => sql<{ redeemed: number }[]>`
          select redeemed_minor as redeemed from vouchers
          where merchant_id = ${merchantId} and code = ${voucher.code}`,
      )
      expect({ round, ...spent }).toEqual({ round, redeemed: 0 })
    }
  })
})

describe('when a part of an order is paid back', () => {
  test('the same part is given back, rounded down, and the rest with the rest', async () => {
    await using place = await placeWith()
    await addOrder(place.app, place.shop, 'A-1')
    await place.pay('A-1', 1000)
    const left = async () => (await place.state()).left

    expect(await place.refund('A-1', 'r1', 510)).toBe('refunded')
    expect(await left()).toBe(333)
    expect(await place.refund('A-1', 'r1', 510)).toBe('refunded again')
    expect(await left()).toBe(333)
    await expect(place.refund('A-1', 'r1', 511)).rejects.toMatchObject({
      code: 'ERR_IDEMPOTENCY_CONFLICT',
    })
    expect(await place.refund('A-1', 'r2', 1)).toBe('refunded')
    expect(await left()).toBe(333)
    expect(await place.refund('A-1', 'r3', 1019)).toBe('refunded')
    expect(await left()).toBe(1000)
    expect(await place.refund('A-1', 'r4', 1)).toBe('refunded')
  })

  test('a refund that comes before its order waits for it', async () => {
    await using place = await placeWith()
    await place.pay('A-1', 1000)

    expect(await place.refund('A-1', 'r1', 765)).toBe('waits_for_order')
    expect(await place.state()).toMatchObject({ left: 0 })
    await addOrder(place.app, place.shop, 'A-1')
    expect(await place.state()).toMatchObject({ left: 500 })
  })
})

describe('items that are brought back', () => {
  const items = (sku: string, quantity: number) => ({ items: [{ sku, quantity }] })

  /** An order of 3 candles for £10, and tea for £5, with postage; paid with £10 of a voucher. */
  async function withOrder(place: Place): Promise<string> {
    await addOrder(place.app, place.shop, 'A-1', {
      totalMinor: 1900,
      lines: [
        { ...CANDLES, sku: 'candle', quantity: 2, unitMinor: 333, amountMinor: 667 },
        { ...CANDLES, sku: 'candle', quantity: 1, unitMinor: 333, amountMinor: 333 },
        { ...CANDLES, sku: 'tea', quantity: 1, unitMinor: 500, amountMinor: 500 },
        { ...CANDLES, sku: 'post', quantity: 1, unitMinor: 400, amountMinor: 400, kind: 'postage' },
      ],
    })
    return place.pay('A-1', 1000)
  }

  test('give back their share of what the items cost, and the last one the rest', async () => {
    await using place = await placeWith()
    const redemptionId = await withOrder(place)

    expect([
      await place.giveBack(redemptionId, items('candle', 1)),
      await place.giveBack(redemptionId, items('candle', 1)),
      await place.giveBack(redemptionId, items('tea', 1)),
      await place.giveBack(redemptionId, items('candle', 1)),
    ]).toEqual([222, 222, 333, 223])
    expect(await place.state()).toMatchObject({ left: 1000, redeemed: 0 })
  })

  test('must have been in the order, and not have been brought back before', async () => {
    await using place = await placeWith()
    const redemptionId = await withOrder(place)
    const unknown = await place.pay('A-2')

    expect(await place.giveBack(redemptionId, items('candle', 4))).toBe('unknown_items')
    expect(await place.giveBack(redemptionId, items('soap', 1))).toBe('unknown_items')
    expect(await place.giveBack(redemptionId, items('post', 1))).toBe('unknown_items')
    await place.giveBack(redemptionId, items('tea', 1))
    expect(await place.giveBack(redemptionId, items('tea', 1))).toBe('unknown_items')
    expect(unknown).toBe('already_redeemed')
    await expect(
      place.giveBack(redemptionId, { ...items('tea', 1), amountMinor: 5 }),
    ).rejects.toMatchObject({ code: 'ERR_REQUEST_INVALID' })
  })

  test('that the order’s cancellation gave back already are not given back twice', async () => {
    await using place = await placeWith()
    const redemptionId = await withOrder(place)
    await place.refund('A-1', 'tea', 950)

    expect(await place.state()).toMatchObject({ left: 500 })
    expect(await place.giveBack(redemptionId, items('tea', 1))).toBe('items_worth_nothing')
    expect(await place.giveBack(redemptionId, items('candle', 3))).toBe(166)
  })
})

describe('when the order of a share is cancelled', () => {
  test('what was given from it stays, where the campaign does not say otherwise', async () => {
    await using place = await placeWith()

    await place.cancel(place.shareOrderId)

    expect(await place.state()).toMatchObject({ status: 'issued', left: 1000 })
  })

  test('what is left of its vouchers is withdrawn where the campaign says so, once, and the holder told', async () => {
    await using place = await placeWith({ onCancelledShare: 'revoke' })
    const { app, shop, code } = place
    const { merchantId } = shop
    const redemptionId = await place.pay('A-1', 300)
    await holdVoucher(app, { merchantId, code, amountMinor: 100, requestId: 'h', by: 'api' })

    await place.cancel(place.shareOrderId)
    await place.cancel(place.shareOrderId)

    expect(await place.state()).toMatchObject({ status: 'revoked', redeemed: 300, unused: 700 })
    expect(await place.pay('A-3')).toBe('revoked')
    expect(await place.giveBack(redemptionId, {})).toBe(300)
    expect(await place.state()).toMatchObject({ status: 'revoked', redeemed: 0, unused: 1000 })
    const told = await app.db.run(
      ({ sql }) => sql<{ personId: string }[]>`
        select person_id from outbox where merchant_id = ${merchantId} and kind = 'voucher_revoked'`,
    )
    expect(told).toEqual([{ personId: 'telegram:2' }])
  })

  test('a part of it paid back withdraws nothing', async () => {
    await using place = await placeWith({ onCancelledShare: 'revoke' })

    await place.refund(place.shareOrderId, 'r1', 100)

    expect(await place.state()).toMatchObject({ status: 'issued', left: 1000 })
  })

  test('a till that spends at the same moment is first or refused, over many rounds', async () => {
    await using place = await placeWith({ onCancelledShare: 'revoke', claimScope: 'share' })
    const processes = otherProcesses(place.app, 3)
    const { merchantId } = place.shop

    for (let round = 0; round < 15; round++) {
      const { voucher, shareOrderId } = await anotherVoucher(place.app, place.shop)
      const order = { merchantId, code: voucher.code, by: 'api' }
      await Promise.all([
        redeemVoucher(processes[0]!, { ...order, amountMinor: 400, requestId: `a${round}` }),
        cancelOrder(processes[1]!, { merchantId, orderSourceId: shareOrderId }),
        holdVoucher(processes[2]!, { ...order, amountMinor: 400, requestId: `h${round}` }),
      ])
      const [after] = await place.app.db.run(
        ({ sql }) => sql<{ status: string; left: number; heldMinor: number }[]>`
          select status, value_minor - redeemed_minor - unused_minor as left, held_minor from vouchers
          where merchant_id = ${merchantId} and code = ${voucher.code}`,
      )
      expect({ round, ...after }).toEqual({ round, status: 'revoked', left: 0, heldMinor: 0 })
    }
  })
})

test('over the API refunds have ids of the shop’s own, and a rollback says the balance before and after', async () => {
  await using place = await placeWith()
  await addOrder(place.app, place.shop, 'A-1')
  const redemptionId = await place.pay('A-1', 1000)
  await using server = await testHttp(place.app)
  const post = (url: string, payload: object) =>
    server.inject({
      method: 'POST',
      url,
      headers: { authorization: `Bearer ${place.shop.apiKey}` },
      payload,
    })
  const refund = { refundId: 'R 7/1', amountMinor: 153 }
  const back = { items: [{ sku: CANDLES.sku, quantity: 3 }], requestId: 'b', reason: 'broken' }

  const refunds = '/v1/orders/A-1/refunds'
  expect((await post(refunds, refund)).json()).toEqual({ outcome: 'refunded', repeated: false })
  expect((await post(refunds, refund)).json()).toEqual({ outcome: 'refunded', repeated: true })
  for (const amountMinor of [0, -1, 0.5, '5'])
    expect((await post(refunds, { ...refund, amountMinor })).statusCode).toBe(400)
  expect((await post(`/v1/redemptions/${redemptionId}/rollbacks`, back)).json()).toMatchObject({
    outcome: 'rolled_back',
    rollback: {
      amountMinor: 400,
      balanceBeforeMinor: 100,
      balanceAfterMinor: 500,
      reason: 'broken',
    },
    redemption: { status: 'partially_rolled_back', orderId: 'A-1', orderMinor: 1530 },
  })
})

test('a redemption can be undone for 180 days', async () => {
  await using place = await placeWith()
  const redemptionId = await place.pay('A-1', 400)
  const pass = (days: number) =>
    place.app.db.run(
      ({ sql }) => sql`
        update redemptions set redeemed_at = clock_timestamp() - make_interval(days => ${days}, mins => 5)
        where merchant_id = ${place.shop.merchantId}`,
    )

  await pass(180)
  expect(await place.giveBack(redemptionId, { amountMinor: 100 })).toBe('too_late')
  await pass(179)
  expect(await place.giveBack(redemptionId, { amountMinor: 100 })).toBe(100)
})

test('a file that cancels known and unknown orders and tills that spend for them never wait for each other', async () => {
  await using place = await placeWith({ claimScope: 'share' })
  const processes = otherProcesses(place.app, 4)
  const { merchantId } = place.shop

  for (let round = 0; round < 25; round++) {
    const { voucher } = await anotherVoucher(place.app, place.shop)
    const [known, unknown] = [`known-${round}`, `unknown-${round}`]
    await addOrder(place.app, place.shop, known)
    const spend = (app: AppContext, orderId: string) =>
      redeemVoucher(app, {
        merchantId,
        code: voucher.code,
        orderId,
        amountMinor: 100,
        by: 'api',
        requestId: crypto.randomUUID(),
      })
    await spend(place.app, known)
    await Promise.all([
      ...[0, 1, 2, 0, 1, 2].map((i) => spend(processes[i]!, unknown)),
      ingestCancellations(
        processes[3]!.db,
        merchantId,
        [known, unknown].map((order) => ({
          id: newId('can'),
          source_id: `c-${order}`,
          order_source_id: order,
          cancelled_at: new Date(),
          lines: [],
        })),
      ),
    ])
    const [spent] = await place.app.db.run(
      ({ sql }) => sql<{ redeemed: number }[]>`
        select redeemed_minor as redeemed from vouchers
        where merchant_id = ${merchantId} and code = ${voucher.code}`,
    )
    expect({ round, ...spent }).toEqual({ round, redeemed: 0 })
  }
})

test('a file of orders gives back what was paid for what it cancels', async () => {
  await using place = await placeWith()
  await addOrder(place.app, place.shop, 'A-1')
  await place.pay('A-1', 1000)

  await ingestOrders(place.app, {
    merchantId: place.shop.merchantId,
    storeSourceId: '7',
    items: [
      {
        kind: 'cancellation',
        sourceId: 'C-1',
        orderSourceId: 'A-1',
        cancelledAt: new Date(),
        amountMinor: 510,
        lines: [{ ...CANDLES, quantity: 2, amountMinor: 510 }],
      },
    ],
  })

  expect(await place.state()).toMatchObject({ left: 333 })
})

import { describe, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { audit } from '../../src/store/audit.ts'
import { addMerchant } from '../../src/usecases/add-merchant.ts'
import { addStore } from '../../src/usecases/add-store.ts'
import { cancelOrder } from '../../src/usecases/cancel-order.ts'
import type { VouchersRequest } from '../../src/usecases/create-vouchers.ts'
import { type RedeemRequest, redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { type ValidateRequest, validateVoucher } from '../../src/usecases/validate-voucher.ts'
import { testApp } from '../helpers/app.ts'
import { testHttp } from '../helpers/http.ts'
import { addCampaign, addOrder, type Shop } from '../helpers/shop.ts'
import { anotherVoucher, withVoucher } from '../helpers/vouchers.ts'

type Place = AsyncDisposable & {
  app: AppContext
  shop: Shop
  /** The outcome, and the amount where there is one. */
  tryOut: (order?: Partial<ValidateRequest>) => Promise<string>
  redeem: (order?: Partial<RedeemRequest>) => Promise<string>
}

/** A voucher at the till of a shop with a second store, 8 in Tokyo. */
async function placeWith(
  template: Partial<VouchersRequest>,
  campaign: Parameters<typeof withVoucher>[2] = {},
): Promise<Place> {
  const app = await testApp()
  const { shop, voucher } = await withVoucher(app, template, campaign)
  const { merchantId } = shop
  const camden = { sourceId: '8', name: 'Ginza', address: '', zone: 'Asia/Tokyo' }
  await addStore(app, { merchantId, ...camden })
  const asked = { merchantId, code: voucher.code, by: 'api' }
  return {
    app,
    shop,
    tryOut: async (order = {}) => {
      const result = await validateVoucher(app, { ...asked, ...order })
      return 'amountMinor' in result ? `${result.outcome} ${result.amountMinor}` : result.outcome
    },
    redeem: async (order = {}) => {
      const requestId = crypto.randomUUID()
      const result = await redeemVoucher(app, { ...asked, requestId, ...order })
      if (result.outcome === 'refused') return result.reason
      return `${result.outcome} ${result.redemption.amountMinor}`
    },
    [Symbol.asyncDispose]: async () => {
      expect(await audit(app.db)).toEqual([])
      await app[Symbol.asyncDispose]()
    },
  }
}

describe('where', () => {
  test('a voucher of one store is not taken in another, by our id or the shop’s own', async () => {
    await using place = await placeWith({ storeSourceId: '7' })
    const { tryOut, redeem, shop } = place

    expect([
      await tryOut({ storeId: '8' }),
      await redeem({ storeId: '8' }),
      await redeem({ storeId: 'sto_nowhere' }),
      await tryOut(),
      await tryOut({ storeId: '7' }),
      await redeem({ storeId: shop.storeId }),
    ]).toEqual([
      'wrong_store',
      'wrong_store',
      'unknown_store',
      'valid 500',
      'valid 500',
      'redeemed 500',
    ])
  })

  test('a campaign’s stores hold for its vouchers that have none of their own', async () => {
    await using app = await testApp()
    const { shop } = await withVoucher(app, undefined, { claimScope: 'share' })
    await app.db.run(
      ({ sql }) =>
        sql`update campaigns set store_ids = ${[shop.storeId]} where merchant_id = ${shop.merchantId}`,
    )
    const other = { sourceId: '8', name: 'Camden', address: '', zone: 'Europe/London' }
    await addStore(app, { merchantId: shop.merchantId, ...other })
    const { voucher } = await anotherVoucher(app, shop)
    const at = (storeId: string) =>
      validateVoucher(app, { merchantId: shop.merchantId, code: voucher.code, storeId, by: 'api' })

    expect([(await at('8')).outcome, (await at('7')).outcome]).toEqual(['wrong_store', 'valid'])
  })
})

describe('when', () => {
  // Monday to Friday, 11:00 to 14:00
  const LUNCH = { useWeekdays: 31, useFromMinute: 660, useToMinute: 840 }

  test.each([
    ['a Wednesday at noon in London', '2026-11-25T12:00:00Z', undefined, 'valid 500'],
    ['its first minute', '2026-11-25T11:00:00Z', undefined, 'valid 500'],
    ['its end', '2026-11-25T14:00:00Z', undefined, 'outside_hours'],
    ['a Sunday', '2026-11-29T12:00:00Z', undefined, 'outside_hours'],
    ['the noon of Tokyo, where the till stands', '2026-11-25T03:00:00Z', '8', 'valid 500'],
    ['the noon of London, for a till in Tokyo', '2026-11-25T12:00:00Z', '8', 'outside_hours'],
  ])('with hours a voucher is taken or not: %s', async (_, now, storeId, outcome) => {
    await using place = await placeWith(LUNCH)

    expect(await place.tryOut({ at: new Date(now), storeId })).toBe(outcome)
  })

  test('hours follow the clocks when they are put back', async () => {
    await using place = await placeWith(LUNCH, { endsAt: new Date('2027-12-31T00:00:00Z') })
    await place.app.db.run(
      ({ sql }) => sql`
        update vouchers set expires_at = '2027-12-31' where merchant_id = ${place.shop.merchantId}`,
    )
    const at = (now: string) => place.tryOut({ at: new Date(now) })

    // London is an hour ahead until 28 March 2027
    expect(await at('2027-03-26T10:30:00Z')).toBe('outside_hours')
    expect(await at('2027-03-29T10:30:00Z')).toBe('valid 500')
  })

  test('a dry run tells what will be said later, and changes nothing', async () => {
    await using place = await placeWith({})
    const later = new Date(Date.now() + 400 * 24 * 3600_000)

    expect(await place.tryOut({ at: later })).toBe('expired')
    expect(await place.tryOut()).toBe('valid 500')
    expect(await place.redeem()).toBe('redeemed 500')
  })
})

describe('for how much', () => {
  test('a minimum spend needs to know what the order comes to', async () => {
    await using place = await placeWith({ minSpendMinor: 2000 })

    expect([
      await place.redeem(),
      await place.redeem({ orderMinor: 1999 }),
      await place.redeem({ orderMinor: 2000 }),
    ]).toEqual(['order_amount_required', 'min_spend_not_met', 'redeemed 500'])
  })

  test('what an order comes to is looked up where it is known', async () => {
    await using place = await placeWith({ minSpendMinor: 1530 })
    await addOrder(place.app, place.shop, 'A-1')

    expect(await place.redeem({ orderId: 'A-0' })).toBe('order_amount_required')
    expect(await place.redeem({ orderId: 'A-1' })).toBe('redeemed 500')
  })

  test.each([
    [1500, 10_000, 1500],
    // 15 % of 0.03 is 0.0045, of 0.04 is 0.006, and half a penny counts up
    [1500, 4, 1],
    [5000, 1, 1],
    [3333, 1000, 333],
    [10_000, 799, 799],
    [1500, 1_000_000, 2000],
    [1, Number.MAX_SAFE_INTEGER, 2000],
  ])('%i basis points of %i are %i, up to 2000', async (percentBp, orderMinor, amount) => {
    await using place = await placeWith({ kind: 'percent_off', percentBp, valueMinor: 2000 })

    expect(await place.tryOut({ orderMinor })).toBe(`valid ${amount}`)
    expect(await place.redeem({ orderMinor })).toBe(`redeemed ${amount}`)
  })

  test('of an order too small for its percentage nothing is taken', async () => {
    await using place = await placeWith({ kind: 'percent_off', percentBp: 1500, valueMinor: 2000 })

    expect(await place.redeem({ orderMinor: 3 })).toBe('nothing_off')
    expect(await place.redeem({})).toBe('amount_required')
    expect(await place.redeem({ amountMinor: 7 })).toBe('redeemed 7')
  })

  test('no more is taken than the order comes to', async () => {
    await using place = await placeWith({ kind: 'gift_balance', valueMinor: 1000 })

    expect(await place.redeem({ orderMinor: 300 })).toBe('redeemed 300')
    expect(await place.redeem({ orderMinor: 5000 })).toBe('redeemed 700')
  })

  test('an amount of another currency is refused, said by the till or by the order', async () => {
    await using place = await placeWith({})
    await addOrder(place.app, place.shop, 'yen', { currency: 'JPY' })

    expect([
      await place.tryOut({ currency: 'EUR' }),
      await place.redeem({ currency: 'EUR' }),
      await place.redeem({ orderId: 'yen' }),
      await place.redeem({ currency: 'GBP' }),
    ]).toEqual(['currency_mismatch', 'currency_mismatch', 'currency_mismatch', 'redeemed 500'])
  })

  test.each([
    ['JPY', 1500, 333, 50],
    ['EUR', 1500, 333, 50],
    ['KWD', 1500, 10_250, 1538],
  ])(
    'minor units of %s are what they are: %i basis points of %i',
    async (currency, percentBp, orderMinor, amount) => {
      await using app = await testApp()
      const { merchantId, apiKey, ownerReference } = await addMerchant(app, {
        name: 'Shop',
        currency,
      })
      const place = { sourceId: '7', name: 'One', address: '', zone: 'UTC' }
      const { store } = await addStore(app, { merchantId, ...place })
      const shop = { merchantId, apiKey, ownerReference, storeId: store.storeId }
      await addCampaign(app, shop, {
        offer: { title: 'A treat' },
        fallback: { kind: 'percent_off', percentBp, valueMinor: 100_000 },
      })
      const { voucher } = await anotherVoucher(app, shop, 'telegram:2', { currency })
      const { code } = voucher

      const till = { merchantId, code, orderMinor, currency, requestId: 'a', by: 'api' }
      const result = await redeemVoucher(app, till)

      expect(result).toMatchObject({
        redemption: { amountMinor: amount, orderMinor, voucher: { currency } },
      })
    },
  )
})

test('nothing is taken for an order that was cancelled, also before it was known', async () => {
  await using place = await placeWith({ kind: 'gift_balance', valueMinor: 1000 })
  const { app, shop } = place
  await addOrder(app, shop, 'A-1')
  for (const orderSourceId of ['A-1', 'A-2'])
    await cancelOrder(app, { merchantId: shop.merchantId, orderSourceId })

  expect(await place.redeem({ orderId: 'A-1' })).toBe('order_cancelled')
  expect(await place.redeem({ orderId: 'A-2' })).toBe('order_cancelled')
})

test('a code that is mistyped is told from one that nobody has', async () => {
  await using place = await placeWith({})

  expect([
    await place.redeem({ code: '7KQ2-M4XV-9RTC-X' }),
    await place.tryOut({ code: '7KQ2-M4XV-9RTC-V' }),
    await place.tryOut({ code: '' }),
  ]).toEqual(['code_mistyped', 'unknown_code', 'unknown_code'])
})

test('a code that a merchant brought is taken in any spelling of its letters', async () => {
  await using place = await placeWith({})
  await place.app.db.run(
    ({ sql }) =>
      sql`update vouchers set code = 'HELLO-10' where merchant_id = ${place.shop.merchantId}`,
  )

  expect(await place.tryOut({ code: 'hello-10' })).toBe('valid 500')
  expect(await place.redeem({ code: ' HELLO-10' })).toBe('redeemed 500')
})

test('over the API the second of two tills learns who was first, and when', async () => {
  await using app = await testApp()
  const { shop, voucher } = await withVoucher(app, {})
  const { merchantId, storeId } = shop
  await app.db.run(
    ({ sql }) => sql`
      insert into staff (merchant_id, person_id, role, label)
      values (${merchantId}, 'telegram:9', 'cashier', 'Anna')`,
  )
  await using server = await testHttp(app)
  const post = async (url: string, payload: object) => {
    const headers = { authorization: `Bearer ${shop.apiKey}` }
    return (await server.inject({ method: 'POST', url, headers, payload })).json()
  }
  const { code } = voucher

  const first = { merchantId, code, requestId: 'a', by: 'telegram:9', storeId }
  const answers = await Promise.all([
    redeemVoucher(app, first),
    redeemVoucher(app, { ...first, requestId: 'b' }),
  ])
  const { used } = await post('/v1/validations', { code })
  const late = await post('/v1/redemptions', { code, requestId: 'c' })

  const loser = answers.find((answer) => answer.outcome === 'refused')
  expect(loser).toMatchObject({ reason: 'already_redeemed', used: { by: 'staff', label: 'Anna' } })
  expect(used).toMatchObject({ by: 'staff', label: 'Anna', storeName: 'Soho', amountMinor: 500 })
  expect(late).toMatchObject({
    status: 409,
    code: 'ERR_VOUCHER_ALREADY_REDEEMED',
    title: `This voucher was used at ${used.redeemedAt} by Anna.`,
  })
})

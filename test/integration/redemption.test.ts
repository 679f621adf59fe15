import { expect, test } from 'vitest'

import { audit } from '../../src/store/audit.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { expireDueVouchers } from '../../src/usecases/expire-due-vouchers.ts'
import { redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { rollBackRedemption } from '../../src/usecases/roll-back-redemption.ts'
import { statsOf } from '../../src/usecases/show-stats.ts'
import { validateVoucher } from '../../src/usecases/validate-voucher.ts'
import { testApp } from '../helpers/app.ts'
import { testHttp } from '../helpers/http.ts'
import { addCampaign, addKnown, addShare, addShop } from '../helpers/shop.ts'
import { withVoucher } from '../helpers/vouchers.ts'

const by = 'api'

test('a gift balance is spent in parts until nothing is left', async () => {
  await using app = await testApp()
  const {
    shop: { merchantId },
    voucher: { code },
  } = await withVoucher(app)
  const redeem = (requestId: string, amountMinor?: number) =>
    redeemVoucher(app, { merchantId, code, requestId, by, amountMinor })

  expect(await redeem('a', 300)).toMatchObject({ redemption: { balanceAfterMinor: 700 } })
  expect(await redeem('b', 800)).toMatchObject({
    outcome: 'refused',
    reason: 'amount_exceeds_balance',
  })
  expect(await redeem('c')).toMatchObject({
    redemption: { amountMinor: 700, balanceAfterMinor: 0 },
  })
  expect(await redeem('d')).toMatchObject({
    outcome: 'refused',
    reason: 'already_redeemed',
    used: { by: 'till', amountMinor: 700, redeemedAt: expect.any(Date) },
  })
  expect(await audit(app.db)).toEqual([])
})

test('a percentage is redeemed with the order or the amount that it took off, never without', async () => {
  await using app = await testApp()
  const {
    shop: { merchantId },
    voucher: { code },
  } = await withVoucher(app, { kind: 'percent_off', percentBp: 1500, valueMinor: 800 })
  const redeem = (requestId: string, amountMinor?: number) =>
    redeemVoucher(app, { merchantId, code, requestId, by, amountMinor })

  expect(await redeem('a')).toMatchObject({
    outcome: 'refused',
    reason: 'amount_required',
    voucher: { percentBp: 1500, balanceMinor: 800 },
  })
  expect(await redeem('b', 345)).toMatchObject({ redemption: { amountMinor: 345 } })
  expect(await redeem('c')).toMatchObject({ reason: 'already_redeemed' })
  expect(await audit(app.db)).toEqual([])
})

test('the API answers a percentage without an amount with 400 and a stable code', async () => {
  await using app = await testApp()
  const {
    shop: { apiKey },
    voucher: { code },
  } = await withVoucher(app, { kind: 'percent_off', percentBp: 1500, valueMinor: 800 })
  await using server = await testHttp(app)

  const reply = await server.inject({
    method: 'POST',
    url: '/v1/redemptions',
    headers: { authorization: `Bearer ${apiKey}` },
    payload: { code, requestId: 'a' },
  })

  expect(reply.json()).toMatchObject({
    status: 400,
    code: 'ERR_ORDER_AMOUNT_REQUIRED',
    title:
      'A percentage needs what the order comes to (orderMinor), or the amount that it took off.',
  })
})

test('a rollback gives the value back, in part or whole, and once per request', async () => {
  await using app = await testApp()
  const {
    shop: { merchantId },
    voucher: { code },
  } = await withVoucher(app)
  const redeemed = await redeemVoucher(app, {
    merchantId,
    code,
    requestId: 'a',
    by,
    amountMinor: 600,
  })
  if (redeemed.outcome === 'refused') throw new Error(redeemed.reason)
  const { redemptionId } = redeemed.redemption
  const rollBack = (requestId: string, amountMinor?: number) =>
    rollBackRedemption(app, { merchantId, redemptionId, requestId, by, amountMinor })

  expect(await rollBack('x', 200)).toMatchObject({
    outcome: 'rolled_back',
    redemption: {
      rolledBackMinor: 200,
      status: 'partially_rolled_back',
      voucher: { balanceMinor: 600 },
    },
  })
  expect(await rollBack('x', 200)).toMatchObject({
    outcome: 'repeated',
    redemption: { rolledBackMinor: 200 },
  })
  expect(await rollBack('y', 500)).toEqual({
    outcome: 'refused',
    reason: 'amount_exceeds_redemption',
  })
  expect(await rollBack('z')).toMatchObject({
    redemption: { status: 'rolled_back', voucher: { status: 'issued', balanceMinor: 1000 } },
  })
  expect(await rollBack('w')).toEqual({ outcome: 'refused', reason: 'nothing_left' })
  await expect(rollBack('x', 100)).rejects.toMatchObject({ code: 'ERR_IDEMPOTENCY_CONFLICT' })
  expect(await audit(app.db)).toEqual([])
})

test('what is rolled back after a voucher’s end is booked unused, whether it was marked expired before or not', async () => {
  for (const markFirst of [true, false]) {
    await using app = await testApp()
    const {
      shop: { merchantId },
      voucher: { code },
    } = await withVoucher(app)
    const redeemed = await redeemVoucher(app, {
      merchantId,
      code,
      requestId: 'a',
      by,
      amountMinor: 600,
    })
    if (redeemed.outcome === 'refused') throw new Error(redeemed.reason)
    await app.db.run(
      ({ sql }) =>
        sql`update vouchers set expires_at = clock_timestamp() where merchant_id = ${merchantId}`,
    )
    if (markFirst) await expireDueVouchers(app)

    await rollBackRedemption(app, {
      merchantId,
      redemptionId: redeemed.redemption.redemptionId,
      requestId: 'x',
      by,
    })
    await expireDueVouchers(app)

    expect(await audit(app.db)).toEqual([])
    expect(await validateVoucher(app, { merchantId, code, by })).toMatchObject({
      outcome: 'expired',
      voucher: { balanceMinor: 0 },
    })
  }
})

test('of many tills at the same moment one wins, over many rounds', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  await addCampaign(app, shop, { claimScope: 'share' })
  await addKnown(app, shop, 'telegram:2')

  for (let round = 0; round < 12; round++) {
    const { token } = await addShare(app, shop)
    const { voucher } = await claimShare(app, {
      personId: 'telegram:2',
      by: { kind: 'token', token },
    })
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, till) =>
        redeemVoucher(app, {
          merchantId: shop.merchantId,
          code: voucher?.code ?? '',
          requestId: `${round}/${till}`,
          by,
        }),
      ),
    )
    const outcomes = answers
      .map((answer) => (answer.outcome === 'refused' ? answer.reason : answer.outcome))
      .sort()
    expect({ round, outcomes }).toEqual({
      round,
      outcomes: [...Array(9).fill('already_redeemed'), 'redeemed'],
    })
  }
  expect(await audit(app.db)).toEqual([])
})

test('many tries with one request id redeem once and all get the same answer', async () => {
  await using app = await testApp()
  const {
    shop: { merchantId },
    voucher: { code },
  } = await withVoucher(app)

  const answers = await Promise.all(
    Array.from({ length: 10 }, () =>
      redeemVoucher(app, { merchantId, code, requestId: 'same', by, amountMinor: 100 }),
    ),
  )

  const ids = new Set(
    answers.map((answer) =>
      answer.outcome === 'refused' ? answer.reason : answer.redemption.redemptionId,
    ),
  )
  expect(ids.size).toBe(1)
  expect(answers.filter(({ outcome }) => outcome === 'redeemed').length).toBe(1)
  expect(await validateVoucher(app, { merchantId, code, by })).toMatchObject({
    outcome: 'valid',
    voucher: { balanceMinor: 900 },
  })
})

test('one request id for two vouchers at the same moment redeems one of them, over many rounds', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  await addCampaign(app, shop, { claimScope: 'share' })
  await addKnown(app, shop, 'telegram:2')
  const codeOf = async () => {
    const { token } = await addShare(app, shop)
    const { voucher } = await claimShare(app, {
      personId: 'telegram:2',
      by: { kind: 'token', token },
    })
    return voucher?.code ?? ''
  }

  for (let round = 0; round < 12; round++) {
    const codes = [await codeOf(), await codeOf()]
    const answers = await Promise.allSettled(
      codes.map((code) =>
        redeemVoucher(app, { merchantId: shop.merchantId, code, requestId: `one-${round}`, by }),
      ),
    )
    const refused = answers.flatMap((answer) =>
      answer.status === 'rejected' ? [answer.reason.code] : [],
    )
    expect({ round, refused }).toEqual({ round, refused: ['ERR_IDEMPOTENCY_CONFLICT'] })
  }
})

test('a code of another merchant is not known here', async () => {
  await using app = await testApp()
  const {
    voucher: { code },
  } = await withVoucher(app)
  const other = await addShop(app, 'Other & Sons')

  expect(
    await redeemVoucher(app, { merchantId: other.merchantId, code, requestId: 'a', by }),
  ).toEqual({
    outcome: 'refused',
    reason: 'unknown_code',
  })
})

test('patent 12: what people did is counted from the first look to the till', async () => {
  await using app = await testApp()
  const {
    shop: { merchantId },
    voucher: { code },
    campaignId,
  } = await withVoucher(app)
  await redeemVoucher(app, { merchantId, code, requestId: 'a', by, amountMinor: 250 })

  expect(await statsOf(app, { merchantId, campaignId })).toMatchObject({
    queried: 2,
    shown: 2,
    shared: 1,
    sharers: 1,
    opened: 1,
    claimed: 1,
    fallback: 0,
    refused: 0,
    redeemed: 1,
    rolledBack: 0,
    redeemedMinor: 250,
    issuedMinor: 1000,
  })
})

test('patent 12: having redeemed changes which voucher fits somebody best', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  await addCampaign(app, shop, {
    claimScope: 'share',
    templates: [
      { name: 'For redeemers', traits: { redeemer: 1 } },
      { name: 'For new ones', traits: { new: 0.4 } },
    ],
  })
  await addKnown(app, shop, 'telegram:2')
  const claim = async () => {
    const { token } = await addShare(app, shop)
    const { voucher } = await claimShare(
      { ...app, draw: () => 0.5 },
      { personId: 'telegram:2', by: { kind: 'token', token } },
    )
    return voucher
  }
  const before = await claim()
  await redeemVoucher(app, {
    merchantId: shop.merchantId,
    code: before?.code ?? '',
    requestId: 'a',
    by,
  })

  const after = await claim()

  expect([before?.name, after?.name]).toEqual(['For new ones', 'For redeemers'])
})

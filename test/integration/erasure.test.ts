import { describe, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { audit } from '../../src/store/audit.ts'
import { acceptInvite } from '../../src/usecases/accept-invite.ts'
import { cancelOrder } from '../../src/usecases/cancel-order.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { erasePerson, showErasure } from '../../src/usecases/erase-person.ts'
import { exportPerson } from '../../src/usecases/export-person.ts'
import { inviteStaff } from '../../src/usecases/invite-staff.ts'
import { ordersOf } from '../../src/usecases/list-orders.ts'
import { sharesOf } from '../../src/usecases/list-shares.ts'
import { vouchersOf } from '../../src/usecases/list-vouchers.ts'
import { queryOrder } from '../../src/usecases/query-order.ts'
import { redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { rewardSharers } from '../../src/usecases/reward-sharers.ts'
import { rollBackRedemption } from '../../src/usecases/roll-back-redemption.ts'
import { rolesOf } from '../../src/usecases/staff-roles.ts'
import { touchPerson } from '../../src/usecases/touch-person.ts'
import { validateVoucher } from '../../src/usecases/validate-voucher.ts'
import { testApp } from '../helpers/app.ts'
import { dump, linesWith } from '../helpers/dump.ts'
import { addCampaign, addOrder, addShare, addShop, type Shop } from '../helpers/shop.ts'

const [ANN, BEN, CAT] = ['telegram:7101000001', 'telegram:7102000001', 'telegram:7103000001']
const GIFT = { kind: 'gift_balance' as const, valueMinor: 1000 }
const by = 'api'

/** A shop that gives one voucher per share, and what is done there. */
async function openShop(app: AppContext, campaign: Parameters<typeof addCampaign>[2] = {}) {
  const shop = await addShop(app)
  await addCampaign(app, shop, { claimScope: 'share', templates: [GIFT], ...campaign })
  const { merchantId } = shop
  const claim = async (personId: string, token: string) => {
    const { voucher } = await claimShare(app, { personId, by: { kind: 'token', token } })
    if (!voucher) throw new Error('no voucher')
    return voucher
  }
  const redeem = async (code: string, amountMinor?: number, who = by) => {
    const result = await redeemVoucher(app, {
      merchantId,
      code,
      amountMinor,
      requestId: crypto.randomUUID(),
      by: who,
    })
    if (result.outcome === 'refused') throw new Error(result.reason)
    return result.redemption
  }
  return { shop, merchantId, claim, redeem }
}

describe('an erased person', () => {
  test('has nothing any more, and what they had left is booked unused', async () => {
    await using app = await testApp()
    const { shop, merchantId, claim, redeem } = await openShop(app)
    await know(app, shop, ANN)
    const { token } = await addShare(app, shop, ANN)
    const mine = await claim(ANN, token)
    const theirs = await claim(BEN, token)
    await redeem(mine.code, 300)

    await erasePerson(app, ANN)

    expect(await vouchersOf(app, ANN)).toEqual([])
    expect(await sharesOf(app, ANN)).toEqual([])
    expect(await ordersOf(app, ANN)).toEqual([])
    expect(await validateVoucher(app, { merchantId, code: mine.code, by })).toMatchObject({
      outcome: 'revoked',
    })
    expect(await validateVoucher(app, { merchantId, code: theirs.code, by })).toMatchObject({
      outcome: 'valid',
    })
    expect(await claimShare(app, { personId: CAT, by: { kind: 'token', token } })).toMatchObject({
      result: 'revoked',
    })
    expect(await bookedAs(app, merchantId, 'erasure')).toEqual([
      { from: 'issued', to: 'unused', amountMinor: 700 },
    ])
    expect(await audit(app.db)).toEqual([])
  })

  test('is in no table any more, under no name', async () => {
    await using app = await testApp()
    const { shop, claim, redeem } = await openShop(app)
    await know(app, shop, ANN)
    const { token } = await addShare(app, shop, ANN)
    await redeem((await claim(ANN, token)).code, 300, ANN)

    expect(linesWith(await dump(app), ['7101000001']).length).toBeGreaterThan(10)
    await erasePerson(app, ANN)

    expect(linesWith(await dump(app), ['7101000001'])).toEqual([])
  })

  test('leaves orders that lead to nothing else of theirs', async () => {
    await using app = await testApp()
    const { shop, claim } = await openShop(app)
    const { token } = await addShare(app, shop, ANN)
    await claim(ANN, token)

    await erasePerson(app, ANN)

    const [row] = await app.db.run(
      ({ sql }) => sql`
        select (select holder_id from orders where merchant_id = ${shop.merchantId}) as bought,
               (select holder_id from vouchers where merchant_id = ${shop.merchantId}) as got`,
    )
    expect(row?.['bought']).toMatch(/^erased:\w{32}$/)
    expect(row?.['got']).toMatch(/^erased:\w{32}$/)
    expect(row?.['got']).not.toBe(row?.['bought'])
  })

  test('comes again as a stranger', async () => {
    await using app = await testApp()
    const { shop } = await openShop(app)
    await know(app, shop, ANN)
    const { token } = await addShare(app, shop, BEN)
    const claim = () => claimShare(app, { personId: ANN, by: { kind: 'token', token } })
    const before = await claim()

    await erasePerson(app, ANN)

    expect([before, await claim(), await claim()]).toMatchObject([
      { result: 'allocated' },
      { result: 'fallback', reason: 'stranger' },
      { result: 'repeated' },
    ])
    expect(await vouchersOf(app, ANN)).toHaveLength(1)
    expect(await audit(app.db)).toEqual([])
  })

  test.each([
    ['part of it', 300, 'revoked'],
    ['all of it', 1000, 'already_redeemed'],
  ])('does not get back what is undone at the till afterwards: %s', async (_, amount, outcome) => {
    await using app = await testApp()
    const { shop, merchantId, claim, redeem } = await openShop(app)
    const { token } = await addShare(app, shop, ANN)
    const { code } = await claim(ANN, token)
    const { redemptionId } = await redeem(code, amount)
    await erasePerson(app, ANN)

    const undone = await rollBackRedemption(app, { merchantId, redemptionId, requestId: 'a', by })

    expect(undone).toMatchObject({ outcome: 'rolled_back' })
    expect(await validateVoucher(app, { merchantId, code, by })).toMatchObject({
      outcome,
      voucher: { balanceMinor: 0 },
    })
    expect(await audit(app.db)).toEqual([])
  })

  test('gives what is left of a pot back to the campaign', async () => {
    await using app = await testApp()
    const { shop, claim } = await openShop(app, {
      mode: 'random',
      potMinor: 1000,
      drawMinMinor: 100,
      drawMaxMinor: 300,
    })
    const { token } = await addShare(app, shop, ANN)
    await know(app, shop, BEN)
    const { valueMinor } = await claim(BEN, token)

    await erasePerson(app, ANN)

    const [campaign] = await app.db.run(
      ({ sql }) => sql`
        select reserved_minor, issued_minor from campaigns where merchant_id = ${shop.merchantId}`,
    )
    expect(campaign).toEqual({ reservedMinor: 0, issuedMinor: valueMinor })
    expect(await audit(app.db)).toEqual([])
  })

  test('is rewarded for nothing that friends do later', async () => {
    await using app = await testApp()
    const { shop, claim } = await openShop(app, {
      rewardAfter: 2,
      rewardFor: 'claims',
      templates: [GIFT, { name: 'Thank you', valueMinor: 200, isReward: true }],
    })
    const { token } = await addShare(app, shop, ANN)
    for (const friend of [BEN, CAT]) {
      await know(app, shop, friend)
      await claim(friend, token)
    }

    await erasePerson(app, ANN)

    expect(await rewardSharers(app)).toBe(0)
    expect(await audit(app.db)).toEqual([])
  })

  test('is erased at every merchant, and twice is like once', async () => {
    await using app = await testApp()
    for (const name of ['One', 'Two']) {
      const shop = await addShop(app, name)
      await addCampaign(app, shop)
      const { token } = await addShare(app, shop, ANN)
      await claimShare(app, { personId: ANN, by: { kind: 'token', token } })
    }

    await erasePerson(app, ANN)
    const once = await dump(app)
    await erasePerson(app, ANN)

    expect(linesWith(once, ['7101000001'])).toEqual([])
    expect((await dump(app)).filter((line) => !line.startsWith('erasures'))).toEqual(
      once.filter((line) => !line.startsWith('erasures')),
    )
    expect(await audit(app.db)).toEqual([])
  })

  test('who only opened a link is erased too', async () => {
    await using app = await testApp()
    const shop = await addShop(app)
    await addCampaign(app, shop, { sharerMayClaim: false, fallback: false })
    const { token } = await addShare(app, shop, BEN)
    expect(await claimShare(app, { personId: ANN, by: { kind: 'token', token } })).toMatchObject({
      result: 'exhausted',
    })

    const { merchants } = await exportPerson(app, ANN)
    await erasePerson(app, ANN)

    expect(merchants).toMatchObject([{ events: [{}, {}] }])
    expect(linesWith(await dump(app), ['7101000001'])).toEqual([])
  })
})

test('with ten thousand vouchers somebody is erased within a moment', async () => {
  await using app = await testApp()
  const { shop, claim } = await openShop(app, { budgetMinor: 100_000_000 })
  const { token } = await addShare(app, shop, ANN)
  await claim(ANN, token)
  await holdMany(app, shop.merchantId, 10_000)

  // past five seconds a statement is given up; on a busy machine this takes one
  await erasePerson(app, ANN)

  expect(linesWith(await dump(app), ['7101000001'])).toEqual([])
  expect(await audit(app.db)).toEqual([])
})

describe('staff', () => {
  test('the only owner is told that nobody will own the shop, and the shop goes on', async () => {
    await using app = await testApp()
    const { shop, claim, redeem } = await openShop(app)
    const { merchantId, ownerReference } = shop
    await acceptInvite(app, { personId: ANN, reference: ownerReference })
    const { reference } = await inviteStaff(app, { merchantId, invitedBy: ANN, role: 'cashier' })

    const alone = await showErasure(app, ANN)
    await erasePerson(app, ANN)

    const link = await inviteStaff(app, { merchantId, role: 'owner' })
    expect(await acceptInvite(app, { personId: CAT, ...link })).toMatchObject({ outcome: 'joined' })
    expect(alone).toMatchObject({
      roles: [{ merchantId, role: 'owner' }],
      leftAlone: [{ merchantId, merchantName: 'Candle & Co' }],
    })
    expect(await rolesOf(app, ANN)).toEqual([])
    expect(await acceptInvite(app, { personId: BEN, reference })).toEqual({ outcome: 'expired' })
    const { token } = await addShare(app, shop, BEN)
    await redeem((await claim(BEN, token)).code)
    expect(linesWith(await dump(app), ['7101000001'])).toEqual([
      // tells Telegram to forget the menu, and is forgotten when it is sent
      expect.stringContaining('staff_menu_gone'),
    ])
  })

  test('with another owner nothing is left alone', async () => {
    await using app = await testApp()
    const { merchantId, ownerReference } = await addShop(app)
    await acceptInvite(app, { personId: ANN, reference: ownerReference })
    const { reference } = await inviteStaff(app, { merchantId, invitedBy: ANN, role: 'owner' })
    await acceptInvite(app, { personId: BEN, reference })

    expect(await showErasure(app, ANN)).toMatchObject({ leftAlone: [] })
  })
})

describe('while others are at work', () => {
  test('claims, tills, rollbacks, refunds and the person’s own steps never get in its way', async () => {
    await using app = await testApp()
    const { shop, merchantId, claim, redeem } = await openShop(app)
    await know(app, shop, ANN)
    await touchPerson(app, { personId: ANN, reachable: true })

    for (let round = 0; round < 12; round++) {
      const sourceId = `round-${round}`
      const share = await addShare(app, shop, ANN, sourceId)
      const other = await addShare(app, shop, BEN)
      const order = await addOrder(app, shop, `open-${round}`)
      const { code } = await claim(ANN, share.token)
      const spent = await redeem(code, 100)
      const busy = await Promise.allSettled([
        erasePerson(app, ANN),
        claimShare(app, { personId: ANN, by: { kind: 'token', token: other.token } }),
        claimShare(app, { personId: CAT, by: { kind: 'token', token: share.token } }),
        redeem(code, 200),
        rollBackRedemption(app, {
          merchantId,
          redemptionId: spent.redemptionId,
          requestId: `back-${round}`,
          by,
        }),
        cancelOrder(app, { merchantId, orderSourceId: sourceId }),
        queryOrder(app, { personId: ANN, by: { kind: 'token', token: order.queryToken } }),
        erasePerson(app, BEN),
      ])
      const failed = busy.flatMap((one) =>
        one.status === 'rejected' && !/^(revoked|expired)$/.test(one.reason.message)
          ? String(one.reason)
          : [],
      )
      expect({ round, failed }).toEqual({ round, failed: [] })
      expect({ round, found: await audit(app.db) }).toEqual({ round, found: [] })
      await everyVoucherIsFound(app, ANN)
    }
    for (const person of [ANN, BEN]) await erasePerson(app, person)

    expect(linesWith(await dump(app), ['7101000001', '7102000001'])).toEqual([])
  })

  test('two who are erased at the same moment do not wait for each other', async () => {
    await using app = await testApp()
    const { shop, claim } = await openShop(app)
    for (let round = 0; round < 10; round++) {
      const [a, b] = [await addShare(app, shop, ANN), await addShare(app, shop, BEN)]
      for (const person of [ANN, BEN]) {
        await claim(person, a.token)
        await claim(person, b.token)
      }
      await Promise.all([erasePerson(app, ANN), erasePerson(app, BEN), erasePerson(app, ANN)])
    }

    expect(linesWith(await dump(app), ['7101000001', '7102000001'])).toEqual([])
    expect(await audit(app.db)).toEqual([])
  })
})

/** The wallet shows whatever a person holds. */
async function everyVoucherIsFound(app: AppContext, personId: string): Promise<void> {
  const [held] = await app.db.run(
    ({ sql }) => sql<{ number: number }[]>`
      select count(*)::integer as number from vouchers
      where merchant_id is not null and holder_id = ${personId}`,
  )
  expect(await vouchersOf(app, personId)).toHaveLength(held?.number ?? 0)
}

async function bookedAs(app: AppContext, merchantId: string, cause: string) {
  return app.db.run(
    ({ sql }) => sql`
      select from_account as "from", to_account as "to", amount_minor from ledger
      where merchant_id = ${merchantId} and cause = ${cause}`,
  )
}

/** Somebody with an order, whose number says nothing of them. */
async function know(app: AppContext, shop: Shop, personId: string): Promise<void> {
  const { queryToken } = await addOrder(app, shop, crypto.randomUUID())
  await queryOrder(app, { personId, by: { kind: 'token', token: queryToken } })
}

/** So many more vouchers of Ann's, made like the one that she has, each from a share of its own. */
async function holdMany(app: AppContext, merchantId: string, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, i) => `n${i}`)
  await app.db.run(
    ({ sql }) => sql`
      with one as (
        select v.*, k.share_id from vouchers v
        join claims k on k.merchant_id = v.merchant_id and k.id = v.claim_id
        where v.merchant_id = ${merchantId}
      ), more as (
        select one.*, n.n from one, unnest(${numbers}::text[]) as n (n)
      ), claimed as (
        insert into claims (merchant_id, id, campaign_id, share_id, person_id, scope, result, voucher_id, claimed_at)
        select merchant_id, 'clm_' || n, campaign_id, share_id, holder_id, n, 'allocated', 'vch_' || n, issued_at
        from more
      ), issued as (
        insert into vouchers (
          merchant_id, id, campaign_id, template_id, claim_id, holder_id, code, value_minor, issued_at, expires_at
        )
        select merchant_id, 'vch_' || n, campaign_id, template_id, 'clm_' || n, holder_id, 'CODE' || n,
               value_minor, issued_at, expires_at
        from more
      ), booked as (
        insert into ledger (
          merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor
        )
        select merchant_id, campaign_id, 'GBP', 'voucher', 'vch_' || n, 'available', 'issued', value_minor from more
      ), decided as (
        insert into decisions (
          merchant_id, point, subject_id, person_id, candidates, chosen_id, chosen_by, propensity, model, learnable
        )
        select merchant_id, 'voucher', 'clm_' || n, holder_id, '[]', template_id, 'match', 1, 'test', true from more
      ), told as (
        insert into outbox (merchant_id, id, kind, person_id) select merchant_id, 'voucher:vch_' || n, 'voucher_issued', holder_id
        from more
      ), opened as (
        insert into usage_events (merchant_id, kind, subject_id, person_id)
        select merchant_id, 'share_opened', n, holder_id from more
      )
      update voucher_templates t set quantity = ${count + 1000}, issued = issued + ${count}
      from one where t.merchant_id = one.merchant_id and t.id = one.template_id`,
  )
  await app.db.run(
    ({ sql }) => sql`
      update campaigns c set
        issued_minor = issued_minor + ${count}::bigint * 1000, issued_count = issued_count + ${count},
        day_count = day_count + ${count}, day_minor = day_minor + ${count}::bigint * 1000
      where c.merchant_id = ${merchantId}`,
  )
  await app.db.run(
    ({ sql }) => sql`
      update shares set taken = taken + ${count}, slots = ${count + 10} where merchant_id = ${merchantId}`,
  )
}

import { expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { auditBooks } from '../../src/usecases/audit-books.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { rollBackRedemption } from '../../src/usecases/roll-back-redemption.ts'
import { showDashboard } from '../../src/usecases/show-dashboard.ts'
import { statsOf } from '../../src/usecases/show-stats.ts'
import { tallyFacts } from '../../src/usecases/tally-facts.ts'
import { testApp } from '../helpers/app.ts'
import { urlOf } from '../helpers/database.ts'
import { addCampaign, addKnown, addShare, addShop, type Shop } from '../helpers/shop.ts'

const NOW = new Date()

test('patent 12: one round is counted from the first look to the till, by day, campaign, store and sharer', async () => {
  await using app = await testApp({ now: () => NOW })
  const { shop, campaignId } = await playRound(app)

  const seen = await showDashboard(app, { merchantId: shop.merchantId })

  const round = {
    shared: 1,
    opened: 3,
    claimed: 2,
    fallback: 1,
    rewarded: 0,
    refused: 0,
    redeemed: 1,
    rolledBack: 1,
    discountMinor: 500,
    orderMinor: 2500,
    costPerRedemptionMinor: 500,
  }
  // two people were known to the shop since they had opened orders of theirs
  expect(seen.totals).toMatchObject({ ...round, queried: 3, shown: 3 })
  expect(seen).toMatchObject({ currency: 'GBP', zone: 'Europe/London' })
  expect(seen.days).toHaveLength(30)
  expect(seen.days.at(-1)).toMatchObject({ ...round, queried: 3, shown: 3, liabilityMinor: 600 })
  expect(seen.days.at(-2)).toMatchObject({ queried: 0, opened: 0, liabilityMinor: 0 })
  expect(seen.byCampaign).toMatchObject([
    { campaignId, name: 'Autumn', status: 'active', queried: 3, claimed: 2, redeemed: 1 },
  ])
  expect(seen.byStore).toMatchObject([
    { sourceId: '7', name: 'Soho', claimed: 2, orderMinor: 2500 },
  ])
  expect(seen.bySharer).toMatchObject([{ sharer: 1, shares: 1, orderNumber: 'R-1', ...round }])
  expect(JSON.stringify(seen)).not.toContain('telegram:')
})

test('the liability is what can be spent, what shares hold, and what can still be given', async () => {
  await using app = await testApp({ now: () => NOW })
  const { shop } = await playRound(app)

  const { totals, byCampaign } = await showDashboard(app, { merchantId: shop.merchantId })

  // £5 + £1 unspent; of 1000 vouchers of £5 998 are left, and of 1000 preset ones of £1 999
  const still = 998 * 500 + 999 * 100
  expect(totals.liabilityMinor).toBe(600 + still)
  expect(byCampaign[0]?.liabilityMinor).toBe(600 + still)
})

test('numbers of the bot and of the dashboard are the same numbers', async () => {
  await using app = await testApp({ now: () => NOW })
  const { shop, campaignId } = await playRound(app)
  const { merchantId } = shop

  const { byCampaign } = await showDashboard(app, { merchantId, campaignId })
  const stats = await statsOf(app, { merchantId, campaignId })

  const { name: _, status: __, campaignId: ___, liabilityMinor: ____, ...counts } = byCampaign[0]!
  expect(stats).toMatchObject(counts)
  expect(stats).toMatchObject({ sharers: 1, issuedMinor: 1100, redeemedMinor: 500 })
})

test('days are those of the campaign’s zone, also where the clocks change', async () => {
  await using app = await testApp({ now: () => new Date('2026-03-31T12:00:00Z') })
  const { shop, campaignId } = await playRound(app)
  const { merchantId } = shop
  // the last minute of 28 March in London, the last of 29 March, of 23 hours, and the first of 30 March
  const moments = ['2026-03-28T23:59:00Z', '2026-03-29T22:59:00Z', '2026-03-29T23:00:00Z']
  await app.db.run(
    ({ sql }) => sql`
      update ledger l set booked_at = m.at::timestamptz
      from (select id, row_number() over (order by id) as place from vouchers where merchant_id = ${merchantId}) v
      join unnest(${moments}::text[]) with ordinality m (at, place) using (place)
      where l.merchant_id = ${merchantId} and l.cause = 'voucher' and l.cause_id = v.id`,
  )

  const ask = { merchantId, campaignId, from: '2026-03-28', to: '2026-03-30' }
  const { days, totals } = await showDashboard(app, ask)

  const given = ({ claimed, fallback }: { claimed: number; fallback: number }) => claimed + fallback
  expect(days.map((day) => [day.day, given(day)])).toEqual([
    ['2026-03-28', 1],
    ['2026-03-29', 1],
    ['2026-03-30', 1],
  ])
  expect(given(totals)).toBe(3)
})

test('what was counted by the clock is counted once, and what is newer is added to it', async () => {
  await using app = await testApp({ now: () => NOW })
  const { shop, token } = await playRound(app)
  const { merchantId } = shop
  const see = () => showDashboard(app, { merchantId, from: days(-2), to: days(0) })
  await letTimePass(app, merchantId)
  const before = await see()

  const url = await urlOf(app)
  const first = await Promise.all([1, 2, 3].map(() => tallyFacts(app, url)))
  const counted = await see()
  await claimShare(app, { personId: 'telegram:24', by: { kind: 'token', token } })
  const next = await claimShare(app, { personId: 'telegram:22', by: { kind: 'token', token } })
  const till = { merchantId, by: 'api', storeId: shop.storeId }
  const code = next.voucher?.code ?? ''
  const spent = await redeemVoucher(app, { ...till, code, requestId: 'r3', orderMinor: 1200 })
  if (spent.outcome !== 'redeemed') throw new Error('not redeemed')
  const newer = await see()
  const { redemptionId } = spent.redemption
  await rollBackRedemption(app, { ...till, redemptionId, requestId: 'b2' })
  await letTimePass(app, merchantId)
  await tallyFacts(app, url)
  const after = await see()

  expect(first.filter((many) => many > 0)).toHaveLength(1)
  expect(counted).toEqual(before)
  expect([newer.totals.fallback, newer.totals.redeemed]).toEqual([2, 2])
  expect(newer.totals.discountMinor).toBe(before.totals.discountMinor + 500)
  expect(after.totals).toMatchObject({
    fallback: 2,
    redeemed: 1,
    rolledBack: 2,
    discountMinor: before.totals.discountMinor,
    orderMinor: before.totals.orderMinor,
    // the stranger's preset voucher was given, so it is no more what can be given
    liabilityMinor: before.totals.liabilityMinor,
  })
  expect(await auditBooks(url)).toEqual([])
})

test('a merchant who has nothing yet sees noughts', async () => {
  await using app = await testApp({ now: () => NOW })
  const { merchantId } = await addShop(app)

  const seen = await showDashboard(app, { merchantId })

  expect(seen.totals).toMatchObject({ queried: 0, redeemed: 0, liabilityMinor: 0 })
  expect(seen.totals.costPerRedemptionMinor).toBeNull()
  expect([seen.byCampaign, seen.byStore, seen.bySharer]).toEqual([[], [], []])
})

test('nobody sees the numbers of another merchant', async () => {
  await using app = await testApp({ now: () => NOW })
  const { campaignId } = await playRound(app)
  const { merchantId } = await addShop(app, 'Other')

  const own = await showDashboard(app, { merchantId })

  expect(own.totals).toMatchObject({ queried: 0, opened: 0, liabilityMinor: 0 })
  await expect(showDashboard(app, { merchantId, campaignId })).rejects.toMatchObject({
    code: 'ERR_CAMPAIGN_NOT_FOUND',
  })
})

test.each([
  [{ from: '2026-02-29' }, '2026-02-29 is no day'],
  [{ to: '2026-13-01' }, '2026-13-01 is no day'],
  [{ from: '2026-03-02', to: '2026-03-01' }, 'must not come after'],
  [{ from: '2025-01-01', to: '2026-01-02' }, 'At most 366 days'],
])('%o is refused', async (days, words) => {
  await using app = await testApp()
  const { merchantId } = await addShop(app)

  await expect(showDashboard(app, { merchantId, ...days })).rejects.toThrow(words)
})

test('someone who comes again has come once, whether they got something first or last', async () => {
  await using app = await testApp({ now: () => NOW })
  const { shop, campaignId, token } = await playRound(app)
  const { merchantId } = shop
  for (const personId of ['telegram:21', 'telegram:24']) {
    await app.db.run(
      ({ sql }) => sql`
        insert into usage_events (merchant_id, kind, subject_id, person_id, campaign_id, reason)
        select ${merchantId}, kind, s.id, ${personId}, s.campaign_id, 'campaign_paused'
        from shares s cross join (values ('share_opened'), ('claim_refused')) e (kind)
        where s.merchant_id = ${merchantId}`,
    )
  }

  await claimShare(app, { personId: 'telegram:24', by: { kind: 'token', token } })
  const { totals } = await showDashboard(app, { merchantId, campaignId })

  expect(totals).toMatchObject({ opened: 4, claimed: 2, fallback: 2, refused: 2 })
})

/** So many days from now. */
function days(many: number): string {
  return new Date(NOW.getTime() + many * 24 * 3600_000).toISOString().slice(0, 10)
}

/** Half an hour goes by: what has happened is so much older. */
async function letTimePass(app: AppContext, merchantId: string): Promise<void> {
  await app.db.run(
    ({ sql }) => sql`
      with booked as (
        update ledger set booked_at = booked_at - interval '30 minutes' where merchant_id = ${merchantId}
      ), counted as (
        update tallied set counted_until = counted_until - interval '30 minutes'
        where merchant_id = ${merchantId}
      )
      update usage_events set happened_at = happened_at - interval '30 minutes'
      where merchant_id = ${merchantId}`,
  )
}

/**
 * One order is shared; two whom the shop knows and a stranger claim. One voucher of £5 is spent for an
 * order of £25, the stranger's of £1 is spent and given back.
 */
async function playRound(
  app: AppContext,
): Promise<{ shop: Shop; campaignId: string; token: string }> {
  const shop = await addShop(app)
  const { campaignId } = await addCampaign(app, shop)
  for (const person of ['telegram:21', 'telegram:22']) await addKnown(app, shop, person)
  const { token } = await addShare(app, shop, 'telegram:20', 'R-1')
  const codes: string[] = []
  for (const personId of ['telegram:21', 'telegram:22', 'telegram:23']) {
    const { voucher } = await claimShare(app, { personId, by: { kind: 'token', token } })
    codes.push(voucher?.code ?? '')
  }
  const [spent = '', , undone = ''] = codes
  const till = { merchantId: shop.merchantId, by: 'api', storeId: shop.storeId }
  await redeemVoucher(app, { ...till, code: spent, requestId: 'r1', orderMinor: 2500 })
  const back = await redeemVoucher(app, { ...till, code: undone, requestId: 'r2', orderMinor: 900 })
  if (back.outcome !== 'redeemed') throw new Error('not redeemed')
  const { redemptionId } = back.redemption
  await rollBackRedemption(app, { ...till, redemptionId, requestId: 'b1' })
  return { shop, campaignId, token }
}

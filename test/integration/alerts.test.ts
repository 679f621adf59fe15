import { expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { purgeSeen } from '../../src/usecases/purge-seen.ts'
import { raiseAlerts } from '../../src/usecases/raise-alerts.ts'
import { touchPerson } from '../../src/usecases/touch-person.ts'
import { validateVoucher } from '../../src/usecases/validate-voucher.ts'
import { testApp } from '../helpers/app.ts'
import { addCampaign, addKnown, addShare, addShop, people, type Shop } from '../helpers/shop.ts'
import { addRole } from '../helpers/staff.ts'

test('a budget is told of at 80 % and when nothing more can be given, once each', async () => {
  await using app = await testApp()
  const shop = await openShop(app)
  // £25 for vouchers of £5: after four £5 are left, after five nothing
  const { campaignId } = await addCampaign(app, shop, { budgetMinor: 2500 })
  const rounds: unknown[] = []

  for (const personId of people(5)) {
    await claimAs(app, shop, personId)
    await raiseAlerts(app)
    await raiseAlerts(app)
    rounds.push((await told(app)).map(({ level }) => level))
  }

  expect(rounds).toEqual([[], [], [], [80], [80, 100]])
  expect(await told(app)).toMatchObject([
    { personId: 'telegram:1', measure: 'budget', campaignId, used: 2000, allowed: 2500 },
    { personId: 'telegram:1', measure: 'budget', campaignId, used: 2500, allowed: 2500 },
  ])
})

test('a budget that was raised is told of again', async () => {
  await using app = await testApp()
  const shop = await openShop(app)
  const { campaignId } = await addCampaign(app, shop, { budgetMinor: 500 })
  await claimAs(app, shop, 'telegram:50')
  await raiseAlerts(app)
  await app.db.run(
    ({ sql }) => sql`
      update campaigns set budget_minor = 600 where merchant_id = ${shop.merchantId} and id = ${campaignId}`,
  )

  await raiseAlerts(app)

  expect((await told(app)).map(({ level, allowed }) => [level, allowed])).toEqual([
    [100, 500],
    [100, 600],
  ])
})

test('stock and the preset voucher are told of as the number of vouchers is', async () => {
  await using app = await testApp()
  const shop = await openShop(app)
  await addCampaign(app, shop, { templates: [{ quantity: 1 }], fallback: { quantity: 5 } })
  await addKnown(app, shop, 'telegram:50')
  const { token } = await addShare(app, shop, 'telegram:50')
  for (const personId of ['telegram:50', ...people(4)]) {
    await claimShare(app, { personId, by: { kind: 'token', token } })
  }

  await raiseAlerts(app)

  expect(
    (await told(app)).map(({ measure, level, used, allowed }) => [measure, level, used, allowed]),
  ).toEqual([
    ['fallback', 80, 4, 5],
    ['stock', 100, 1, 1],
  ])
})

test('owners and managers who can be reached are told, and nobody else', async () => {
  await using app = await testApp()
  const shop = await openShop(app)
  for (const [role, id] of [
    ['manager', 2],
    ['manager', 3],
    ['cashier', 4],
    ['analyst', 5],
  ] as const) {
    await addRole(app, shop, role, id)
    if (id !== 3) await touchPerson(app, { personId: `telegram:${id}`, reachable: true })
  }
  const other = await addShop(app, 'Other')
  await addRole(app, other, 'owner', 6)
  await touchPerson(app, { personId: 'telegram:6', reachable: true })
  await addCampaign(app, shop, { budgetMinor: 500 })
  await claimAs(app, shop, 'telegram:50')

  await raiseAlerts(app)

  expect((await told(app)).map(({ personId }) => personId)).toEqual(['telegram:1', 'telegram:2'])
})

test('an alert waits until somebody can be reached', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  await addCampaign(app, shop, { budgetMinor: 500 })
  await claimAs(app, shop, 'telegram:50')

  expect(await raiseAlerts(app)).toBe(0)
  await addRole(app, shop, 'owner', 1)
  await touchPerson(app, { personId: 'telegram:1', reachable: true })

  expect(await raiseAlerts(app)).toBe(1)
})

test('several processes at the same moment tell it once', async () => {
  await using app = await testApp()
  const shop = await openShop(app)
  for (let round = 1; round <= 10; round++) {
    await addCampaign(app, shop, { budgetMinor: 500, name: `Round ${round}`, offer: offer(round) })
    await claimAs(app, shop, `telegram:${100 + round}`, round)

    const counts = await Promise.all(Array.from({ length: 6 }, () => raiseAlerts(app)))

    expect(counts.reduce((a, b) => a + b)).toBe(1)
    expect(await told(app)).toHaveLength(round)
  }
})

test.each([
  ['19 in an hour', 19, 0, 0],
  ['20 where there were none before', 20, 0, 1],
  ['five times the usual', 20, 672, 0],
  ['more than five times the usual', 21, 672, 1],
])('people who went away with nothing: %s', async (_, now, before, alerts) => {
  await using app = await testApp()
  const shop = await openShop(app)
  const { campaignId } = await addCampaign(app, shop)
  await refuse(app, shop, campaignId, { now, before })

  expect(await raiseAlerts(app)).toBe(alerts)
  expect(await raiseAlerts(app)).toBe(0)

  const expected = { measure: 'refusals', campaignId, used: now, before, reason: 'campaign_paused' }
  expect(await told(app)).toMatchObject(alerts === 1 ? [expected] : [])
})

test('whoever comes to a share that is used up or over is not counted', async () => {
  await using app = await testApp()
  const shop = await openShop(app)
  const { campaignId } = await addCampaign(app, shop)
  await refuse(app, shop, campaignId, { now: 500, before: 0, reason: 'share_used_up' })
  await refuse(app, shop, campaignId, { now: 500, before: 0, reason: 'share_expired', from: 9000 })

  expect(await raiseAlerts(app)).toBe(0)
})

test('wrong codes at the tills are counted by hour and told of when they are many', async () => {
  await using app = await testApp()
  const shop = await openShop(app)
  const till = { merchantId: shop.merchantId, code: '0000000000000' }

  for (let tries = 0; tries < 19; tries++) await validateVoucher(app, { ...till, by: 'api' })
  expect(await raiseAlerts(app)).toBe(0)
  await validateVoucher(app, { ...till, by: 'telegram:1' })

  expect(await raiseAlerts(app)).toBe(1)
  expect(await told(app)).toMatchObject([{ measure: 'wrong_codes', used: 20, byId: 'api' }])
  const kept = await app.db.run(
    ({ sql }) => sql<object[]>`select by_id, tries from till_refusals order by tries desc, by_id`,
  )
  expect(kept).toEqual([
    { byId: 'api', tries: 19 },
    { byId: 'telegram:1', tries: 1 },
  ])
})

test('wrong codes are forgotten when nothing is compared with them any more', async () => {
  await using app = await testApp()
  const shop = await openShop(app)
  await validateVoucher(app, { merchantId: shop.merchantId, code: 'X', by: 'api' })
  await app.db.run(
    ({ sql }) => sql`
      update till_refusals set hour = hour - interval '171 hours' where merchant_id = ${shop.merchantId}`,
  )

  expect(await purgeSeen(app)).toBe(1)
})

/** A shop whose owner `telegram:1` can be reached. */
async function openShop(app: AppContext): Promise<Shop> {
  const shop = await addShop(app)
  await addRole(app, shop, 'owner', 1)
  await touchPerson(app, { personId: 'telegram:1', reachable: true })
  return shop
}

/** An offer that only the orders of one round fit. */
function offer(round: number) {
  return {
    title: `Round ${round}`,
    rule: { amountMinor: { from: round * 100_000, to: round * 100_000 } },
  }
}

/** Somebody known to the shop gets a voucher from a share of their own order. */
async function claimAs(app: AppContext, shop: Shop, personId: string, round = 0): Promise<void> {
  await addKnown(app, shop, personId)
  const order = round === 0 ? {} : { totalMinor: round * 100_000 }
  const { token } = await addShare(app, shop, personId, undefined, order)
  const { result } = await claimShare(app, { personId, by: { kind: 'token', token } })
  if (result !== 'allocated') throw new Error(result)
}

type Alert = Record<'personId' | 'measure' | 'reason' | 'byId', string> &
  Record<'level' | 'used' | 'allowed', number>

async function told(app: AppContext): Promise<Alert[]> {
  const rows = await app.db.run(
    ({ sql }) => sql<{ personId: string; payload: object }[]>`
      select person_id, payload from outbox where kind = 'alert' and merchant_id <> ''
      order by payload ->> 'measure', (payload ->> 'allowed')::bigint, payload -> 'level', person_id`,
  )
  return rows.map(({ personId, payload }) => ({ personId, ...payload }) as Alert)
}

/** People who were refused in the last hour, and in the seven days before. */
async function refuse(
  app: AppContext,
  { merchantId }: Shop,
  campaignId: string,
  {
    now,
    before,
    reason = 'campaign_paused',
    from = 0,
  }: Record<'now' | 'before', number> & {
    reason?: string
    from?: number
  },
): Promise<void> {
  await app.db.run(
    ({ sql }) => sql`
      insert into usage_events (merchant_id, kind, subject_id, person_id, campaign_id, reason, happened_at)
      select ${merchantId}, 'claim_refused', 's', 'telegram:' || (${from}::integer + n), ${campaignId}, ${reason},
             clock_timestamp() - case when n <= ${now} then interval '59 minutes' else interval '100 hours' end
      from generate_series(1, ${now + before}::integer) n`,
  )
}

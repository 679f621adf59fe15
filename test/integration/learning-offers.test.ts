import { expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { audit } from '../../src/store/audit.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { closeDueShares } from '../../src/usecases/close-due-shares.ts'
import { expireDueVouchers } from '../../src/usecases/expire-due-vouchers.ts'
import { learn } from '../../src/usecases/learn.ts'
import { queryOrder } from '../../src/usecases/query-order.ts'
import { redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { testApp } from '../helpers/app.ts'
import { addCampaign, addOrder, addShare, addShop, type Shop } from '../helpers/shop.ts'

/** Shares live for a day, vouchers for ten. */
async function withOffer(): Promise<AsyncDisposable & { app: AppContext; shop: Shop }> {
  const app = await testApp()
  const shop = await addShop(app)
  const terms = { shareTtlSeconds: 24 * 3600, validDays: 10 }
  await addCampaign(app, shop, { ...terms, endsAt: new Date(Date.now() + 300 * 24 * 3600_000) })
  return { app, shop, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

/** What was noted of the decision for an order, a stage at a time. */
async function noted({ app, shop }: { app: AppContext; shop: Shop }, orderSourceId: string) {
  const rows = await app.db.run(
    ({ sql }) => sql<{ stage: string; answer: number }[]>`
      select o.stage, o.answer from outcomes o
      join orders r on r.merchant_id = o.merchant_id and r.id = o.subject_id
      where o.merchant_id = ${shop.merchantId} and o.point = 'offer' and r.source_id = ${orderSourceId}
      order by o.position`,
  )
  return rows.map(({ stage, answer }) => `${stage} ${answer}`)
}

/** So much time passes: everything that was done is that much older, and the jobs of the clock run. */
async function pass(app: AppContext, { merchantId }: Shop, hours: number): Promise<void> {
  const columns = await app.db.run(
    ({ sql }) => sql<{ tableName: string; columnName: string }[]>`
      select c.table_name, c.column_name from information_schema.columns c
      join information_schema.columns m
        on m.table_schema = 'public' and m.table_name = c.table_name and m.column_name = 'merchant_id'
      where c.table_schema = 'public' and c.data_type = 'timestamp with time zone'
        and c.table_name in ('vouchers', 'shares', 'decisions', 'usage_events', 'ledger', 'claims', 'models',
          'redemptions', 'rollbacks')`,
  )
  for (const { tableName, columnName } of columns) {
    await app.db.run(
      ({ sql }) => sql`
        update ${sql(tableName)} set ${sql(columnName)} = ${sql(columnName)} - make_interval(hours => ${hours})
        where merchant_id = ${merchantId}`,
    )
  }
  await closeDueShares(app)
  await expireDueVouchers(app)
  await learn(app)
}

async function claim(app: AppContext, token: string, personId = 'telegram:700') {
  const { voucher } = await claimShare(app, { personId, by: { kind: 'token', token } })
  if (!voucher) throw new Error('no voucher')
  return voucher
}

function spend(app: AppContext, { merchantId }: Shop, code: string) {
  const request = { merchantId, code, orderMinor: 3000, requestId: crypto.randomUUID(), by: 'api' }
  return redeemVoucher(app, request)
}

test('patent 12: an offer that nobody shared while a share would live was not taken', async () => {
  await using place = await withOffer()
  const { app, shop } = place
  const { queryToken } = await addOrder(app, shop, 'R-1')
  await queryOrder(app, { personId: 'telegram:1', by: { kind: 'token', token: queryToken } })

  await pass(app, shop, 12)
  const soon = await noted(place, 'R-1')
  await pass(app, shop, 15)

  expect(soon).toEqual([])
  expect(await noted(place, 'R-1')).toEqual(['claimed 0'])
})

test('patent 12: an offer is taken when somebody claims, and spent when somebody spends', async () => {
  await using place = await withOffer()
  const { app, shop } = place
  const share = await addShare(app, shop, 'telegram:1', 'R-1')
  const voucher = await claim(app, share.token)
  await spend(app, shop, voucher.code)

  await pass(app, shop, 12)
  const alive = await noted(place, 'R-1')
  await pass(app, shop, 15)
  const over = await noted(place, 'R-1')
  await pass(app, shop, 10 * 24)
  const ended = await noted(place, 'R-1')
  await pass(app, shop, 4 * 24)

  expect(alive).toEqual([])
  expect(over).toEqual(['claimed 1'])
  expect(ended).toEqual(['claimed 1'])
  expect(await noted(place, 'R-1')).toEqual(['claimed 1', 'redeemed 1'])
  expect(await audit(app.db)).toEqual([])
})

test('however late anybody looks, a yes is not taken for a no', async () => {
  await using place = await withOffer()
  const { app, shop } = place
  const spent = await addShare(app, shop, 'telegram:1', 'R-1')
  await addShare(app, shop, 'telegram:1', 'R-2')
  await spend(app, shop, (await claim(app, spent.token)).code)

  await pass(app, shop, 60 * 24)

  expect(await noted(place, 'R-1')).toEqual(['claimed 1', 'redeemed 1'])
  expect(await noted(place, 'R-2')).toEqual(['claimed 0'])
})

test('patent 12: only when every voucher of a share is over, none of them was spent', async () => {
  await using place = await withOffer()
  const { app, shop } = place
  const share = await addShare(app, shop, 'telegram:1', 'R-1')
  await claim(app, share.token)

  await pass(app, shop, 3 * 24)
  const open = await noted(place, 'R-1')
  await pass(app, shop, 15 * 24)

  expect(open).toEqual(['claimed 1'])
  expect(await noted(place, 'R-1')).toEqual(['claimed 1', 'redeemed 0'])
})

test('a share that was made late is waited for', async () => {
  await using place = await withOffer()
  const { app, shop } = place
  const order = await addOrder(app, shop, 'R-1')
  const by = { kind: 'token', token: order.queryToken } as const
  await queryOrder(app, { personId: 'telegram:1', by })
  await pass(app, shop, 22)
  const share = await addShare(app, shop, 'telegram:1', 'R-2')
  await app.db.run(
    ({ sql }) => sql`
      update shares set order_id = ${order.orderId} where merchant_id = ${shop.merchantId}`,
  )
  const voucher = await claim(app, share.token)

  await pass(app, shop, 4)
  const waited = await noted(place, 'R-1')
  await pass(app, shop, 23)
  const claimed = await noted(place, 'R-1')
  await spend(app, shop, voucher.code)
  await pass(app, shop, 20 * 24)

  expect(waited).toEqual([])
  expect(claimed).toEqual(['claimed 1'])
  expect(await noted(place, 'R-1')).toEqual(['claimed 1', 'redeemed 1'])
  expect(await noted(place, 'R-2')).toEqual(['claimed 0'])
})

test('an answer that became due while nobody looked is found the next day', async () => {
  await using place = await withOffer()
  const { app, shop } = place
  const { queryToken } = await addOrder(app, shop, 'R-1')
  await queryOrder(app, { personId: 'telegram:1', by: { kind: 'token', token: queryToken } })
  const pretend = async (seconds: number) => {
    await app.db.run(
      ({ sql }) => sql`
        update campaigns set share_ttl_seconds = ${seconds} where merchant_id = ${shop.merchantId}`,
    )
  }

  await pretend(20 * 24 * 3600)
  await pass(app, shop, 5 * 24)
  const before = await noted(place, 'R-1')
  await pretend(3600)
  await learn(app)
  await pass(app, shop, 24)

  expect(before).toEqual([])
  expect(await noted(place, 'R-1')).toEqual(['claimed 0'])
})

test('patent 12: what became of what somebody shared is known of them once', async () => {
  await using place = await withOffer()
  const { app, shop } = place
  const share = await addShare(app, shop, 'telegram:1', 'R-1')
  await claim(app, share.token)
  await addShare(app, shop, 'telegram:1', 'R-2')

  for (const hours of [27, 1, 30]) await pass(app, shop, hours)

  const [sharer] = await app.db.run(
    ({ sql }) => sql`
      select tried from customers
      where merchant_id = ${shop.merchantId} and person_id = 'telegram:1'`,
  )
  expect(sharer).toEqual({ tried: { shared: [2, 1] } })
})

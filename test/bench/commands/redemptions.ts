import { auditBooks } from '../../../src/usecases/audit-books.ts'
import { redeemVoucher } from '../../../src/usecases/redeem-voucher.ts'
import { addShop } from '../../helpers/shop.ts'
import { settle, versionOf } from '../bed.ts'
import { fillVouchers } from '../fill.ts'
import { type Ground, type GroundOptions, layGround } from '../ground.ts'
import { openPlaces } from '../places.ts'

export type RedemptionsOptions = Omit<GroundOptions, 'people'> & {
  rounds: number
  /** How many there are to spend in a round; each is spent once. */
  vouchers: number
  /** How many ask at the same time. */
  atOnce: number
  say: (line: string) => void
}

export type RedemptionsRound = { redemptionsPerSecond: number; updatesPerSecond: number }

/**
 * Redemptions beside an UPDATE of one row by its key, in the same process over the same connections.
 * Without HTTP: there, a key may ask 6,000 times a minute.
 */
export async function benchRedemptions(
  options: RedemptionsOptions,
): Promise<{ rounds: RedemptionsRound[]; findings: number; postgres: string }> {
  const { rounds, vouchers, atOnce, say } = options
  await using ground = await layGround({ ...options, people: 0 })
  const shop = await addShop(ground.app)
  await ground.sql`create table bench_rows (id integer primary key, n integer not null default 0)`
  await ground.sql`insert into bench_rows select generate_series(1, ${vouchers}::integer)`
  const done: RedemptionsRound[] = []
  for (let round = 0; round < rounds; round++) {
    const codes = await codesToSpend(ground, shop, vouchers)
    await settle(ground)
    const updates = () => rate(vouchers, atOnce, (i) => updateRow(ground, i + 1))
    const redemptions = () =>
      rate(vouchers, atOnce, (i) => spend(ground, shop.merchantId, codes[i] ?? ''))
    // each begins in turn
    const early = round % 2 === 0 ? await updates() : 0
    const redemptionsPerSecond = await redemptions()
    const updatesPerSecond = early || (await updates())
    done.push({ redemptionsPerSecond, updatesPerSecond })
    say(`round ${round + 1}: ${JSON.stringify(done.at(-1))}`)
  }
  const findings = await auditBooks(ground.environment['DATABASE_URL'] ?? '')
  return { rounds: done, findings: findings.length, postgres: await versionOf(ground) }
}

async function codesToSpend(
  ground: Ground,
  shop: Awaited<ReturnType<typeof addShop>>,
  count: number,
): Promise<string[]> {
  const places = await openPlaces(ground, shop)
  await fillVouchers(ground.sql, places, count)
  const rows = await ground.sql<{ code: string }[]>`
    select code from vouchers
    where merchant_id = ${shop.merchantId} and campaign_id = ${places[0]?.campaignId ?? ''}`
  return rows.map(({ code }) => code)
}

async function spend({ app }: Ground, merchantId: string, code: string): Promise<void> {
  const result = await redeemVoucher(app, { merchantId, code, requestId: code, by: 'api' })
  if (result.outcome !== 'redeemed')
    throw new Error(`A voucher was not redeemed: ${result.outcome}`)
}

async function updateRow({ app }: Ground, id: number): Promise<void> {
  await app.db.run(({ sql }) => sql`update bench_rows set n = n + 1 where id = ${id} returning n`)
}

/** How many in a second, with so many under way at any time. */
async function rate(
  count: number,
  atOnce: number,
  run: (i: number) => Promise<void>,
): Promise<number> {
  let next = 0
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < count) await run(next++)
    }),
  )
  return (count * 1000) / (performance.now() - startedAt)
}

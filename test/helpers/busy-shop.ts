import type { Sql } from 'postgres'

/**
 * Two merchants in the middle of a day, written by the SQL functions that the program calls. At
 * `north`, three claimed from the pot of share `s1` (one a stranger, who got the preset voucher) and
 * share `s2` was ended with a rest in its pot. At `south`, gift balances and one amount off were
 * matched, spent in part, spent with a rest, held, given back and expired. At `west`
 * two were claimed; an order that one of them had paid for was cancelled, and then the order of the share,
 * which withdrew what was left of both.
 */
export async function openBusyShop(sql: Sql): Promise<void> {
  for (const merchant of ['north', 'south', 'west']) await addMerchant(sql, merchant)
  await sql`update campaigns set mode = 'random', pot_minor = 1000, draw_min_minor = 100, draw_max_minor = 400
    where merchant_id = 'north'`
  await sql`update campaigns set on_cancelled_share = 'revoke' where merchant_id = 'west'`

  await sql`select open_share('north', 's1', '{100,300,400,200}')`
  await sql`select open_share('north', 's2', '{250,250,250,250}')`
  await claim(sql, 'north', 's1', ['ann', 'ben', 'new'], ['gift', 'gift', null])
  await claim(sql, 'north', 's2', ['cat'], ['gift'])
  await sql`select close_share('north', 's2', 'revoked')`

  await sql`select open_share('south', 's1', '{}')`
  await claim(sql, 'south', 's1', ['ann', 'ben', 'cat', 'new'], ['gift', 'gift', 'off', null])
  await spend(sql, 'ann', 300)
  await spend(sql, 'ben', 200)
  await spend(sql, 'cat', 100)
  await rollBack(sql, 'ben', null)
  await rollBack(sql, 'cat', 40)
  await sql`update vouchers set expires_at = clock_timestamp() where merchant_id = 'south' and holder_id in (
    'telegram:ann', 'telegram:new')`
  await sql`select expire_vouchers('south', 10)`
  await rollBack(sql, 'ann', 50)
  await hold(sql, 'one', 'ben', 250)
  await hold(sql, 'two', 'ben', 150)
  await spend(sql, 'ben', 100, { id: 'r-held', hold: 'one' })

  await sql`select open_share('west', 's1', '{}')`
  await claim(sql, 'west', 's1', ['ann', 'ben'], ['gift', 'gift'])
  await spend(sql, 'ann', 60, { id: 'r-paid', merchant: 'west', order: 'R-2' })
  for (const order of ['R-2', 'R-1']) await cancel(sql, 'west', order)
}

async function addMerchant(sql: Sql, merchant: string): Promise<void> {
  await sql`insert into merchants (id, name, currency) values (${merchant}, ${merchant}, 'EUR')`
  await sql`insert into stores (merchant_id, id, source_id, name) values (${merchant}, 'shop', 'S1', 'Shop')`
  const order = {
    id: 'o1',
    source_id: 'R-1',
    placed_at: '2026-03-01T10:00:00Z',
    currency: 'EUR',
    total_minor: 5000,
    lines: [],
    tastes: {},
    content_hash: 'h',
    reference: `ref-${merchant}`,
    pin_sealed: 'p',
  }
  await sql`select ingest_orders(${merchant}, 'shop', ${[JSON.stringify(order)]}::text[])`
  await sql`insert into campaigns (merchant_id, id, name, status, mode, currency, starts_at, ends_at, budget_minor, slots_per_share, share_ttl_seconds, valid_days)
    values (${merchant}, 'c', 'Spring', 'active', 'matched', 'EUR', '2020-01-01', '2099-01-01', 10000, 4, 3600, 30)`
  await sql`insert into voucher_templates (merchant_id, id, campaign_id, store_id, name, kind, value_minor, quantity, is_fallback) values
    (${merchant}, 'gift', 'c', 'shop', 'Gift', 'gift_balance', 1000, 50, false),
    (${merchant}, 'off', 'c', null, 'Off', 'amount_off', 500, 50, false),
    (${merchant}, 'preset', 'c', null, 'Welcome', 'amount_off', 100, 5, true)`
  await sql`insert into ledger (merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor) values
    (${merchant}, 'c', 'EUR', 'campaign', 'c', 'merchant', 'available', 10000),
    (${merchant}, 'c', 'EUR', 'fallback', 'preset', 'merchant', 'fallback', 500)`
  for (const share of ['s1', 's2']) {
    await sql`insert into offers (merchant_id, id, campaign_id, title) values (${merchant}, ${`of-${share}`}, 'c', 'Share it')`
    await sql`insert into shares (merchant_id, id, campaign_id, offer_id, order_id, sharer_id, slots, seed, seed_hash, reference, expires_at)
      values (${merchant}, ${share}, 'c', ${`of-${share}`}, 'o1', 'telegram:sam', 4, 'seed', 'hash', ${share}, '2099-01-01')`
  }
}

/** Claims get the ids `k-<person>`, vouchers `v-<person>` and codes `CODE-<person>`. */
async function claim(
  sql: Sql,
  merchant: string,
  share: string,
  people: string[],
  templates: (string | null)[],
) {
  const chosen = [...new Set([...templates.filter((id) => id !== null), 'preset'])].sort()
  const numbers = templates.map((id) => (id === null ? null : chosen.indexOf(id) + 1))
  await sql`select claim_vouchers(
    ${merchant}, ${[share]}::text[], ${chosen}::text[],
    ${people.map((person) => `k-${person}`)}::text[], ${people.map(() => 1)}::integer[],
    ${people.map((person) => `telegram:${person}`)}::text[], ${numbers as number[]}::integer[],
    ${templates.map((id) => (id === null ? 'stranger' : null)) as string[]}::text[],
    ${people.map(() => '[]')}::text[], ${people.map(() => 'match')}::text[],
    ${people.map(() => '0.5')}::text[]::double precision[], ${people.map(() => '[]')}::text[], ${people.map(() => 'test')}::text[],
    ${people.map((person) => `v-${person}`)}::text[], ${people.map((person) => `CODE-${person}`)}::text[])`
}

async function spend(
  sql: Sql,
  person: string,
  amountMinor: number,
  { id = `r-${person}`, merchant = 'south', order = '', hold = '' } = {},
): Promise<void> {
  await sql`select redeem_voucher(
    ${merchant}, ${id}, ${[`CODE-${person}`]}::text[], ${amountMinor}, null, null, ${order || null}, 'shop',
    ${hold || null}, ${`till-${id}`}, 'h', 'telegram:cashier')`
}

async function hold(sql: Sql, id: string, person: string, amountMinor: number): Promise<void> {
  await sql`select hold_voucher(
    'south', ${id}, ${[`CODE-${person}`]}::text[], ${amountMinor}, 'shop', 600, ${`hold-${id}`}, 'h', 'api')`
}

/** All of an order. */
async function cancel(sql: Sql, merchant: string, order: string): Promise<void> {
  const cancelled = { id: `can-${order}`, source_id: order, order_source_id: order, lines: [] }
  const told = { ...cancelled, cancelled_at: '2026-03-02T10:00:00Z' }
  await sql`select ingest_cancellations(${merchant}, ${[JSON.stringify(told)]}::text[])`
}

async function rollBack(sql: Sql, person: string, amountMinor: number | null): Promise<void> {
  await sql`select roll_back_redemption('south', ${`b-${person}`}, ${`r-${person}`}, ${amountMinor}, null, ${`back-${person}`}, 'h', 'telegram:cashier', '')`
}

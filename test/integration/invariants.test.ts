import { afterAll, beforeAll, expect, test } from 'vitest'
import { audit, type Finding, INVARIANTS } from '../../src/store/audit.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { KEPT_DAYS } from '../../src/store/invariants/books.ts'
import { purgeOutbox } from '../../src/store/outbox.ts'
import { openBusyShop } from '../helpers/busy-shop.ts'
import { type TestDatabase, testDatabase } from '../helpers/database.ts'

let database: TestDatabase
let shop: Database

beforeAll(async () => {
  database = await testDatabase()
  shop = openDatabase(database.url, { connections: 1 })
  await shop.run(({ sql }) => openBusyShop(sql))
})

afterAll(async () => {
  await shop.close()
  await database[Symbol.asyncDispose]()
})

test('an audit finds nothing in an empty database', async () => {
  await using empty = await testDatabase()
  const db = openDatabase(empty.url, { connections: 1 })

  expect(await audit(db)).toEqual([])
  await db.close()
})

test('an audit finds nothing after a day of claiming, spending, giving back and expiring', async () => {
  expect(
    await lines('select merchant_id, result, count(*) from claims group by 1, 2 order by 1, 2'),
  ).toEqual([
    'north allocated 3',
    'north fallback 1',
    'south allocated 3',
    'south fallback 1',
    'west allocated 2',
  ])
  expect(
    await lines(`select id, status from vouchers where merchant_id = 'south' order by id`),
  ).toEqual([
    'v-ann expired',
    'v-ben partially_redeemed',
    'v-cat partially_redeemed',
    'v-new expired',
  ])
  expect(
    await lines(
      `select id, status, redeemed_minor from vouchers where merchant_id = 'west' order by id`,
    ),
  ).toEqual(['v-ann revoked 0', 'v-ben revoked 0'])
  expect(await audit(shop)).toEqual([])
})

/** How each invariant is broken by hand, the last line of defence taken away first. */
const BROKEN: [invariant: string, ...by: string[]][] = [
  [
    'issued_is_the_number_of_vouchers',
    `update voucher_templates set issued = issued + 1 where id = 'off'`,
  ],
  [
    'issued_is_the_number_of_vouchers',
    'alter table voucher_templates drop constraint issued_within_quantity',
    `update voucher_templates set quantity = issued - 1 where merchant_id = 'south' and id = 'gift'`,
  ],
  [
    'one_claim_per_key',
    'alter table claims drop constraint one_claim_per_person',
    `insert into claims select merchant_id, 'again', campaign_id, share_id, person_id, scope, result, reason, voucher_id, claimed_at
     from claims where merchant_id = 'north' and id = 'k-ann'`,
  ],
  [
    'one_voucher_per_claim',
    'drop index one_voucher_per_claim',
    `insert into vouchers (merchant_id, id, campaign_id, template_id, claim_id, holder_id, code, value_minor, issued_at, expires_at)
     select merchant_id, 'again', campaign_id, template_id, claim_id, holder_id, 'AGAIN', value_minor, issued_at, expires_at
     from vouchers where merchant_id = 'north' and id = 'v-ann'`,
  ],
  ['one_voucher_per_claim', `delete from vouchers where merchant_id = 'north' and id = 'v-ann'`],
  [
    'campaign_is_within_budget',
    'alter table campaigns drop constraint within_budget',
    'update campaigns set budget_minor = reserved_minor + issued_minor - 1',
  ],
  ['least_is_what_kinds_come_to', 'update campaigns set least_bp = least_bp + 1'],
  ['issued_is_what_vouchers_come_to', 'update campaigns set issued_minor = issued_minor - 1'],
  ['issued_is_what_vouchers_come_to', 'update campaigns set issued_count = issued_count - 1'],
  [
    'issued_is_what_vouchers_come_to',
    'alter table campaigns drop constraint within_count',
    'update campaigns set max_vouchers = issued_count - 1 where issued_count > 1',
  ],
  ['day_is_what_its_vouchers_come_to', 'update campaigns set day_count = day_count + 1'],
  ['day_is_what_its_vouchers_come_to', 'update campaigns set day_minor = day_minor + 1'],
  [
    'day_is_what_its_vouchers_come_to',
    'alter table campaigns drop constraint within_day_budget',
    'update campaigns set day_budget_minor = day_minor - 1 where day_minor > 1',
  ],
  [
    'nobody_has_more_than_a_period_allows',
    `update campaigns set person_limit = 1, person_period = 'campaign' where merchant_id = 'north'`,
    `update claims set person_id = 'telegram:1', scope = id where merchant_id = 'north'`,
  ],
  [
    'codes_have_no_gap',
    `update voucher_templates set codes_made = 1 where merchant_id = 'north' and id = 'off'`,
  ],
  [
    'codes_have_no_gap',
    `insert into codes (merchant_id, code, template_id, position, batch_id) values ('north', 'OWN-2', 'off', 2, 'b')`,
    `update voucher_templates set codes_made = 1 where merchant_id = 'north' and id = 'off'`,
  ],
  [
    'batches_count_their_codes',
    `insert into code_batches (merchant_id, id, template_id, source, wanted, made, requested_by)
     values ('north', 'b', 'off', 'imported', 1, 1, 'cli')`,
  ],
  [
    'batches_count_their_codes',
    `insert into code_batches (merchant_id, id, template_id, source, wanted, status, requested_by)
     values ('north', 'b', 'off', 'generated', 1, 'done', 'cli')`,
  ],
  [
    'reserved_minor_is_what_open_shares_hold',
    'update campaigns set reserved_minor = reserved_minor + 1',
  ],
  [
    'reserved_minor_is_what_open_shares_hold',
    `update shares set status = 'expired' where merchant_id = 'north' and id = 's1'`,
  ],
  [
    'taken_is_the_number_of_claims',
    `update shares set taken = taken + 1 where merchant_id = 'south' and id = 's1'`,
  ],
  [
    'pot_is_split_exactly',
    `update slots set amount_minor = amount_minor + 1 where share_id = 's1' and position = 4`,
  ],
  [
    'pot_is_split_exactly',
    `update slots set amount_minor = amount_minor + case position when 1 then -1 else 1 end
    where share_id = 's1' and position < 3`,
  ],
  ['pot_is_split_exactly', `update slots set position = 9 where share_id = 's1' and position = 4`],
  ['pot_is_split_exactly', `insert into slots values ('south', 's1', 1, 100)`],
  [
    'who_claims_gets_the_next_slot',
    `update vouchers set value_minor = value_minor + 1 where id = 'v-ann'`,
  ],
  [
    'voucher_is_spent_within_its_value',
    'alter table vouchers drop constraint spent_within_value',
    `update vouchers set redeemed_minor = value_minor + 1 where merchant_id = 'south' and id = 'v-ben'`,
  ],
  ['nothing_is_left_of_what_is_over', `update vouchers set status = 'expired' where id = 'v-ben'`],
  [
    'redeemed_minor_is_the_sum_of_redemptions',
    `update vouchers set redeemed_minor = 1 where merchant_id = 'south' and id = 'v-ben'`,
  ],
  ['redeemed_minor_is_the_sum_of_redemptions', `delete from redemptions where id = 'r-cat'`],
  [
    'unused_minor_is_what_was_booked_unused',
    `update vouchers set unused_minor = 1 where id = 'v-ben'`,
  ],
  [
    'unused_minor_is_what_was_booked_unused',
    `delete from ledger where cause = 'expiry' and cause_id = 'v-ann'`,
  ],
  [
    'voucher_is_spent_within_its_value',
    'alter table vouchers drop constraint spent_within_value',
    `update vouchers set held_minor = value_minor where merchant_id = 'south' and id = 'v-ben'`,
  ],
  [
    'nothing_is_left_of_what_is_over',
    `update vouchers set unused_minor = unused_minor - 1 where status = 'revoked' and unused_minor > 0`,
  ],
  ['status_is_what_amounts_say', `update vouchers set status = 'held' where id = 'v-ben'`],
  [
    'nothing_is_left_to_the_erased',
    `update vouchers set holder_id = 'erased:0' where merchant_id = 'south' and id = 'v-ben'`,
  ],
  [
    'the_erased_do_nothing_more',
    `update shares set sharer_id = 'erased:0' where merchant_id = 'south' and id = 's1'`,
  ],
  [
    'the_erased_do_nothing_more',
    `insert into staff (merchant_id, person_id, role) values ('south', 'erased:0', 'owner')`,
  ],
  [
    'held_minor_is_the_sum_of_holds',
    `update vouchers set held_minor = held_minor - 1 where merchant_id = 'south' and id = 'v-ben'`,
  ],
  [
    'held_minor_is_the_sum_of_holds',
    `update holds set status = 'released', ended_at = held_at where id = 'two'`,
  ],
  ['captured_hold_was_redeemed', `update holds set amount_minor = 99 where id = 'one'`],
  ['captured_hold_was_redeemed', `update holds set redemption_id = 'r-cat' where id = 'one'`],
  ['revocation_is_told_of', `delete from outbox where kind = 'voucher_revoked'`],
  ['rolled_back_minor_is_the_sum_of_rollbacks', `delete from rollbacks where id = 'b-ben'`],
  [
    'rolled_back_minor_is_the_sum_of_rollbacks',
    'alter table redemptions drop constraint rolled_back_within_amount',
    `update redemptions set amount_minor = 10 where id = 'r-cat'`,
  ],
  ['balances_equal_counters', `delete from ledger where cause = 'share_closed'`],
  [
    'balances_equal_counters',
    `update ledger set currency = 'USD' where cause = 'voucher' and cause_id = 'v-ann'`,
  ],
  ['balances_equal_counters', 'update campaigns set budget_minor = budget_minor + 1'],
  [
    'no_account_is_overdrawn',
    `insert into ledger values ('north', 'c', 'EUR', 'expiry', 'x', 'unused', 'issued', 1)`,
  ],
  [
    'voucher_is_booked',
    `update ledger set from_account = 'reserved' where cause = 'voucher' and cause_id = 'v-new'`,
  ],
  [
    'voucher_is_booked',
    `update ledger set amount_minor = 1 where cause = 'voucher' and cause_id = 'v-ben'`,
  ],
  ['redemption_is_booked', `delete from ledger where cause = 'redemption' and cause_id = 'r-ann'`],
  ['rollback_is_booked', `delete from ledger where cause = 'rollback' and cause_id = 'b-ann'`],
  [
    'tallies_are_what_was_booked',
    `insert into tallied (merchant_id, counted_until) values ('south', clock_timestamp())`,
  ],
  [
    'tallies_are_what_was_booked',
    `insert into day_tallies (merchant_id, campaign_id, day, store_id, what, amount)
     values ('south', 'c', '2026-01-01', '', 'discount', 1)`,
  ],
  [
    'export_has_its_parts',
    `insert into exports (merchant_id, id, kind, format, requested_by, parts, bytes)
     values ('south', 'e', 'ledger', 'csv', 'api', 1, 5)`,
    `insert into export_parts (merchant_id, export_id, number, body) values ('south', 'e', 1, 'four')`,
  ],
  [
    'outcome_is_what_became_of_its_voucher',
    `insert into outcomes (merchant_id, point, subject_id, stage, answer)
     values ('south', 'voucher', 'k-new', 'redeemed', 1)`,
  ],
  [
    'outcome_is_what_became_of_its_voucher',
    `insert into outcomes (merchant_id, point, subject_id, stage, answer)
     values ('west', 'voucher', 'k-ben', 'redeemed', 0)`,
  ],
  [
    'outcome_has_a_decision_to_learn_from',
    `insert into outcomes (merchant_id, point, subject_id, stage, answer)
     values ('south', 'voucher', 'k-ann', 'redeemed', 1)`,
  ],
  [
    'offer_is_spent_once_it_was_claimed',
    `insert into decisions (merchant_id, point, subject_id, person_id, candidates, chosen_by, propensity, model, learnable)
     values ('south', 'offer', 'o1', 'telegram:sam', '{}', 'match', 1, 'offer/0', true)`,
    `insert into outcomes (merchant_id, point, subject_id, stage, answer)
     values ('south', 'offer', 'o1', 'redeemed', 1)`,
  ],
  [
    'model_has_the_state_that_decides',
    `insert into models (merchant_id, point, prior, version) values ('south', 'voucher', '[]', 2)`,
  ],
  [
    'paced_is_who_got_the_preset_for_it',
    `update campaigns set paced_count = paced_count + 1 where merchant_id = 'south'`,
  ],
  [
    'propensity_is_what_was_drawn_from',
    `update decisions set learnable = true, propensity = 0.5, candidates =
       '{"control": 0.1, "preset": "preset", "arms": [{"id": "gift", "p": 0.5}, {"id": "off", "p": 0.5}]}'
     where merchant_id = 'south' and subject_id = 'k-ben'`,
  ],
  ['voucher_is_told_of', `delete from outbox where id = 'voucher:v-new'`],
  ['redemption_is_told_of', `delete from outbox where id = 'redemption:r-cat'`],
  ['rollback_is_told_of', `delete from outbox where id = 'rollback:b-cat'`],
  ['voucher_was_decided', `delete from decisions where subject_id = 'k-ben'`],
  ['voucher_was_decided', `update decisions set chosen_id = 'off' where subject_id = 'k-ben'`],
  [
    'nothing_points_elsewhere',
    `insert into campaigns select 'north', 'c2', name, status, 'matched', currency, zone, starts_at, ends_at,
       budget_minor, 0, 0, slots_per_share, null, null, null, share_ttl_seconds, valid_days
     from campaigns where merchant_id = 'south'`,
    `update claims set campaign_id = 'c2' where merchant_id = 'north' and id = 'k-new'`,
  ],
]

test.each(BROKEN)('%s is found when broken', async (invariant, ...by) => {
  const found = await auditAfter(...by)

  expect(found.map((finding) => finding.invariant)).toContain(invariant)
})

const REFERENCES: [table: string, constraint: string | undefined, change: string][] = [
  ['orders', 'orders_merchant_id_store_id_fkey', `store_id = 'other'`],
  ['voucher_templates', 'voucher_templates_merchant_id_campaign_id_fkey', `campaign_id = 'other'`],
  ['voucher_templates', 'voucher_templates_merchant_id_store_id_fkey', `store_id = 'other'`],
  ['offers', 'offers_merchant_id_campaign_id_fkey', `campaign_id = 'other'`],
  ['campaigns', undefined, `store_ids = '{other}'`],
  ['shares', 'shares_merchant_id_offer_id_fkey', `offer_id = 'other'`],
  ['shares', 'shares_merchant_id_order_id_fkey', `order_id = 'other'`],
  ['slots', undefined, `share_id = 'other'`],
  ['claims', undefined, `share_id = 'other'`],
  ['vouchers', undefined, `claim_id = 'other'`],
  ['vouchers', undefined, `template_id = 'other'`],
  ['redemptions', undefined, `voucher_id = 'other'`],
  ['rollbacks', undefined, `redemption_id = 'other'`],
  ['holds', undefined, `voucher_id = 'other'`],
  ['ledger', undefined, `campaign_id = 'other'`],
]

test.each(REFERENCES)(
  "a row of %s that leads to nothing of its merchant's is found (%s, %s)",
  async (table, constraint, change) => {
    const unguard = constraint ? [`alter table ${table} drop constraint ${constraint}`] : []

    const found = await auditAfter(
      ...unguard,
      `update ${table} set ${change} where ctid = (select min(ctid) from ${table})`,
    )

    expect(found).toContainEqual({
      invariant: 'nothing_points_elsewhere',
      merchantId: expect.any(String),
      subject: expect.any(String),
      found: expect.stringMatching(/^no \w+ other of this merchant$/),
    })
  },
)

test('every invariant has been broken here', () => {
  const broken = new Set(BROKEN.map(([invariant]) => invariant))

  expect(INVARIANTS.map((invariant) => invariant.name).filter((name) => !broken.has(name))).toEqual(
    [],
  )
})

test('a finding names the merchant, the row and both numbers', async () => {
  const found = await auditAfter(
    `update voucher_templates set issued = 7 where merchant_id = 'south' and id = 'off'`,
  )

  expect(found).toEqual([
    {
      invariant: 'issued_is_the_number_of_vouchers',
      merchantId: 'south',
      subject: 'off',
      found: 'issued 7 of 50, vouchers 1',
    },
  ])
})

test('what an audit asks for is kept, and what is no longer kept is no finding', async () => {
  const age = (days: number) => `
    update vouchers set issued_at = issued_at - interval '${days} days';
    update campaigns set day = day - ${days};
    update redemptions set redeemed_at = redeemed_at - interval '${days} days';
    update rollbacks set rolled_back_at = rolled_back_at - interval '${days} days';
    update ledger set booked_at = booked_at - interval '${days} days';
    update outbox set created_at = created_at - interval '${days} days', sent_at = clock_timestamp() - interval '400 days';
    update decisions set decided_at = decided_at - interval '${days} days'`

  for (const days of [KEPT_DAYS.outbox - 1, KEPT_DAYS.outbox, 400]) {
    const found = await inTransaction(async () => {
      await shop.run(({ sql }) => sql.unsafe(age(days)))
      await purgeOutbox(shop)
      return audit(shop)
    })
    expect(found).toEqual([])
  }
})

async function auditAfter(...by: string[]): Promise<Finding[]> {
  return inTransaction(async () => {
    await shop.run(({ sql }) => sql.unsafe(by.join(';')))
    return audit(shop)
  })
}

/** Does something to the shop and takes it back: it has one connection, so all of it is one transaction. */
async function inTransaction<T>(work: () => Promise<T>): Promise<T> {
  await shop.run(({ sql }) => sql.unsafe('begin'))
  try {
    return await work()
  } finally {
    await shop.run(({ sql }) => sql.unsafe('rollback'))
  }
}

async function lines(select: string): Promise<string[]> {
  const rows = await shop.run(({ sql }) => sql.unsafe(select))
  return rows.map((row) => Object.values(row).join(' '))
}

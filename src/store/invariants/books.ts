import type { Connection } from '../database.ts'
import type { Invariant } from './invariant.ts'

/** Rows that retention may remove stay at least this long, so an audit can ask for them. */
export const KEPT_DAYS = { outbox: 30, decisions: 390 }

/** Whatever moved value is in the ledger, and whoever had to be told has a row in the outbox. */
export const BOOKS: readonly Invariant[] = [
  {
    name: 'balances_equal_counters',
    broken: (sql) => sql`
      with booked as (
        select merchant_id, campaign_id, currency, account, sum(amount) as balance
        from (${entries(sql)}) entries
        group by merchant_id, campaign_id, currency, account
      ), preset as (
        select merchant_id, campaign_id, sum(quantity::bigint * value_minor) as given,
               sum((quantity - issued)::bigint * value_minor) filter (where is_fallback) as fallback,
               sum((quantity - issued)::bigint * value_minor) filter (where is_reward) as reward
        from voucher_templates where is_fallback or is_reward group by merchant_id, campaign_id
      ), spent as (
        select merchant_id, campaign_id, sum(value_minor - redeemed_minor - unused_minor) as issued,
               sum(redeemed_minor) as redeemed, sum(unused_minor) as unused
        from vouchers group by merchant_id, campaign_id
      ), counted as (
        select c.merchant_id, c.id as campaign_id, c.currency, a.account, coalesce(a.balance, 0) as balance
        from campaigns c
        left join preset p on p.merchant_id = c.merchant_id and p.campaign_id = c.id
        left join spent s on s.merchant_id = c.merchant_id and s.campaign_id = c.id
        cross join lateral (values
          ('merchant', -c.budget_minor - coalesce(p.given, 0)),
          ('available', c.budget_minor - c.reserved_minor - c.issued_minor),
          ('reserved', c.reserved_minor),
          ('fallback', p.fallback),
          ('reward', p.reward),
          ('issued', s.issued),
          ('redeemed', s.redeemed),
          ('unused', s.unused)
        ) a (account, balance)
      )
      select merchant_id, campaign_id, format(
               '%s: booked %s %s, counted %s', account, coalesce(b.balance, 0), currency, coalesce(c.balance, 0))
      from booked b full join counted c using (merchant_id, campaign_id, currency, account)
      where coalesce(b.balance, 0) <> coalesce(c.balance, 0)`,
  },
  {
    name: 'no_account_is_overdrawn',
    broken: (sql) => sql`
      select merchant_id, campaign_id, format('%s: %s %s', account, sum(amount), currency)
      from (${entries(sql)}) entries
      where account <> 'merchant'
      group by merchant_id, campaign_id, currency, account
      having sum(amount) < 0`,
  },
  {
    name: 'voucher_is_booked',
    broken: (sql) => sql`
      select v.merchant_id, v.id, format(
               'worth %s %s, booked %s %s from %s', v.value_minor, c.currency, l.amount_minor, l.currency, l.from_account)
      from vouchers v
      join voucher_templates t on t.merchant_id = v.merchant_id and t.id = v.template_id
      join campaigns c on c.merchant_id = v.merchant_id and c.id = v.campaign_id
      left join ledger l on l.merchant_id = v.merchant_id and l.cause = 'voucher' and l.cause_id = v.id
        and l.to_account = 'issued'
      where (l.amount_minor, l.currency, l.campaign_id) is distinct from (v.value_minor, c.currency, c.id)
        or l.from_account <> case
          when t.is_fallback then 'fallback' when t.is_reward then 'reward'
          when c.mode = 'random' then 'reserved' else 'available' end`,
  },
  {
    name: 'redemption_is_booked',
    broken: (sql) => sql`
      select r.merchant_id, r.id, format('of %s, booked %s', r.amount_minor, coalesce(l.amount_minor, 0))
      from redemptions r
      left join ledger l on l.merchant_id = r.merchant_id and l.cause = 'redemption' and l.cause_id = r.id
        and l.from_account = 'issued' and l.to_account = 'redeemed'
      where l.amount_minor is distinct from r.amount_minor`,
  },
  {
    name: 'rollback_is_booked',
    broken: (sql) => sql`
      select b.merchant_id, b.id, format('of %s, booked %s', b.amount_minor, coalesce(l.amount_minor, 0))
      from rollbacks b
      left join ledger l on l.merchant_id = b.merchant_id and l.cause = 'rollback' and l.cause_id = b.id
        and l.from_account = 'redeemed'
      where l.amount_minor is distinct from b.amount_minor`,
  },
  {
    name: 'voucher_is_told_of',
    broken: (sql) => sql`
      select v.merchant_id, v.id, 'not in the outbox' from vouchers v
      where v.issued_at > clock_timestamp() - make_interval(days => ${KEPT_DAYS.outbox}) and not exists (
        select 1 from outbox o where o.merchant_id = v.merchant_id and o.id = 'voucher:' || v.id
      )`,
  },
  {
    name: 'redemption_is_told_of',
    broken: (sql) => sql`
      select r.merchant_id, r.id, 'not in the outbox' from redemptions r
      where r.redeemed_at > clock_timestamp() - make_interval(days => ${KEPT_DAYS.outbox}) and not exists (
        select 1 from outbox o where o.merchant_id = r.merchant_id and o.id = 'redemption:' || r.id
      )`,
  },
  {
    name: 'rollback_is_told_of',
    broken: (sql) => sql`
      select b.merchant_id, b.id, 'not in the outbox' from rollbacks b
      where b.rolled_back_at > clock_timestamp() - make_interval(days => ${KEPT_DAYS.outbox}) and not exists (
        select 1 from outbox o where o.merchant_id = b.merchant_id and o.id = 'rollback:' || b.id
      )`,
  },
  {
    name: 'revocation_is_told_of',
    broken: (sql) => sql`
      select l.merchant_id, l.cause_id, 'not in the outbox' from ledger l
      where l.cause = 'revocation'
        and l.booked_at > clock_timestamp() - make_interval(days => ${KEPT_DAYS.outbox}) and not exists (
          select 1 from outbox o where o.merchant_id = l.merchant_id and o.id = 'revocation:' || l.cause_id
        )`,
  },
  {
    name: 'voucher_was_decided',
    broken: (sql) => sql`
      select v.merchant_id, v.id, 'no decision for this template' from vouchers v
      where v.issued_at > clock_timestamp() - make_interval(days => ${KEPT_DAYS.decisions}) and not exists (
        select 1 from decisions d
        where d.merchant_id = v.merchant_id and d.point = 'voucher' and d.subject_id = v.claim_id
          and d.chosen_id = v.template_id
      )`,
  },
]

/** Each transfer twice: what came into an account and what went out of one. */
function entries(sql: Connection['sql']) {
  return sql`
    select merchant_id, campaign_id, currency, to_account as account, amount_minor as amount from ledger
    union all
    select merchant_id, campaign_id, currency, from_account, -amount_minor from ledger`
}

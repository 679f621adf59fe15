import type { Stage } from '../matching/learner.ts'
import type { Database } from './database.ts'

/** A decision of which it is known what came of it, at one of its stages. */
export type Settled = {
  subjectId: string
  stage: Stage
  answer: 0 | 1
  /** What it brought, by the merchant's margin and net of what was given back; null where none is stated. */
  valueMinor: number | null
  /** What the person is known by it to have tried: a kind of voucher, or `shared`. */
  kind: string | null
  candidates: unknown
  chosenId: string
}

/** From when to when: from the beginning, and to the end, where it says nothing; and how much at once. */
export type Span = { from: Date | null; until: Date | null; most: number }

/**
 * Where pages of what has ended or was given back end, so that each holds hardly more than so much of it;
 * what comes after the last is a page too. They end with a whole millisecond: what happened at one time comes
 * together.
 */
export async function pagesSince(
  db: Database,
  merchantId: string,
  from: Date | null,
  most: number,
): Promise<{ ends: Date[]; now: Date }> {
  const [pages] = await db.run(
    ({ sql }) => sql<{ ends: string[]; now: Date }[]>`
      with happened as (
        select l.booked_at as at from ledger l
        where l.merchant_id = ${merchantId} and l.booked_at >= coalesce(${from}::timestamptz, '-infinity')
          and l.cause in ('rollback', 'expiry')
        union all
        select v.expires_at from vouchers v
        where v.merchant_id = ${merchantId} and v.expires_at >= coalesce(${from}::timestamptz, '-infinity')
          and v.expires_at <= clock_timestamp() and v.redeemed_minor > 0
      ), ended as (
        select distinct date_trunc('milliseconds', h.at) + interval '1 millisecond' as at
        from (select at, row_number() over (order by at) as n from happened) h
        where h.n % ${most} = 0
      )
      select clock_timestamp() as now, coalesce((select json_agg(e.at order by e.at) from ended e), '[]') as ends`,
  )
  return { ends: (pages?.ends ?? []).map((end) => new Date(end)), now: pages?.now ?? new Date(0) }
}

/**
 * Of the vouchers that ended in a time, what is not noted yet: a yes where one was ever spent, a no where it
 * has expired unspent. A yes is not known before the end either, or else the newest would all be one. And of
 * those that were given back what they brought, where that is another than was noted. Where a till did not
 * say what was paid, it was at least what had to be.
 */
export async function settledVouchers(
  db: Database,
  merchantId: string,
  { from, until, most }: Span,
): Promise<Settled[]> {
  return db.run(
    ({ sql }) => sql<Settled[]>`
      with ended as materialized (
        select l.cause_id as id from ledger l
        where l.merchant_id = ${merchantId} and l.booked_at >= coalesce(${from}::timestamptz, '-infinity')
          and l.booked_at < coalesce(${until}::timestamptz, 'infinity') and l.cause = 'expiry'
        union
        select v.id from vouchers v
        where v.merchant_id = ${merchantId} and v.expires_at >= coalesce(${from}::timestamptz, '-infinity')
          and v.expires_at < coalesce(${until}::timestamptz, 'infinity')
          and v.expires_at <= clock_timestamp() and exists (
            select from redemptions r where r.merchant_id = ${merchantId} and r.voucher_id = v.id
          )
        union
        select r.voucher_id from ledger l
        join rollbacks b on b.merchant_id = ${merchantId} and b.id = l.cause_id
        join redemptions r on r.merchant_id = ${merchantId} and r.id = b.redemption_id
        where l.merchant_id = ${merchantId} and l.booked_at >= coalesce(${from}::timestamptz, '-infinity')
          and l.booked_at < coalesce(${until}::timestamptz, 'infinity') and l.cause = 'rollback'
      )
      select d.subject_id, 'redeemed' as stage, a.answer, a.value_minor, t.kind, d.candidates, d.chosen_id
      from ended x
      join vouchers v on v.merchant_id = ${merchantId} and v.id = x.id
      join voucher_templates t on t.merchant_id = ${merchantId} and t.id = v.template_id
      join merchants m on m.id = ${merchantId}
      join decisions d on d.merchant_id = ${merchantId} and d.point = 'voucher' and d.subject_id = v.claim_id
      cross join lateral (
        select count(*) as times, coalesce(sum(r.amount_minor - r.rolled_back_minor), 0) as discount,
               coalesce(sum(div(
                 coalesce(r.order_minor, greatest(t.min_spend_minor, r.amount_minor))::numeric
                   * (r.amount_minor - r.rolled_back_minor), nullif(r.amount_minor, 0)
               )), 0) as paid
        from redemptions r where r.merchant_id = ${merchantId} and r.voucher_id = v.id
      ) spent
      cross join lateral (
        select case when spent.times > 0 then 1 else 0 end as answer,
               (div(m.margin_bp * spent.paid, 10000) - spent.discount)::bigint as value_minor
      ) a
      left join outcomes o on o.merchant_id = ${merchantId} and o.point = 'voucher'
        and o.subject_id = d.subject_id and o.stage = 'redeemed'
      where d.learnable and json_typeof(d.candidates) = 'object' and d.chosen_id is not null
        and v.expires_at <= clock_timestamp() and (spent.times > 0 or v.status = 'expired')
        and (o.position is null or o.value_minor <> a.value_minor)
      order by d.decided_at, d.subject_id limit ${most}`,
  )
}

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

/** From when to when: from the beginning, and to the end, where it says nothing. */
export type Span = { from: Date | null; until: Date | null }

/**
 * Where the next page of what was booked ends, so that there is not more than this of it. The page ends with
 * a whole millisecond: what was booked at one time comes together.
 */
export async function endOfPage(
  db: Database,
  merchantId: string,
  from: Date | null,
  most: number,
): Promise<{ until: Date | null; now: Date }> {
  const [page] = await db.run(
    ({ sql }) => sql<{ until: Date | null; now: Date }[]>`
      select clock_timestamp() as now, (
        select date_trunc('milliseconds', l.booked_at) + interval '1 millisecond' from ledger l
        where l.merchant_id = ${merchantId} and l.booked_at >= coalesce(${from}::timestamptz, '-infinity')
          and l.cause in ('voucher', 'redemption', 'rollback', 'expiry')
        order by l.booked_at offset ${most} limit 1
      ) as until`,
  )
  return page ?? { until: null, now: new Date(0) }
}

/**
 * Of the vouchers that were spent, given back or expired in a time, what is not noted yet: a yes as soon as
 * one was spent for the first time, a no when it has expired unspent; and what they brought, where that is
 * another than was noted. Where a till did not say what was paid, it was at least what had to be.
 */
export async function settledVouchers(
  db: Database,
  merchantId: string,
  { from, until }: Span,
): Promise<Settled[]> {
  return db.run(
    ({ sql }) => sql<Settled[]>`
      with turned as materialized (
        select l.cause, l.cause_id from ledger l
        where l.merchant_id = ${merchantId} and l.booked_at >= coalesce(${from}::timestamptz, '-infinity')
          and l.booked_at < coalesce(${until}::timestamptz, 'infinity')
          and l.cause in ('redemption', 'rollback', 'expiry')
      ), touched as materialized (
        select t.cause_id as id from turned t where t.cause = 'expiry'
        union
        select r.voucher_id from turned t
        left join rollbacks b on b.merchant_id = ${merchantId} and b.id = t.cause_id and t.cause = 'rollback'
        join redemptions r on r.merchant_id = ${merchantId} and r.id = coalesce(b.redemption_id, t.cause_id)
        where t.cause <> 'expiry'
      )
      select d.subject_id, 'redeemed' as stage, a.answer, a.value_minor, t.kind, d.candidates, d.chosen_id
      from touched x
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
        and (spent.times > 0 or v.status = 'expired')
        and (o.position is null or o.value_minor <> a.value_minor)
      order by d.decided_at, d.subject_id`,
  )
}

/**
 * Of the offers from whose shares somebody got something in a time, or spent it or gave it back, what is not
 * noted yet: a yes to being claimed, a yes to being spent, and what all of a share brought. What somebody
 * claimed so late that a no was noted stays that.
 */
export async function settledOffers(
  db: Database,
  merchantId: string,
  { from, until, claimsFrom }: Span & { claimsFrom: Date | null },
): Promise<Settled[]> {
  return db.run(
    ({ sql }) => sql<Settled[]>`
      with turned as materialized (
        select l.cause, l.cause_id from ledger l
        where l.merchant_id = ${merchantId} and l.booked_at >= coalesce(${from}::timestamptz, '-infinity')
          and l.booked_at < coalesce(${until}::timestamptz, 'infinity')
          and (l.cause in ('redemption', 'rollback')
            or l.cause = 'voucher' and l.booked_at >= coalesce(${claimsFrom}::timestamptz, '-infinity'))
      ), touched as materialized (
        select t.cause_id as id, false as is_spent from turned t where t.cause = 'voucher'
        union
        select r.voucher_id, true from turned t
        left join rollbacks b on b.merchant_id = ${merchantId} and b.id = t.cause_id and t.cause = 'rollback'
        join redemptions r on r.merchant_id = ${merchantId} and r.id = coalesce(b.redemption_id, t.cause_id)
        where t.cause <> 'voucher'
      ), shared as materialized (
        select s.order_id, s.offer_id, bool_or(x.is_spent) as is_spent
        from touched x
        join vouchers v on v.merchant_id = ${merchantId} and v.id = x.id
        join claims k on k.merchant_id = ${merchantId} and k.campaign_id = v.campaign_id
          and k.person_id = v.holder_id and k.id = v.claim_id and k.result <> 'reward'
        join shares s on s.merchant_id = ${merchantId} and s.id = k.share_id
        group by s.order_id, s.offer_id
      )
      select d.subject_id, g.stage, 1 as answer, a.value_minor,
             case g.stage when 'claimed' then 'shared' end as kind, d.candidates, d.chosen_id
      from shared h
      join merchants m on m.id = ${merchantId}
      join decisions d on d.merchant_id = ${merchantId} and d.point = 'offer' and d.subject_id = h.order_id
        and d.chosen_id = h.offer_id
      cross join (values (1, 'claimed'), (2, 'redeemed')) g (n, stage)
      left join outcomes o on o.merchant_id = ${merchantId} and o.point = 'offer'
        and o.subject_id = d.subject_id and o.stage = g.stage
      left join outcomes k on k.merchant_id = ${merchantId} and k.point = 'offer'
        and k.subject_id = d.subject_id and k.stage = 'claimed'
      left join lateral (
        select coalesce(sum(y.amount) filter (where y.what = 'order'), 0) as paid,
               coalesce(sum(y.amount) filter (where y.what = 'discount'), 0) as discount
        from shares s
        join share_tallies y on y.merchant_id = ${merchantId} and y.share_id = s.id
        where s.merchant_id = ${merchantId} and s.sharer_id = d.person_id and s.order_id = d.subject_id
          and s.offer_id = d.chosen_id
      ) spent on g.stage = 'redeemed'
      cross join lateral (
        select (div(m.margin_bp * greatest(spent.paid, spent.discount), 10000) - spent.discount)::bigint
          as value_minor
      ) a
      where d.learnable and json_typeof(d.candidates) = 'object'
        and (g.stage = 'claimed' or h.is_spent and k.answer is distinct from 0)
        and (o.position is null or o.value_minor <> a.value_minor)
      order by d.decided_at, d.subject_id, g.n`,
  )
}

/**
 * Of the offers that were shown so long ago that a share made then is over, what is not noted yet: a no where
 * nobody got anything from it. Where somebody did and every voucher of the share is over too: a no where none
 * of them was ever spent. A share that was made later is waited for once more.
 */
export async function settledByTime(
  db: Database,
  merchantId: string,
  from: Date | null,
  most: number,
): Promise<Settled[]> {
  return db.run(
    ({ sql }) => sql<Settled[]>`
      with due as materialized (
        select distinct split_part(e.subject_id, ':', 1) as order_id,
               split_part(e.subject_id, ':', 2) as offer_id,
               make_interval(secs => c.share_ttl_seconds) as life,
               make_interval(days => c.valid_days + 2) as valid
        from (select clock_timestamp() as at) now
        cross join campaigns c
        cross join lateral (values
          (make_interval(secs => c.share_ttl_seconds)),
          (make_interval(secs => 2 * c.share_ttl_seconds)),
          (make_interval(secs => 2 * c.share_ttl_seconds, days => c.valid_days + 2))
        ) age (span)
        join usage_events e on e.merchant_id = ${merchantId} and e.kind = 'offer_shown' and e.campaign_id = c.id
          and e.happened_at >= coalesce(${from}::timestamptz, '-infinity') - age.span
          and e.happened_at <= now.at - age.span
        where c.merchant_id = ${merchantId}
      )
      select d.subject_id, a.stage, 0 as answer, case when m.margin_bp is not null then 0 end as value_minor,
             case when a.stage = 'claimed' and s.times > 0 then 'shared' end as kind, d.candidates, d.chosen_id
      from due x
      join merchants m on m.id = ${merchantId}
      join decisions d on d.merchant_id = ${merchantId} and d.point = 'offer' and d.subject_id = x.order_id
        and d.chosen_id = x.offer_id
      left join outcomes k on k.merchant_id = ${merchantId} and k.point = 'offer'
        and k.subject_id = d.subject_id and k.stage = 'claimed'
      left join outcomes r on r.merchant_id = ${merchantId} and r.point = 'offer'
        and r.subject_id = d.subject_id and r.stage = 'redeemed'
      cross join lateral (
        select count(*) as times, coalesce(sum(s.taken), 0) as taken, max(s.expires_at) as ends_at,
               coalesce(bool_or(s.status in ('draft', 'open') and s.expires_at > clock_timestamp()), false)
                 as is_alive
        from shares s
        where s.merchant_id = ${merchantId} and s.sharer_id = d.person_id and s.order_id = d.subject_id
          and s.offer_id = d.chosen_id
      ) s
      cross join lateral (
        select case when k.position is null then 'claimed' else 'redeemed' end as stage
      ) a
      where d.learnable and json_typeof(d.candidates) = 'object' and not s.is_alive
        and d.decided_at <= clock_timestamp() - x.life
        and case a.stage
          when 'claimed' then s.taken = 0
          else k.answer = 1 and r.position is null and s.ends_at <= clock_timestamp() - x.valid end
      order by d.decided_at, d.subject_id limit ${most}`,
  )
}

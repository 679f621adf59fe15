import type { Stage } from '../matching/learner.ts'
import type { Database } from './database.ts'
import type { Settled, Span } from './settled.ts'

/** How long shares of a campaign live, and for how many days what they gave is valid. */
export type Life = { shareTtlSeconds: number; validDays: number }

/** Of all campaigns of a merchant, each once. */
export async function livesAt(db: Database, merchantId: string): Promise<Life[]> {
  return db.run(
    ({ sql }) => sql<Life[]>`
      select distinct share_ttl_seconds, valid_days from campaigns where merchant_id = ${merchantId}
      order by share_ttl_seconds, valid_days`,
  )
}

/**
 * Of the offers of campaigns of such a life, what is not noted yet: a yes where what somebody got from their
 * share was spent and ended in a time. And of what was given back in another what all of its share brought,
 * where that is another than was noted.
 */
export async function settledOffers(
  db: Database,
  merchantId: string,
  { shareTtlSeconds, validDays }: Life,
  ended: Omit<Span, 'most'>,
  { from, until, most }: Span,
): Promise<Settled[]> {
  return db.run(
    ({ sql }) => sql<Settled[]>`
      with ended as materialized (
        select v.id, true as is_over
        from vouchers v
        join campaigns c on c.merchant_id = ${merchantId} and c.id = v.campaign_id
          and c.share_ttl_seconds = ${shareTtlSeconds} and c.valid_days = ${validDays}
        where v.merchant_id = ${merchantId} and v.expires_at >= coalesce(${ended.from}::timestamptz, '-infinity')
          and v.expires_at < ${ended.until}::timestamptz
        union
        select r.voucher_id, false from ledger l
        join rollbacks b on b.merchant_id = ${merchantId} and b.id = l.cause_id
        join redemptions r on r.merchant_id = ${merchantId} and r.id = b.redemption_id
        where l.merchant_id = ${merchantId} and l.booked_at >= coalesce(${from}::timestamptz, '-infinity')
          and l.booked_at < coalesce(${until}::timestamptz, 'infinity') and l.cause = 'rollback'
      ), shared as materialized (
        select s.order_id, s.offer_id, bool_or(x.is_over) as is_over,
               sum(coalesce(r.order_minor, r.amount_minor)) as paid,
               sum(r.amount_minor - r.rolled_back_minor) as discount
        from ended x
        join vouchers v on v.merchant_id = ${merchantId} and v.id = x.id
        join redemptions r on r.merchant_id = ${merchantId} and r.voucher_id = v.id
        join claims k on k.merchant_id = ${merchantId} and k.campaign_id = v.campaign_id
          and k.person_id = v.holder_id and k.id = v.claim_id and k.result <> 'reward'
        join shares s on s.merchant_id = ${merchantId} and s.id = k.share_id
        group by s.order_id, s.offer_id
      )
      select d.subject_id, 'redeemed' as stage, 1 as answer, a.value_minor, null as kind, d.candidates,
             d.chosen_id
      from shared h
      join merchants m on m.id = ${merchantId}
      join decisions d on d.merchant_id = ${merchantId} and d.point = 'offer' and d.subject_id = h.order_id
        and d.chosen_id = h.offer_id
      join outcomes k on k.merchant_id = ${merchantId} and k.point = 'offer'
        and k.subject_id = d.subject_id and k.stage = 'claimed' and k.answer = 1
      left join outcomes o on o.merchant_id = ${merchantId} and o.point = 'offer'
        and o.subject_id = d.subject_id and o.stage = 'redeemed'
      cross join lateral (
        select sum(y.amount) filter (where y.what = 'order') as paid,
               sum(y.amount) filter (where y.what = 'discount') as discount
        from shares s
        join share_tallies y on y.merchant_id = ${merchantId} and y.share_id = s.id
        where s.merchant_id = ${merchantId} and s.sharer_id = d.person_id and s.order_id = d.subject_id
          and s.offer_id = d.chosen_id
      ) counted
      cross join lateral (
        select coalesce(counted.discount, h.discount) as discount,
               greatest(coalesce(counted.paid, h.paid), counted.discount) as paid
      ) spent
      cross join lateral (
        select (div(m.margin_bp * spent.paid, 10000) - spent.discount)::bigint as value_minor
      ) a
      where d.learnable and json_typeof(d.candidates) = 'object'
        and (o.position is null and h.is_over or o.answer = 1 and o.value_minor <> a.value_minor)
      order by d.decided_at, d.subject_id limit ${most}`,
  )
}

/**
 * Of the offers of campaigns of such a life that were shown in a time, what is not noted yet of a stage and
 * known by now. `claimed`: whether anybody got something, where no share lives. `redeemed`: a no, where
 * somebody did, and a yes would be noted by now.
 */
export async function settledByTime(
  db: Database,
  merchantId: string,
  stage: Stage,
  { shareTtlSeconds, validDays }: Life,
  { from, until, most }: Span,
): Promise<Settled[]> {
  return db.run(
    ({ sql }) => sql<Settled[]>`
      with life as (
        select make_interval(secs => ${shareTtlSeconds}::integer) as share,
               make_interval(secs => ${shareTtlSeconds}::integer, days => ${validDays}::integer + 2) as spending
      ), due as materialized (
        select split_part(e.subject_id, ':', 1) as order_id, split_part(e.subject_id, ':', 2) as offer_id
        from usage_events e
        join campaigns c on c.merchant_id = ${merchantId} and c.id = e.campaign_id
          and c.share_ttl_seconds = ${shareTtlSeconds} and c.valid_days = ${validDays}
        where e.merchant_id = ${merchantId} and e.kind = 'offer_shown'
          and e.happened_at >= coalesce(${from}::timestamptz, '-infinity')
          and e.happened_at <= ${until}::timestamptz
      )
      select d.subject_id, ${stage}::text as stage, a.answer,
             case when m.margin_bp is not null and a.answer = 0 then 0 end as value_minor,
             case when ${stage} = 'claimed' and s.times > 0 then 'shared' end as kind, d.candidates, d.chosen_id
      from due x
      cross join life
      join merchants m on m.id = ${merchantId}
      join decisions d on d.merchant_id = ${merchantId} and d.point = 'offer' and d.subject_id = x.order_id
        and d.chosen_id = x.offer_id
      left join outcomes k on k.merchant_id = ${merchantId} and k.point = 'offer'
        and k.subject_id = d.subject_id and k.stage = 'claimed'
      left join outcomes r on r.merchant_id = ${merchantId} and r.point = 'offer'
        and r.subject_id = d.subject_id and r.stage = 'redeemed'
      cross join lateral (
        select count(*) as times, max(s.expires_at) as ends_at,
               coalesce(bool_or(s.status in ('draft', 'open') and s.expires_at > clock_timestamp()), false)
                 as is_alive,
               -- where nothing of it was counted yet, whoever opened it got something
               coalesce(bool_or(s.taken > 0 or coalesce(y.given > 0, s.opened_at is not null)), false)
                 as is_taken,
               coalesce(bool_or(y.spent > 0), false) as is_spent
        from shares s
        cross join lateral (
          select sum(y.amount) filter (where y.what in ('redeemed', 'rolledBack')) as spent,
                 sum(case when y.what in ('claimed', 'fallback') then y.amount else 0 end) as given
          from share_tallies y where y.merchant_id = ${merchantId} and y.share_id = s.id
        ) y
        where s.merchant_id = ${merchantId} and s.sharer_id = d.person_id and s.order_id = d.subject_id
          and s.offer_id = d.chosen_id
      ) s
      cross join lateral (
        select case when ${stage} = 'claimed' and s.is_taken then 1 else 0 end as answer
      ) a
      where d.learnable and json_typeof(d.candidates) = 'object' and not s.is_alive
        and d.decided_at <= clock_timestamp() - life.share
        and case ${stage} when 'claimed' then k.position is null
            else k.answer = 1 and r.position is null and s.ends_at <= clock_timestamp() - life.spending
              and not s.is_spent end
      order by d.decided_at, d.subject_id limit ${most}`,
  )
}

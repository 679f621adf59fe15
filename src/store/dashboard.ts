import type { Counts } from '../domain/counts.ts'
import type { Connection, Database } from './database.ts'

/** Counts of a campaign on a day. Campaign '' holds what belongs to none: the orders that were opened. */
export type DayCounts = Counts & { campaignId: string; day: string; issuedMinor: number }

/**
 * What people did with a merchant's campaigns, or with one of them, day by day of a zone and from the
 * first day on. Whoever got something has opened the share too; of the others each opening is noted. An
 * order counts as opened in every campaign that had an offer for it. @patent 12
 */
export async function countsByDay(
  db: Database,
  merchantId: string,
  { campaignId, zone }: { campaignId?: string | undefined; zone: string },
): Promise<DayCounts[]> {
  const only = campaignId ?? null
  return db.run(
    ({ sql }) => sql<DayCounts[]>`
      with given as (
        select v.campaign_id, (v.issued_at at time zone ${zone})::date as day, v.template_id,
               count(*) as number, sum(v.value_minor) as issued_minor,
               sum(v.value_minor - v.redeemed_minor - v.unused_minor) as liability_minor
        from vouchers v
        where v.merchant_id = ${merchantId} and (${only}::text is null or v.campaign_id = ${only})
        group by 1, 2, 3
      ), spent as (
        select v.campaign_id, (r.redeemed_at at time zone ${zone})::date as day, ${redemptions(sql)}
        from redemptions r
        join vouchers v on v.merchant_id = r.merchant_id and v.id = r.voucher_id
        where r.merchant_id = ${merchantId} and (${only}::text is null or v.campaign_id = ${only})
        group by 1, 2
      ), seen as (
        select e.campaign_id, (e.happened_at at time zone ${zone})::date as day,
               count(*) filter (where e.kind = 'offer_shown') as shown,
               count(*) filter (where e.kind = 'offer_shared') as shared,
               count(*) filter (where e.kind = 'claim_refused') as refused
        from usage_events e
        where e.merchant_id = ${merchantId} and (${only}::text is null or e.campaign_id = ${only})
          and e.kind in ('offer_shown', 'offer_shared', 'claim_refused')
        group by 1, 2
      ), opened as (
        select e.campaign_id, (e.happened_at at time zone ${zone})::date as day, count(*) as opened
        from usage_events e
        where e.merchant_id = ${merchantId} and (${only}::text is null or e.campaign_id = ${only})
          and e.kind = 'share_opened' and ${wentAway(sql)}
        group by 1, 2
      ), queried as (
        select '' as campaign_id, (e.happened_at at time zone ${zone})::date as day, count(*) as queried
        from usage_events e
        where e.merchant_id = ${merchantId} and e.kind = 'order_queried' and ${only}::text is null
        group by 1, 2
        union all
        select e.campaign_id, (e.happened_at at time zone ${zone})::date,
               count(distinct (split_part(e.subject_id, ':', 1), e.person_id))
        from usage_events e
        where e.merchant_id = ${merchantId} and e.kind = 'offer_shown'
          and (${only}::text is null or e.campaign_id = ${only})
        group by 1, 2
      ), rows as (
        select g.campaign_id, g.day, 0 as queried, 0 as shown, 0 as shared, 0 as opened,
               case when not t.is_fallback and not t.is_reward then g.number else 0 end as claimed,
               case when t.is_fallback then g.number else 0 end as fallback,
               case when t.is_reward then g.number else 0 end as rewarded,
               0 as refused, 0 as redeemed, 0 as rolled_back, 0 as discount_minor, 0 as order_minor,
               g.liability_minor, g.issued_minor
        from given g
        join voucher_templates t on t.merchant_id = ${merchantId} and t.id = g.template_id
        union all
        select campaign_id, day, 0, 0, 0, 0, 0, 0, 0, 0, redeemed, rolled_back, discount_minor, order_minor, 0, 0
        from spent
        union all
        select campaign_id, day, 0, shown, shared, 0, 0, 0, 0, refused, 0, 0, 0, 0, 0, 0 from seen
        union all
        select campaign_id, day, 0, 0, 0, opened, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 from opened
        union all
        select campaign_id, day, queried, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 from queried
      )
      select campaign_id, day::text, sum(queried)::bigint as queried, sum(shown)::bigint as shown,
             sum(shared)::bigint as shared, sum(opened + claimed + fallback)::bigint as opened,
             sum(claimed)::bigint as claimed, sum(fallback)::bigint as fallback,
             sum(rewarded)::bigint as rewarded, sum(refused)::bigint as refused,
             sum(redeemed)::bigint as redeemed, sum(rolled_back)::bigint as rolled_back,
             sum(discount_minor)::bigint as discount_minor, sum(order_minor)::bigint as order_minor,
             sum(liability_minor)::bigint as liability_minor, sum(issued_minor)::bigint as issued_minor
      from rows group by campaign_id, day order by day, campaign_id`,
  )
}

/** A store, or a sharer as far as the shop knows them: by their last shared order. */
export type PlaceCounts = Counts & {
  by: 'store' | 'sharer'
  /** Our id of the store; nothing where it is not known. */
  storeId: string | null
  /** The number of the order that the sharer shared last, and that share. */
  orderNumber: string | null
  shareId: string | null
  shares: number
}

export type PlaceQuestion = {
  campaignId?: string | undefined
  zone: string
  /** Days of the zone, both included. */
  from: string
  to: string
  sharers: number
}

/**
 * The same counts by store and by sharer, the sharers who gave most first. A store's offers, shares and
 * claims are those of the orders placed in it; its redemptions are those that took place in it.
 */
export async function countsByPlace(
  db: Database,
  merchantId: string,
  { campaignId, zone, from, to, sharers }: PlaceQuestion,
): Promise<PlaceCounts[]> {
  const only = campaignId ?? null
  return db.run(
    ({ sql }) => sql<PlaceCounts[]>`
      with window_of as (
        select ${from}::date::timestamp at time zone ${zone} as starts,
               (${to}::date + 1)::timestamp at time zone ${zone} as ends
      ), given as (
        select k.share_id, count(*) filter (where k.result = 'allocated') as claimed,
               count(*) filter (where k.result = 'fallback') as fallback,
               count(*) filter (where k.result = 'reward') as rewarded,
               sum(v.value_minor - v.redeemed_minor - v.unused_minor) as liability_minor
        from vouchers v
        join claims k on k.merchant_id = v.merchant_id and k.campaign_id = v.campaign_id
          and k.person_id = v.holder_id and k.id = v.claim_id
        where v.merchant_id = ${merchantId} and (${only}::text is null or v.campaign_id = ${only})
          and v.issued_at >= (select starts from window_of) and v.issued_at < (select ends from window_of)
        group by k.share_id
      ), spent as (
        select k.share_id, r.store_id, ${redemptions(sql)}
        from redemptions r
        join vouchers v on v.merchant_id = r.merchant_id and v.id = r.voucher_id
        join claims k on k.merchant_id = v.merchant_id and k.campaign_id = v.campaign_id
          and k.person_id = v.holder_id and k.id = v.claim_id
        where r.merchant_id = ${merchantId} and (${only}::text is null or v.campaign_id = ${only})
          and r.redeemed_at >= (select starts from window_of) and r.redeemed_at < (select ends from window_of)
        group by k.share_id, r.store_id
      ), events as (
        select e.kind, e.subject_id, e.person_id, e.campaign_id
        from usage_events e
        where e.merchant_id = ${merchantId}
          and (${only}::text is null or e.campaign_id = ${only})
          and e.happened_at >= (select starts from window_of) and e.happened_at < (select ends from window_of)
          and (e.kind <> 'share_opened' or ${wentAway(sql)})
      ), visited as (
        select subject_id as share_id, count(*) filter (where kind = 'share_opened') as opened,
               count(*) filter (where kind = 'claim_refused') as refused,
               count(*) filter (where kind = 'offer_shared') as shared
        from events where kind in ('share_opened', 'claim_refused', 'offer_shared') group by subject_id
      ), looked as (
        select case kind when 'offer_shown' then split_part(subject_id, ':', 1) else subject_id end as order_id,
               person_id, count(*) filter (where kind = 'offer_shown') as shown,
               -- an order that had an offer of the campaign, or any order where none is asked for
               case when ${only}::text is null then count(*) filter (where kind = 'order_queried')
                    else 1 end as queried
        from events where kind in ('order_queried', 'offer_shown') group by 1, 2
      ), by_share as (
        select s.id, s.sharer_id, s.order_id, s.created_at, o.store_id, o.source_id,
               coalesce(t.shared, 0) as shared, coalesce(t.opened, 0) as opened, coalesce(t.refused, 0) as refused,
               coalesce(g.claimed, 0) as claimed, coalesce(g.fallback, 0) as fallback,
               coalesce(g.rewarded, 0) as rewarded, coalesce(g.liability_minor, 0) as liability_minor
        from visited t
        full join given g using (share_id)
        join shares s on s.merchant_id = ${merchantId} and s.id = share_id
        join orders o on o.merchant_id = s.merchant_id and o.id = s.order_id
      ), facts as (
        select 'store' as by, b.store_id, null as sharer_id, b.id as share_id, b.source_id, b.created_at,
               0 as queried, 0 as shown, b.shared, b.opened, b.claimed, b.fallback, b.rewarded, b.refused,
               0 as redeemed, 0 as rolled_back, 0 as discount_minor, 0 as order_minor, b.liability_minor
        from by_share b
        union all
        select 'sharer', null, b.sharer_id, b.id, b.source_id, b.created_at,
               0, 0, b.shared, b.opened, b.claimed, b.fallback, b.rewarded, b.refused, 0, 0, 0, 0, b.liability_minor
        from by_share b
        union all
        select 'store', p.store_id, null, null, null, null, 0, 0, 0, 0, 0, 0, 0, 0,
               p.redeemed, p.rolled_back, p.discount_minor, p.order_minor, 0
        from spent p
        union all
        select 'sharer', null, s.sharer_id, s.id, o.source_id, s.created_at, 0, 0, 0, 0, 0, 0, 0, 0,
               p.redeemed, p.rolled_back, p.discount_minor, p.order_minor, 0
        from spent p
        join shares s on s.merchant_id = ${merchantId} and s.id = p.share_id
        join orders o on o.merchant_id = s.merchant_id and o.id = s.order_id
        union all
        select 'store', o.store_id, null, null, null, null, l.queried, l.shown, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        from looked l join orders o on o.merchant_id = ${merchantId} and o.id = l.order_id
        union all
        select 'sharer', null, l.person_id, null, null, null, l.queried, l.shown, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        from looked l
      ), summed as (
        select by, store_id, sharer_id, count(distinct share_id)::bigint as shares,
               (array_agg(share_id order by created_at desc nulls last))[1] as share_id,
               (array_agg(source_id order by created_at desc nulls last))[1] as order_number,
               sum(queried)::bigint as queried, sum(shown)::bigint as shown, sum(shared)::bigint as shared,
               sum(opened + claimed + fallback)::bigint as opened, sum(claimed)::bigint as claimed,
               sum(fallback)::bigint as fallback, sum(rewarded)::bigint as rewarded,
               sum(refused)::bigint as refused, sum(redeemed)::bigint as redeemed,
               sum(rolled_back)::bigint as rolled_back, sum(discount_minor)::bigint as discount_minor,
               sum(order_minor)::bigint as order_minor, sum(liability_minor)::bigint as liability_minor
        from facts group by by, store_id, sharer_id
      ), ranked as (
        select s.*, row_number() over (
          partition by s.by order by s.claimed + s.fallback desc, s.redeemed desc, s.opened desc, s.order_number
        ) as place
        from summed s where s.by = 'store' or s.shares > 0
      )
      select by, store_id, order_number, share_id, shares, queried, shown, shared, opened, claimed, fallback,
             rewarded, refused, redeemed, rolled_back, discount_minor, order_minor, liability_minor
      from ranked where by = 'store' or place <= ${sharers} order by by, place`,
  )
}

/** How many people have shared offers of a campaign. */
export async function sharersOf(
  db: Database,
  merchantId: string,
  campaignId: string,
): Promise<number> {
  const [row] = await db.run(
    ({ sql }) => sql<{ count: number }[]>`
      select count(distinct person_id)::integer as count from usage_events
      where merchant_id = ${merchantId} and campaign_id = ${campaignId} and kind = 'offer_shared'`,
  )
  return row?.count ?? 0
}

/** What redemptions come to, of rows `r`. */
function redemptions(sql: Connection['sql']) {
  return sql`
    count(*) filter (where r.status <> 'rolled_back') as redeemed,
    count(*) filter (where r.status <> 'succeeded') as rolled_back,
    sum(r.amount_minor - r.rolled_back_minor) as discount_minor,
    coalesce(sum(r.order_minor) filter (where r.status <> 'rolled_back'), 0) as order_minor`
}

/** Whether whoever opened a share (row `e`) has got nothing from it. */
function wentAway(sql: Connection['sql']) {
  return sql`
    not exists (
      select from claims k
      where k.merchant_id = e.merchant_id and k.campaign_id = e.campaign_id and k.person_id = e.person_id
        and k.share_id = e.subject_id and k.scope in ('', e.subject_id)
    )`
}

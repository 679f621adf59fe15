import type { Database } from './database.ts'

export type OfferDecision = {
  orderId: string
  personId: string
  candidates: { id: string; score: number; probability: number }[]
  chosen: {
    offerId: string
    campaignId: string
    by: 'match' | 'draw'
    propensity: number
    reasons: readonly unknown[]
  }
  shown: { offerId: string; campaignId: string }[]
  model: string
}

/** Notes which offers were shown for an order, and why the first one; the first showing counts. @patent 12 */
export async function noteOffersShown(
  db: Database,
  merchantId: string,
  decision: OfferDecision,
): Promise<void> {
  const { chosen, shown } = decision
  await db.run(
    ({ sql }) => sql`
      with decided as (
        insert into decisions (
          merchant_id, point, subject_id, person_id, candidates, chosen_id, chosen_by, propensity, reasons,
          model, learnable
        ) values (
          ${merchantId}, 'offer', ${decision.orderId}, ${decision.personId},
          ${JSON.stringify(decision.candidates)}::text::json, ${chosen.offerId}, ${chosen.by},
          ${chosen.propensity}, ${JSON.stringify(chosen.reasons)}::text::json, ${decision.model}, true
        )
        on conflict do nothing
      )
      insert into usage_events (merchant_id, kind, subject_id, person_id, campaign_id)
      select ${merchantId}, 'offer_shown', ${decision.orderId} || ':' || a.offer_id, ${decision.personId}, a.campaign_id
      from unnest(${shown.map((offer) => offer.offerId)}::text[], ${shown.map((offer) => offer.campaignId)}::text[])
        as a (offer_id, campaign_id)
      on conflict do nothing`,
  )
}

export type Funnel = {
  queried: number
  shown: number
  shared: number
  sharers: number
  opened: number
  claimed: number
  fallback: number
  refused: number
  redeemed: number
  rolledBack: number
  redeemedMinor: number
  issuedMinor: number
}

/** What people did in a campaign, from the first look to the till. @patent 12 */
export async function funnelOf(
  db: Database,
  merchantId: string,
  campaignId: string,
): Promise<Funnel | undefined> {
  const [funnel] = await db.run(
    ({ sql }) => sql<Funnel[]>`
      select
        (select count(distinct q.subject_id) from usage_events q
          join usage_events f on f.merchant_id = q.merchant_id and f.person_id = q.person_id
            and f.kind = 'offer_shown' and f.campaign_id = c.id and split_part(f.subject_id, ':', 1) = q.subject_id
          where q.merchant_id = c.merchant_id and q.kind = 'order_queried')::integer as queried,
        count(*) filter (where e.kind = 'offer_shown')::integer as shown,
        count(*) filter (where e.kind = 'offer_shared')::integer as shared,
        count(distinct e.person_id) filter (where e.kind = 'offer_shared')::integer as sharers,
        max(k.claimed + k.fallback + o.opened)::integer as opened,
        count(*) filter (where e.kind = 'claim_refused')::integer as refused,
        max(k.claimed)::integer as claimed, max(k.fallback)::integer as fallback,
        max(r.redeemed)::integer as redeemed, max(r.rolled_back)::integer as rolled_back,
        max(r.redeemed_minor) as redeemed_minor, max(k.issued_minor) as issued_minor
      from campaigns c
      left join usage_events e on e.merchant_id = c.merchant_id and e.campaign_id = c.id
      cross join lateral (
        select count(*) filter (where k.result = 'allocated') as claimed,
               count(*) filter (where k.result = 'fallback') as fallback,
               coalesce(sum(v.value_minor), 0)::bigint as issued_minor
        from claims k
        join vouchers v on v.merchant_id = k.merchant_id and v.id = k.voucher_id
        where k.merchant_id = c.merchant_id and k.campaign_id = c.id
      ) k
      cross join lateral (
        -- whoever got something has opened it too; of the others each opening is noted
        select count(*) as opened from usage_events o
        where o.merchant_id = c.merchant_id and o.campaign_id = c.id and o.kind = 'share_opened'
          and not exists (
            select 1 from claims k
            where k.merchant_id = o.merchant_id and k.campaign_id = c.id and k.person_id = o.person_id
              and k.share_id = o.subject_id and k.scope in ('', o.subject_id)
          )
      ) o
      cross join lateral (
        select count(*) filter (where r.status <> 'rolled_back') as redeemed,
               count(*) filter (where r.status <> 'succeeded') as rolled_back,
               coalesce(sum(r.amount_minor - r.rolled_back_minor), 0)::bigint as redeemed_minor
        from claims k
        join redemptions r on r.merchant_id = k.merchant_id and r.voucher_id = k.voucher_id
        where k.merchant_id = c.merchant_id and k.campaign_id = c.id
      ) r
      where c.merchant_id = ${merchantId} and c.id = ${campaignId}
      group by c.merchant_id, c.id`,
  )
  return funnel
}

import type { Database } from './database.ts'

export type OfferDecision = {
  orderId: string
  personId: string
  candidates: unknown
  chosen: {
    offerId: string
    campaignId: string
    by: 'match' | 'fallback'
    propensity: number
    reasons: readonly unknown[]
  }
  shown: { offerId: string; campaignId: string }[]
  /** Empty where none chose; then nothing is learnt from it. */
  model: string
}

/**
 * Notes which offers were shown for an order, and why the first one; the first showing counts, and nothing
 * is noted of somebody who does not hold the order, having been erased meanwhile. @patent 12
 */
export async function noteOffersShown(
  db: Database,
  merchantId: string,
  decision: OfferDecision,
): Promise<void> {
  const { chosen, shown } = decision
  await db.run(
    ({ sql }) => sql`
      with held as materialized (
        select o.id, o.holder_id from orders o
        where o.merchant_id = ${merchantId} and o.id = ${decision.orderId} and o.holder_id = ${decision.personId}
        for key share
      ), decided as (
        insert into decisions (
          merchant_id, point, subject_id, person_id, candidates, chosen_id, chosen_by, propensity, reasons,
          model, learnable
        )
        select ${merchantId}, 'offer', h.id, h.holder_id,
               ${JSON.stringify(decision.candidates)}::text::json, ${chosen.offerId}, ${chosen.by},
               ${chosen.propensity}::double precision, ${JSON.stringify(chosen.reasons)}::text::json,
               ${decision.model}, ${decision.model !== ''}
        from held h
        on conflict do nothing
      )
      insert into usage_events (merchant_id, kind, subject_id, person_id, campaign_id)
      select ${merchantId}, 'offer_shown', h.id || ':' || a.offer_id, h.holder_id, a.campaign_id
      from held h, unnest(${shown.map((offer) => offer.offerId)}::text[], ${shown.map((offer) => offer.campaignId)}::text[])
        as a (offer_id, campaign_id)
      on conflict do nothing`,
  )
}

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

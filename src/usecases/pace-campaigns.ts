import type { AppContext } from '../context.ts'
import { paced } from '../matching/pacing.ts'
import { type CampaignToPace, campaignsToPace, keepPrice } from '../store/pacings.ts'

/** Reckons for a merchant's running campaigns what a unit of their budget must bring, so that it lasts. */
export async function paceCampaigns(
  { db }: Pick<AppContext, 'db'>,
  merchantId: string,
): Promise<void> {
  for (const campaign of await campaignsToPace(db, merchantId)) {
    await keepPrice(db, merchantId, campaign, priceOf(campaign))
  }
}

/** So many decisions at most count of those made at once: the price could not follow them one by one. */
const MOST_AT_ONCE = 50

/** As if each decision since the last time had cost what they did on average. */
function priceOf(campaign: CampaignToPace): number {
  const count = campaign.decidedCount - campaign.seenCount
  const cost = Math.max(0, campaign.issuedMinor - campaign.seenMinor) / count
  const left = { minor: campaign.leftMinor, decisions: campaign.leftCount }
  const unit = campaign.issuedMinor / Math.max(1, campaign.issuedCount)
  let pacing = { lambda: campaign.lambda }
  for (let n = 0; n < Math.min(count, MOST_AT_ONCE); n++) pacing = paced(pacing, cost, left, unit)
  return pacing.lambda
}

import type { AppContext } from '../context.ts'
import type { CampaignView } from '../domain/views.ts'
import { campaignOf } from '../store/campaigns.ts'
import { type Funnel, funnelOf } from '../store/usage.ts'

/** What people did in a campaign, from the first look to the till. @patent 12 */
export async function statsOf(
  app: AppContext,
  { merchantId, campaignId }: { merchantId: string; campaignId: string },
): Promise<({ campaign: CampaignView } & Funnel) | undefined> {
  const campaign = await campaignOf(app.db, merchantId, campaignId)
  const funnel = campaign && (await funnelOf(app.db, merchantId, campaignId))
  return funnel && { campaign, ...funnel }
}

import type { AppContext } from '../context.ts'
import type { CampaignView } from '../domain/views.ts'
import {
  campaignOf as storedCampaignOf,
  campaignsOf as storedCampaignsOf,
} from '../store/campaigns.ts'

/** A merchant's campaigns, newest first. */
export async function campaignsOf(app: AppContext, merchantId: string): Promise<CampaignView[]> {
  return storedCampaignsOf(app.db, merchantId)
}

/** One of them, however many there are. */
export async function campaignOf(
  app: AppContext,
  merchantId: string,
  campaignId: string,
): Promise<CampaignView | undefined> {
  return storedCampaignOf(app.db, merchantId, campaignId)
}

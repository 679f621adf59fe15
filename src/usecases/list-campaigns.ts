import type { AppContext } from '../context.ts'
import type { CampaignView } from '../domain/views.ts'
import { campaignsOf as storedCampaignsOf } from '../store/campaigns.ts'

/** A merchant's campaigns, newest first. */
export async function campaignsOf(app: AppContext, merchantId: string): Promise<CampaignView[]> {
  return storedCampaignsOf(app.db, merchantId)
}

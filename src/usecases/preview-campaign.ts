import type { AppContext } from '../context.ts'
import { type Liability, liabilityOf } from '../domain/liability.ts'
import { type PreviewCard, previewCard } from '../domain/preview-card.ts'
import type { CampaignView } from '../domain/views.ts'
import { campaignOf } from '../store/campaigns.ts'
import { storesOf } from '../store/stores.ts'

export type Preview = { campaign: CampaignView; card: PreviewCard; liability: Liability }

/** What people will see of a campaign and what it can cost at most; nothing when there is no such campaign. */
export async function previewOf(
  app: AppContext,
  { merchantId, campaignId }: { merchantId: string; campaignId: string },
): Promise<Preview | undefined> {
  const campaign = await campaignOf(app.db, merchantId, campaignId)
  if (!campaign) return undefined
  const stores = await storesOf(app.db, merchantId)
  const names = new Map(stores.map(({ storeId, name }) => [storeId, name]))
  return { campaign, card: previewCard(campaign, names), liability: liabilityOf(campaign) }
}

import type { AppContext } from '../context.ts'
import type { ChangeView } from '../domain/views.ts'
import { campaignOf } from '../store/campaigns.ts'
import { changesOfCampaign, changesOfMerchant } from '../store/change-log.ts'

const MOST = 100

/** Who changed what of a campaign, newest first; nothing when there is no such campaign. */
export async function changesOf(
  app: AppContext,
  { merchantId, campaignId }: { merchantId: string; campaignId: string },
): Promise<ChangeView[] | undefined> {
  const campaign = await campaignOf(app.db, merchantId, campaignId)
  return campaign && changesOfCampaign(app.db, merchantId, campaignId, MOST)
}

/** Who changed what at a merchant, newest first; who works there is for owners to see. */
export async function changesAt(
  app: AppContext,
  { merchantId, withStaff }: { merchantId: string; withStaff: boolean },
): Promise<ChangeView[]> {
  return changesOfMerchant(app.db, merchantId, MOST, withStaff)
}

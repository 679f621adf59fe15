import type { AppContext } from '../context.ts'
import type { CampaignView } from '../domain/views.ts'
import { campaignOf, setCampaignStatus } from '../store/campaigns.ts'

export type ChangeRequest = {
  merchantId: string
  campaignId: string
  to: 'active' | 'paused' | 'stopped'
}

export type ChangeRefusal = 'unknown_campaign' | 'stopped' | 'draft' | 'no_vouchers' | 'over'

export type ChangeResult =
  | { outcome: 'changed' | 'unchanged'; campaign: CampaignView }
  | { outcome: 'refused'; reason: ChangeRefusal }

/** Starts, pauses, resumes or stops a campaign. What is stopped stays stopped. */
export async function changeCampaign(
  app: AppContext,
  request: ChangeRequest,
): Promise<ChangeResult> {
  const { merchantId, campaignId, to } = request
  const before = await campaignOf(app.db, merchantId, campaignId)
  if (!before) return { outcome: 'refused', reason: 'unknown_campaign' }
  if (before.status === to) return { outcome: 'unchanged', campaign: before }
  if (to === 'active' && !before.templates.some(({ isFallback }) => !isFallback)) {
    return { outcome: 'refused', reason: 'no_vouchers' }
  }

  const changed = await setCampaignStatus(app.db, merchantId, campaignId, to)
  const campaign = (await campaignOf(app.db, merchantId, campaignId)) ?? before
  if (changed) return { outcome: 'changed', campaign }
  if (campaign.status === to) return { outcome: 'unchanged', campaign }
  if (campaign.status === 'stopped') return { outcome: 'refused', reason: 'stopped' }
  return {
    outcome: 'refused',
    reason: campaign.status === 'draft' && to === 'paused' ? 'draft' : 'over',
  }
}

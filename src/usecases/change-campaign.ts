import type { AppContext } from '../context.ts'
import type { CampaignView } from '../domain/views.ts'
import { setCampaignStatus } from '../store/campaign-changes.ts'
import { campaignOf } from '../store/campaigns.ts'
import { type Asked, loggedOf, wasChangedBefore } from './change-log.ts'

export type ChangeRequest = Asked & {
  campaignId: string
  to: 'active' | 'paused' | 'stopped'
}

export type ChangeRefusal =
  | 'unknown_campaign'
  | 'stopped'
  | 'draft'
  | 'no_vouchers'
  | 'no_reward'
  | 'over'

export type ChangeResult =
  | { outcome: 'changed' | 'unchanged'; campaign: CampaignView }
  | { outcome: 'refused'; reason: ChangeRefusal }

/**
 * Starts, pauses, resumes or stops a campaign. What is stopped stays stopped. A request that has changed
 * something does nothing when it is asked again, whatever was changed since.
 */
export async function changeCampaign(
  app: AppContext,
  request: ChangeRequest,
): Promise<ChangeResult> {
  const { merchantId, campaignId, to } = request
  const logged = loggedOf(request, [campaignId, to])
  const changed = await setCampaignStatus(app.db, merchantId, campaignId, to, logged)
  const campaign = await campaignOf(app.db, merchantId, campaignId)
  if (!changed || !campaign) return { outcome: 'refused', reason: 'unknown_campaign' }
  if (changed.changeId) return { outcome: 'changed', campaign }
  const isRepeated = await wasChangedBefore(app, request, logged)
  if (isRepeated || !changed.fault || changed.fault === 'unchanged') {
    return { outcome: 'unchanged', campaign }
  }
  return { outcome: 'refused', reason: changed.fault as ChangeRefusal }
}

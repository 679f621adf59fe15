import type { AppContext } from '../context.ts'
import type { CampaignView } from '../domain/views.ts'
import { type CampaignChange, changeTerms } from '../store/campaign-changes.ts'
import { campaignOf } from '../store/campaigns.ts'
import { type Asked, loggedOf, wasChangedBefore } from './change-log.ts'
import { checkOfferRule } from './check-offer-rule.ts'
import { checkStores } from './check-stores.ts'
import { checkTerms, withoutUndefined } from './create-campaign.ts'

export type { CampaignChange }

export type EditRequest = Asked & { campaignId: string; change: CampaignChange }

/** The last four: less was asked for than is used, and `used` says how much that is. */
export type EditRefusal =
  | 'unknown_campaign'
  | 'stopped'
  | 'started'
  | 'ends_before_start'
  | 'over'
  | 'hours_empty'
  | 'stores_promised'
  | 'stores_of_vouchers'
  | 'below_used_budget'
  | 'below_used_vouchers'
  | 'below_used_day_vouchers'
  | 'below_used_day_budget'

export type EditResult =
  | { outcome: 'changed' | 'unchanged'; campaign: CampaignView }
  | { outcome: 'refused'; reason: EditRefusal; used?: number; campaign?: CampaignView }

/**
 * Raises, extends or narrows a campaign that is not stopped; nothing goes below what is used, and what
 * was promised of stores stays. A request that has changed something does nothing when it is asked again.
 */
export async function editCampaign(app: AppContext, request: EditRequest): Promise<EditResult> {
  const { merchantId, campaignId, change } = request
  const before = await campaignOf(app.db, merchantId, campaignId)
  if (!before) return { outcome: 'refused', reason: 'unknown_campaign' }
  checkTerms({ ...before, ...withoutUndefined(change) }, before.claimScope)
  await checkStores(app, merchantId, change.storeIds ?? [])
  await checkOfferRule(app, merchantId, change.offer?.rule ?? undefined)

  const logged = loggedOf(request, [campaignId, change])
  const changed = await changeTerms(app.db, merchantId, campaignId, change, logged)
  const campaign = (await campaignOf(app.db, merchantId, campaignId)) ?? before
  if (changed?.changeId) return { outcome: 'changed', campaign }
  const isRepeated = await wasChangedBefore(app, request, logged)
  if (isRepeated || !changed?.fault) return { outcome: 'unchanged', campaign }
  const used = changed.used === null ? {} : { used: changed.used }
  return { outcome: 'refused', reason: changed.fault as EditRefusal, campaign, ...used }
}

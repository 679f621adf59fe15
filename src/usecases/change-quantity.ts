import type { AppContext } from '../context.ts'
import type { CampaignView } from '../domain/views.ts'
import { setQuantity } from '../store/campaign-changes.ts'
import { campaignOf } from '../store/campaigns.ts'
import { type Asked, loggedOf, wasChangedBefore } from './change-log.ts'

export type QuantityRequest = Asked & { templateId: string; quantity: number }

export type QuantityRefusal = 'unknown_template' | 'stopped' | 'below_used_quantity'

export type QuantityResult =
  | { outcome: 'changed' | 'unchanged'; name: string; campaign: CampaignView }
  | { outcome: 'refused'; reason: QuantityRefusal; used?: number }

/** Raises or lowers how many vouchers of a kind there are, never below what is given. */
export async function changeQuantity(
  app: AppContext,
  request: QuantityRequest,
): Promise<QuantityResult> {
  const { merchantId, templateId, quantity } = request
  const logged = loggedOf(request, [templateId, quantity])
  const changed = await setQuantity(app.db, merchantId, templateId, quantity, logged)
  const campaign = changed && (await campaignOf(app.db, merchantId, changed.campaignId))
  if (!changed || !campaign) return { outcome: 'refused', reason: 'unknown_template' }
  const { name, fault } = changed
  if (changed.changeId) return { outcome: 'changed', name, campaign }
  const isRepeated = await wasChangedBefore(app, request, logged)
  if (isRepeated || !fault) return { outcome: 'unchanged', name, campaign }
  const used = changed.used === null ? {} : { used: changed.used }
  return { outcome: 'refused', reason: fault as QuantityRefusal, ...used }
}

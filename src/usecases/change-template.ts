import type { AppContext } from '../context.ts'
import type { CampaignView } from '../domain/views.ts'
import { setTemplate, type TemplateChange } from '../store/campaign-changes.ts'
import { campaignOf } from '../store/campaigns.ts'
import { type Asked, loggedOf, wasChangedBefore } from './change-log.ts'

export type TemplateRequest = Asked & { templateId: string; change: TemplateChange }

export type TemplateRefusal =
  | 'unknown_template'
  | 'stopped'
  | 'below_used_quantity'
  | 'no_choice'
  | 'least_above_most'
  | 'leasts_above_all'

export type TemplateResult =
  | { outcome: 'changed' | 'unchanged'; name: string; campaign: CampaignView }
  | { outcome: 'refused'; reason: TemplateRefusal; used?: number }

/**
 * Raises or lowers how many vouchers of a kind there are, never below what is given, and how often the
 * model may choose it. What is left out stays.
 */
export async function changeTemplate(
  app: AppContext,
  request: TemplateRequest,
): Promise<TemplateResult> {
  const { merchantId, templateId, change } = request
  const logged = loggedOf(request, [templateId, change])
  const changed = await setTemplate(app.db, merchantId, templateId, change, logged)
  const campaign = changed && (await campaignOf(app.db, merchantId, changed.campaignId))
  if (!changed || !campaign) return { outcome: 'refused', reason: 'unknown_template' }
  const { name, fault } = changed
  if (changed.changeId) return { outcome: 'changed', name, campaign }
  const isRepeated = await wasChangedBefore(app, request, logged)
  if (isRepeated || !fault) return { outcome: 'unchanged', name, campaign }
  const used = changed.used === null ? {} : { used: changed.used }
  return { outcome: 'refused', reason: fault as TemplateRefusal, ...used }
}

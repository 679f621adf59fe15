import { liabilityOf } from './liability.ts'
import type { CampaignView } from './views.ts'

/**
 * What a campaign can still give away at most, in minor units: what is reserved for open shares is not
 * part of it. Nothing before it starts for the first time, and nothing once it is stopped or over.
 */
export function stillToGiveMinor(campaign: CampaignView, now: Date): number {
  const { status, endsAt, templates, budgetMinor, reservedMinor, issuedMinor } = campaign
  if ((status !== 'active' && status !== 'paused') || endsAt <= now) return 0
  const { maxVouchers, issuedCount } = campaign
  return liabilityOf({
    ...campaign,
    budgetMinor: budgetMinor - reservedMinor - issuedMinor,
    maxVouchers: maxVouchers === null ? null : maxVouchers - issuedCount,
    templates: templates.map((kind) => ({ ...kind, quantity: kind.quantity - kind.issued })),
  }).worstMinor
}

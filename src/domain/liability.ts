import type { CampaignView } from './views.ts'

/** What a campaign can cost at most, in minor units of its currency. */
export type Liability = {
  budgetMinor: number
  fallbackMinor: number
  rewardMinor: number
  worstMinor: number
  currency: string
}

/**
 * The worst case: every voucher given and spent in full. What the budget pays for ends with the budget,
 * with the last voucher of its kinds or with the campaign's own number of vouchers, whichever comes
 * first; the preset voucher and the sharer's come on top, for they have money of their own.
 */
export function liabilityOf(campaign: LiabilityFacts): Liability {
  const { budgetMinor, currency, templates } = campaign
  const fallbackMinor = worthOf(templates.filter(({ isFallback }) => isFallback))
  const rewardMinor = worthOf(templates.filter(({ isReward }) => isReward))
  const worstMinor =
    Math.min(budgetMinor, mostFromTemplates(campaign)) + fallbackMinor + rewardMinor
  return { budgetMinor, fallbackMinor, rewardMinor, worstMinor, currency }
}

type LiabilityFacts = Pick<
  CampaignView,
  'budgetMinor' | 'currency' | 'mode' | 'drawMaxMinor' | 'maxVouchers'
> & {
  templates: readonly Pick<
    CampaignView['templates'][number],
    'valueMinor' | 'quantity' | 'isFallback' | 'isReward'
  >[]
}

/** As if the dearest vouchers went first. A drawn amount is at most the most of the draw. */
function mostFromTemplates({ mode, drawMaxMinor, maxVouchers, templates }: LiabilityFacts): number {
  const dearestFirst = templates
    .filter(({ isFallback, isReward }) => !isFallback && !isReward)
    .map(({ valueMinor, quantity }) => ({
      quantity,
      valueMinor: mode === 'random' ? (drawMaxMinor ?? 0) : valueMinor,
    }))
    .sort((a, b) => b.valueMinor - a.valueMinor)
  let left = maxVouchers ?? Number.POSITIVE_INFINITY
  let most = 0
  for (const { quantity, valueMinor } of dearestFirst) {
    const given = Math.min(quantity, left)
    most += given * valueMinor
    left -= given
  }
  return most
}

function worthOf(templates: LiabilityFacts['templates']): number {
  return templates.reduce((sum, { quantity, valueMinor }) => sum + quantity * valueMinor, 0)
}

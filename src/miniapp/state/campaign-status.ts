import type { Campaign } from '../api/shop-answers.ts'

export type CampaignStage = Campaign['status'] | 'soon' | 'ended'

/** A campaign's status as of now: a running one begins and ends by its dates. */
export function stageOf({ status, startsAt, endsAt }: Campaign, now: number): CampaignStage {
  if (status === 'stopped' || status === 'draft') return status
  if (Date.parse(endsAt) <= now) return 'ended'
  return status === 'active' && Date.parse(startsAt) > now ? 'soon' : status
}

export function isOver(campaign: Campaign, now: number): boolean {
  const stage = stageOf(campaign, now)
  return stage === 'stopped' || stage === 'ended'
}

import type { CampaignView } from '../../domain/views.ts'
import { changeCampaign } from '../../usecases/change-campaign.ts'
import { campaignsOf } from '../../usecases/list-campaigns.ts'
import { type CampaignAction, drawCampaignQuestion, drawCampaigns } from '../draw/campaign.ts'
import { bold } from '../draw/parts.ts'
import { allowFields } from '../form.ts'
import type { Desk, StaffCommand } from './desk.ts'

/** /campaigns */
export const campaignsCommand: StaffCommand = {
  name: 'campaigns',
  example: 'newcampaign-example',
  run: async ({ app, visit, shop }) => {
    visit.say(drawCampaigns(visit.t, shop, await campaignsOf(app, shop.merchantId)))
  },
}

/** /pause, /resume and /stats, each with the campaign's name where there are several. */
export const pauseCommand = onCampaign('pause', 'paused')
export const resumeCommand = onCampaign('resume', 'active')
export const statsCommand = onCampaign('stats', 'stats')

function onCampaign(name: 'pause' | 'resume' | 'stats', action: CampaignAction): StaffCommand {
  return { name, example: 'newcampaign-example', run: (desk) => chooseCampaign(desk, action) }
}

async function chooseCampaign(desk: Desk, action: CampaignAction): Promise<void> {
  const { app, visit, shop, form } = desk
  const { t, say } = visit
  allowFields(form, 'merchant', 'campaign')
  const named = form.named.get('campaign') ?? form.words.join(' ')
  const called = (await campaignsOf(app, shop.merchantId)).filter(
    (campaign) => named === '' || isNamed(campaign, named),
  )
  const possible = called.filter((campaign) => isPossible(campaign, action))
  // Whoever names one for which it is not possible is told the state that it is in.
  const meant = possible.length === 0 && named !== '' ? called : possible

  const [campaign, ...others] = meant
  if (campaign && others.length === 0) return actOnCampaign(desk, campaign.campaignId, action)
  if (campaign) return say(drawCampaignQuestion(t, shop.merchantId, meant, action))
  if (named !== '') return say({ text: t.html('campaign-refused-unknown_campaign') })
  say({ text: t.html(action === 'stats' ? 'campaigns-none' : `no-campaign-to-${action}`) })
}

/** Pauses, starts or shows one campaign; its buttons come here directly. */
export async function actOnCampaign(
  { app, visit, shop }: Pick<Desk, 'app' | 'visit' | 'shop'>,
  campaignId: string,
  action: CampaignAction,
): Promise<void> {
  const { t, say } = visit
  const { merchantId } = shop
  if (action === 'stats') {
    const isKnown = (await campaignsOf(app, merchantId)).some((one) => one.campaignId === campaignId)
    if (isKnown) return visit.tell(merchantId, 'stats_picture', { campaignId })
    return say({ text: t.html('campaign-refused-unknown_campaign') })
  }
  const result = await changeCampaign(app, { merchantId, campaignId, to: action })
  if (result.outcome === 'refused')
    return say({ text: t.html(`campaign-refused-${result.reason}`) })
  say({
    text: `${action === 'active' ? '▶️' : '⏸'} ${bold(t.html(`campaign-now-${action}`, { name: result.campaign.name }))}`,
  })
}

export function isNamed({ campaignId, name }: CampaignView, named: string): boolean {
  return campaignId === named || name.toLowerCase() === named.toLowerCase()
}

function isPossible({ status }: CampaignView, action: CampaignAction): boolean {
  if (action === 'paused') return status === 'active'
  return action === 'stats' || status === 'draft' || status === 'paused'
}

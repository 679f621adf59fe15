import type { CampaignStatus, CampaignView } from '../../domain/views.ts'
import { changeCampaign } from '../../usecases/change-campaign.ts'
import { copyCampaign } from '../../usecases/copy-campaign.ts'
import { appLinkOf } from '../../usecases/links-of.ts'
import { campaignsOf } from '../../usecases/list-campaigns.ts'
import { changesOf } from '../../usecases/list-changes.ts'
import { listStores } from '../../usecases/list-stores.ts'
import { previewOf } from '../../usecases/preview-campaign.ts'
import {
  type CampaignAction,
  drawCampaignQuestion,
  drawCampaigns,
  drawStopQuestion,
} from '../draw/campaign.ts'
import { drawCampaignCard } from '../draw/campaign-card.ts'
import { drawHistory } from '../draw/history.ts'
import { bold } from '../draw/parts.ts'
import { allowFields } from '../form.ts'
import type { Desk, StaffCommand } from './desk.ts'

/** /campaigns lists; with a name it shows one. */
export const campaignsCommand: StaffCommand = {
  name: 'campaigns',
  example: 'campaigns-example',
  run: async (desk) => {
    const { app, visit, shop, form } = desk
    if (form.words.length > 0 || form.named.has('campaign')) return chooseCampaign(desk, 'card')
    allowFields(form, 'merchant')
    const campaigns = await campaignsOf(app, shop.merchantId)
    visit.say(drawCampaigns(visit.t, shop, campaigns, appLinkOf(app.bot, 'campaigns')))
  },
}

/** Each with the campaign's name where there are several. */
export const pauseCommand = onCampaign('pause', 'pause-example', 'paused')
export const resumeCommand = onCampaign('resume', 'resume-example', 'active')
export const stopCommand = onCampaign('stop', 'stop-example', 'stopping')
export const statsCommand = onCampaign('stats', 'stats-example', 'stats')

function onCampaign(
  name: StaffCommand['name'],
  example: string,
  action: CampaignAction,
): StaffCommand {
  return { name, example, run: (desk) => chooseCampaign(desk, action) }
}

async function chooseCampaign(desk: Desk, action: CampaignAction): Promise<void> {
  const { visit, shop, form } = desk
  const { t, say } = visit
  allowFields(form, 'merchant', 'campaign')
  const named = form.named.get('campaign') ?? form.words.join(' ')
  const called = await campaignsCalled(desk, named)
  const possible = called.filter(({ status }) => isPossible(status, action))
  // Whoever names one for which it is not possible is told the state that it is in.
  const meant = possible.length === 0 && named !== '' ? called : possible

  const [campaign, ...others] = meant
  if (campaign && others.length === 0) return actOnCampaign(desk, campaign.campaignId, action)
  if (campaign) return say(drawCampaignQuestion(t, shop.merchantId, meant, action))
  if (named !== '') return say({ text: t.html('campaign-refused-unknown_campaign') })
  const none = `no-campaign-to-${action}`
  say({ text: t.html(t.has(none) ? none : 'campaigns-none') })
}

/** The campaigns of this name, or all where none is named. */
export async function campaignsCalled(
  { app, shop }: Pick<Desk, 'app' | 'shop'>,
  named: string,
): Promise<CampaignView[]> {
  const campaigns = await campaignsOf(app, shop.merchantId)
  return campaigns.filter((campaign) => named === '' || isNamed(campaign, named))
}

type Place = Pick<Desk, 'app' | 'visit' | 'shop' | 'requestId'>

/** Does something with one campaign; its buttons come here directly. */
export async function actOnCampaign(
  place: Place,
  campaignId: string,
  action: CampaignAction,
): Promise<void> {
  switch (action) {
    case 'card':
      return showCampaign(place, campaignId)
    case 'stats':
      return showStats(place, campaignId)
    case 'history':
      return showChanges(place, campaignId)
    case 'copied':
      return copy(place, campaignId)
    case 'stopping':
      return askToStop(place, campaignId)
    default:
      return move(place, campaignId, action)
  }
}

/** Shows what people will see of a campaign and what it can cost, below the news of it. */
export async function showCampaign(
  { app, visit, shop }: Pick<Place, 'app' | 'visit' | 'shop'>,
  campaignId: string,
  news?: string,
): Promise<void> {
  const { t, say } = visit
  const preview = await previewOf(app, { merchantId: shop.merchantId, campaignId })
  if (!preview) return sayUnknown(visit)
  const stores = await listStores(app, shop.merchantId)
  say(drawCampaignCard(t, shop, preview, stores, news))
}

async function showStats({ app, visit, shop }: Place, campaignId: string): Promise<void> {
  const { merchantId } = shop
  const isKnown = (await campaignsOf(app, merchantId)).some((one) => one.campaignId === campaignId)
  if (!isKnown) return sayUnknown(visit)
  visit.tell(merchantId, 'stats_picture', { campaignId })
}

async function showChanges({ app, visit, shop }: Place, campaignId: string): Promise<void> {
  const { t, say } = visit
  const { merchantId, currency } = shop
  const [campaign] = await campaignsCalled({ app, shop }, campaignId)
  const changes = await changesOf(app, { merchantId, campaignId })
  if (!campaign || !changes) return sayUnknown(visit)
  const title = t.html('history-title', { name: campaign.name })
  const { zone } = campaign
  say(drawHistory(t, title, changes, { currency, zone, selfId: visit.personId }))
}

async function copy({ app, visit, shop, requestId }: Place, campaignId: string): Promise<void> {
  const { merchantId } = shop
  const by = visit.personId
  const result = await copyCampaign(app, {
    merchantId,
    campaignId,
    by,
    idempotencyKey: requestId,
  })
  if (result.outcome === 'refused') return sayUnknown(visit)
  const news = `📋 ${bold(visit.t.html('campaign-copied'))}`
  await showCampaign({ app, visit, shop }, result.campaignId, news)
}

async function askToStop({ app, visit, shop }: Place, campaignId: string): Promise<void> {
  const [campaign] = await campaignsCalled({ app, shop }, campaignId)
  if (!campaign) return sayUnknown(visit)
  if (campaign.status === 'stopped') {
    return visit.say({ text: visit.t.html('campaign-refused-stopped') })
  }
  visit.say(drawStopQuestion(visit.t, shop.merchantId, campaign))
}

async function move(
  { app, visit, shop, requestId }: Place,
  campaignId: string,
  to: 'active' | 'paused' | 'stopped',
): Promise<void> {
  const { t, personId: by } = visit
  // The question whether to stop is answered in its place.
  const tell = to === 'stopped' ? visit.replace : visit.say
  const { merchantId } = shop
  const result = await changeCampaign(app, { merchantId, campaignId, to, by, requestId })
  if (result.outcome === 'refused')
    return tell({ text: t.html(`campaign-refused-${result.reason}`) })
  const icon = { active: '▶️', paused: '⏸', stopped: '⏹', draft: '📣' }[result.campaign.status]
  const { name, status } = result.campaign
  tell({ text: `${icon} ${bold(t.html(`campaign-now-${status}`, { name }))}` })
}

function sayUnknown({ t, say }: Place['visit']): void {
  say({ text: t.html('campaign-refused-unknown_campaign') })
}

export function isNamed({ campaignId, name }: CampaignView, named: string): boolean {
  return campaignId === named || name.toLowerCase() === named.toLowerCase()
}

function isPossible(status: CampaignStatus, action: CampaignAction): boolean {
  if (action === 'paused') return status === 'active'
  if (action === 'stopping') return status !== 'stopped'
  return action !== 'active' || status === 'draft' || status === 'paused'
}

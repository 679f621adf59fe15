import type { CampaignView } from '../../domain/views.ts'
import { type Button, fittingLines, type Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { bold, callbackButton, cut, GAP, html, linesOf } from './parts.ts'

/** What a button on a campaign does: the letter that its data begins with, and its words. */
export const CAMPAIGN_ACTIONS = { paused: 'p', active: 'r', stats: 't' } as const

export type CampaignAction = keyof typeof CAMPAIGN_ACTIONS

const MOST_LISTED = 8

/** A merchant's campaigns with what is given and left, and what can be done with each. */
export function drawCampaigns(
  t: Texts,
  shop: { merchantId: string; merchantName: string },
  campaigns: readonly CampaignView[],
): Message {
  const head = bold(t.html('campaigns-title', { merchant: shop.merchantName }))
  if (campaigns.length === 0) return { text: linesOf(head, t.html('campaigns-none')) }
  const fitting = fittingLines(
    campaigns.map((campaign) => drawCampaign(t, campaign)),
    head,
    MOST_LISTED,
  )
  return {
    text: linesOf(
      head,
      ...fitting.lines,
      fitting.left > 0 && t.html('and-more', { count: fitting.left }),
    ),
    buttons: campaigns
      .slice(0, fitting.lines.length)
      .map((campaign) => rowOf(t, shop.merchantId, campaign)),
  }
}

/** Asks which of several campaigns is meant. */
export function drawCampaignQuestion(
  t: Texts,
  merchantId: string,
  campaigns: readonly CampaignView[],
  action: CampaignAction,
): Message {
  return {
    text: t.html('which-campaign'),
    buttons: campaigns
      .slice(0, 20)
      .map((campaign) => [campaignButton(t, merchantId, campaign, action)]),
  }
}

/** Asks where new vouchers belong; the answer finds the command in the message that it replies to. */
export function drawVouchersQuestion(
  t: Texts,
  merchantId: string,
  campaigns: readonly CampaignView[],
  commandMessageId: number,
): Message {
  return {
    text: t.html('which-campaign'),
    replyTo: commandMessageId,
    buttons: campaigns
      .slice(0, 20)
      .map(({ campaignId, name }) => [
        callbackButton(`🎟 ${cut(name, 50)}`, `v:${merchantId}:${campaignId}`),
      ]),
  }
}

function drawCampaign(t: Texts, campaign: CampaignView): string {
  const {
    name,
    status,
    currency,
    issuedMinor,
    budgetMinor,
    reservedMinor,
    endsAt,
    zone,
    templates,
  } = campaign
  return linesOf(
    GAP,
    `📣 ${bold(html(name))} · ${t.html(`campaign-status-${status}`)}, ${t.html('campaign-until', { day: t.day(endsAt, zone) })}`,
    t.html('campaign-budget', {
      issued: t.money(issuedMinor, currency),
      budget: t.money(budgetMinor, currency),
      reserved: t.money(reservedMinor, currency),
    }),
    ...templates.slice(0, 10).map(({ isFallback, name: template, issued, quantity }) =>
      t.html(isFallback ? 'template-preset' : 'template-line', {
        name: cut(template, 60),
        issued,
        quantity,
      }),
    ),
  )
}

function rowOf(t: Texts, merchantId: string, campaign: CampaignView): Button[] {
  const move = campaign.status === 'active' ? 'paused' : 'active'
  return [
    ...(campaign.status === 'stopped' ? [] : [campaignButton(t, merchantId, campaign, move)]),
    campaignButton(t, merchantId, campaign, 'stats'),
  ]
}

/** A button that does something with a campaign. */
export function campaignButton(
  t: Texts,
  merchantId: string,
  campaign: CampaignView,
  action: CampaignAction,
): Button {
  const words = { paused: 'button-pause', active: 'button-resume', stats: 'button-stats' }[action]
  const data = `${CAMPAIGN_ACTIONS[action]}:${merchantId}:${campaign.campaignId}`
  return callbackButton(t.plain(words, { name: cut(campaign.name, 25) }), data)
}

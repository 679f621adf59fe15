import type { CampaignView, Role, RoleAtMerchant } from '../../domain/views.ts'
import { mayUse, type StaffCommandName } from '../commands.ts'
import { type Button, fittingLines, type Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { bold, callbackButton, cut, GAP, html, linesOf } from './parts.ts'

/** What a button on a campaign does: the letter that its data begins with, and the command that it stands for. */
export const CAMPAIGN_ACTIONS = {
  card: { letter: 'c', command: 'campaigns' },
  active: { letter: 'r', command: 'resume' },
  paused: { letter: 'p', command: 'pause' },
  stopping: { letter: 'x', command: 'stop' },
  stopped: { letter: 'X', command: 'stop' },
  stats: { letter: 't', command: 'stats' },
  copied: { letter: 'k', command: 'clone' },
  history: { letter: 'h', command: 'history' },
} as const satisfies Record<string, { letter: string; command: StaffCommandName }>

export type CampaignAction = keyof typeof CAMPAIGN_ACTIONS

const MOST_LISTED = 8

/** Where somebody looks at campaigns, and as what. */
export type Shop = Pick<RoleAtMerchant, 'merchantId' | 'merchantName' | 'role'>

/** A merchant's campaigns with what is given and left, and what can be done with each. */
export function drawCampaigns(
  t: Texts,
  shop: Shop,
  campaigns: readonly CampaignView[],
  appLink?: string,
): Message {
  const head = bold(t.html('campaigns-title', { merchant: shop.merchantName }))
  const inApp = appLink ? [[{ text: t.plain('button-app-campaigns'), url: appLink }]] : []
  if (campaigns.length === 0) {
    return { text: linesOf(head, t.html('campaigns-none')), buttons: inApp }
  }
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
    buttons: [
      ...campaigns.slice(0, fitting.lines.length).map((campaign) => rowOf(t, shop, campaign)),
      ...inApp,
    ],
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
      .map((campaign) => [campaignButton(t, merchantId, campaign, action, true)]),
  }
}

/** Asks for which campaign a command was; the answer finds it in the message that it replies to. */
export function drawCommandQuestion(
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
        callbackButton(`📣 ${cut(name, 50)}`, `v:${merchantId}:${campaignId}`),
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
    `📣 ${bold(html(name))} · ${t.html(`campaign-status-${status}`)} · ${t.html('campaign-until', { day: t.day(new Date(endsAt.getTime() - 1), zone) })}`,
    t.html('campaign-budget', {
      issued: t.money(issuedMinor, currency),
      budget: t.money(budgetMinor, currency),
      reserved: t.money(reservedMinor, currency),
    }),
    ...templates.slice(0, 10).map(({ isFallback, isReward, name: template, issued, quantity }) =>
      t.html(isFallback ? 'template-preset' : isReward ? 'template-reward' : 'template-line', {
        name: cut(template, 60),
        issued,
        quantity,
      }),
    ),
  )
}

/** The campaign itself, and the move that is next. */
function rowOf(t: Texts, { merchantId, role }: Shop, campaign: CampaignView): Button[] {
  const next = campaign.status === 'active' ? 'paused' : 'active'
  const hasNext = campaign.status !== 'stopped' && mayPress(next, role)
  return [
    campaignButton(t, merchantId, campaign, 'card', true),
    ...(hasNext ? [campaignButton(t, merchantId, campaign, next)] : []),
  ]
}

/** Whoever may write the command may press the button. */
export function mayPress(action: CampaignAction, role: Role): boolean {
  return mayUse(CAMPAIGN_ACTIONS[action].command, role)
}

/** A button says what it does, or which campaign it is about where several are listed. */
export function campaignButton(
  t: Texts,
  merchantId: string,
  campaign: CampaignView,
  action: CampaignAction,
  isListed = false,
): Button {
  const { campaignId, name, status } = campaign
  const verb = action === 'active' && status === 'draft' ? 'start' : action
  const words = isListed
    ? t.plain('button-campaign', { icon: ICONS[action], name: cut(name, 50) })
    : t.plain('button-campaign', { icon: ICONS[action], name: t.plain(`campaign-do-${verb}`) })
  return callbackButton(words, `${CAMPAIGN_ACTIONS[action].letter}:${merchantId}:${campaignId}`)
}

const ICONS: Record<CampaignAction, string> = {
  card: '📣',
  active: '▶️',
  paused: '⏸',
  stopping: '⏹',
  stopped: '⏹',
  stats: '📊',
  copied: '📋',
  history: '🕘',
}

/** Stopping is for good, so it is asked for. */
export function drawStopQuestion(t: Texts, merchantId: string, campaign: CampaignView): Message {
  return {
    text: t.html('campaign-stop-ask', { name: campaign.name }),
    buttons: [
      [
        { ...campaignButton(t, merchantId, campaign, 'stopped'), style: 'danger' },
        callbackButton(t.plain('button-keep'), 'n'),
      ],
    ],
  }
}

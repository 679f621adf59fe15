import type {
  CampaignView,
  MatchingPoint,
  MatchingReport,
  Role,
  StaffMember,
} from '../../domain/views.ts'
import type { Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { campaignButton } from './campaign.ts'
import { drawLift, resumeButtons } from './matching.ts'
import { bold, cut, html, linesOf } from './parts.ts'
import { nameOf } from './staff.ts'

/** What the outbox holds of an alert: see store/alerts.ts. */
export type Alert = {
  measure:
    | 'budget'
    | 'count'
    | 'stock'
    | 'fallback'
    | 'reward'
    | 'refusals'
    | 'wrong_codes'
    | 'lift'
  level: number
  campaignId?: string
  subjectId?: string
  used: number
  allowed?: number
  before?: number
  reason?: string | null
  byId?: string
  /** Of a model that did worse than the preset. */
  point?: MatchingPoint
  objective?: MatchingReport['objective']
  lift?: MatchingReport['lift']
}

type Place = {
  merchantId: string
  merchantName: string
  currency: string
  role: Role
  campaign?: CampaignView | undefined
  /** Who has tried most of the wrong codes. */
  who?: StaffMember | undefined
}

/** An alert, with a button to the numbers of its campaign. */
export function drawAlert(t: Texts, alert: Alert, place: Place): Message {
  const { merchantId, campaign } = place
  if (alert.measure === 'lift') return drawStopped(t, alert, place)
  return {
    text: `🔔 ${linesOf(html(place.merchantName), ...wordsOf(t, alert, place))}`,
    ...(campaign && { buttons: [[campaignButton(t, merchantId, campaign, 'stats')]] }),
  }
}

/** That a model does worse than the preset one, with a button that lets it go on all the same. */
function drawStopped(t: Texts, alert: Alert, place: Place): Message {
  const { point = 'voucher', objective = 'redemptions', lift = null, used } = alert
  const told = { lift, objective, outcomes: used, compared: 0 }
  return {
    text: `🔔 ${linesOf(
      html(place.merchantName),
      bold(t.html(`alert-lift-${point}`)),
      drawLift(t, told, place.currency),
      t.html('alert-lift-on'),
    )}`,
    buttons: resumeButtons(t, place, [point]),
  }
}

function wordsOf(t: Texts, alert: Alert, { campaign, currency, who }: Place): (string | false)[] {
  const { measure, level, used, allowed = 0, before = 0, reason, byId } = alert
  const name = cut(campaign?.name ?? '', 60)
  const number = (count: number) => t.plain('picture-count', { count })
  if (measure === 'wrong_codes') {
    const by = byId === 'api' ? t.plain('alert-by-api') : who && nameOf(who)
    return [
      t.html('alert-wrong_codes', { used: number(used), before: number(before) }),
      by !== undefined && t.html('alert-wrong_codes-by', { who: by }),
    ]
  }
  if (measure === 'refusals') {
    const why = `alert-reason-${reason}`
    return [
      t.html('alert-refusals', { name, used: number(used), before: number(before) }),
      t.has(why) && t.html('alert-reason', { reason: t.plain(why) }),
    ]
  }
  const write = measure === 'budget' ? (minor: number) => t.money(minor, currency) : number
  const kind = campaign?.templates.find(({ templateId }) => templateId === alert.subjectId)
  return [
    t.html(`alert-${measure}-${level}`, {
      name,
      used: write(used),
      allowed: write(allowed),
      voucher: cut(kind?.name ?? '', 60),
    }),
  ]
}

import type { MatchingView } from '../../domain/views.ts'
import type { Stats } from '../../usecases/show-stats.ts'
import type { Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { drawDrivers, drawLift } from './matching.ts'
import { bold, cut, GAP, html, linesOf } from './parts.ts'

/** From the first look to the till. */
export const STEPS = [
  'queried',
  'shown',
  'shared',
  'opened',
  'claimed',
  'fallback',
  'redeemed',
] as const

/** A campaign in numbers: what stands below its picture, or alone. @patent 12 */
export function drawStats(t: Texts, stats: Omit<Stats, 'days'>, matching?: MatchingView): Message {
  const { campaign, costPerRedemptionMinor, orderMinor } = stats
  const { currency } = campaign
  const money = (minor: number) => t.money(minor, currency)
  return {
    text: linesOf(
      `📊 ${bold(html(cut(campaign.name, 80)))} · ${t.html(`campaign-status-${campaign.status}`)}`,
      GAP,
      ...STEPS.map((step) => t.html(`stats-${step}`, { count: stats[step] })),
      GAP,
      stats.rewarded > 0 && t.html('stats-rewarded', { count: stats.rewarded }),
      t.html('stats-refused', { count: stats.refused }),
      t.html('stats-rolled-back', { count: stats.rolledBack }),
      t.html('stats-sharers', { count: stats.sharers }),
      GAP,
      t.html('stats-money', {
        redeemed: money(stats.redeemedMinor),
        issued: money(stats.issuedMinor),
      }),
      costPerRedemptionMinor !== null &&
        t.html('stats-cost', { amount: money(costPerRedemptionMinor) }),
      orderMinor > 0 && t.html('stats-orders', { amount: money(orderMinor) }),
      t.html('stats-liability', { amount: money(stats.liabilityMinor) }),
      ...(matching ? drawChoice(t, stats, matching) : []),
    ),
  }
}

/** What the choice of vouchers brings at all of the merchant's, and what drives it in this campaign. */
function drawChoice(
  t: Texts,
  { campaign }: Pick<Stats, 'campaign'>,
  { reports, currency }: MatchingView,
): (string | false)[] {
  const report = reports.find(({ point }) => point === 'voucher')
  if (!report || report.outcomes === 0) return []
  const own = new Set(campaign.templates.map(({ templateId }) => templateId))
  return [
    GAP,
    report.stoppedAt !== null && t.html('matching-stopped', { day: t.day(report.stoppedAt) }),
    `🎯 ${drawLift(t, report, currency)}`,
    ...drawDrivers(
      t,
      report.drivers.filter(({ armId }) => own.has(armId)),
      1,
    ),
  ]
}

import type { Stats } from '../../usecases/show-stats.ts'
import type { Message } from '../message.ts'
import type { Texts } from '../texts.ts'
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
export function drawStats(t: Texts, stats: Omit<Stats, 'days'>): Message {
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
    ),
  }
}

import type { CampaignView } from '../../domain/views.ts'
import type { Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { bold, GAP, html, linesOf } from './parts.ts'

export type Stats = { campaign: CampaignView } & Record<
  Step | 'refused' | 'rolledBack' | 'sharers',
  number
> & {
    redeemedMinor: number
    issuedMinor: number
  }

type Step = (typeof STEPS)[number]

const STEPS = ['queried', 'shown', 'shared', 'opened', 'claimed', 'fallback', 'redeemed'] as const
const BAR = 10

/** A campaign in numbers: from the first look to the till, each step with a bar beside the largest. @patent 12 */
export function drawStats(t: Texts, stats: Stats): Message {
  const { campaign, redeemedMinor, issuedMinor } = stats
  const most = Math.max(1, ...STEPS.map((step) => stats[step]))
  return {
    text: linesOf(
      `📊 ${bold(t.html('stats-title', { name: campaign.name }))}`,
      t.html(`campaign-status-${campaign.status}`),
      GAP,
      ...STEPS.map(
        (step) =>
          `<code>${bar(stats[step], most)}</code> ${t.html(`stats-${step}`, { count: stats[step] })}`,
      ),
      GAP,
      t.html('stats-refused', { count: stats.refused }),
      t.html('stats-rolled-back', { count: stats.rolledBack }),
      t.html('stats-sharers', { count: stats.sharers }),
      html(
        t.plain('stats-money', {
          redeemed: t.money(redeemedMinor, campaign.currency),
          issued: t.money(issuedMinor, campaign.currency),
        }),
      ),
    ),
  }
}

/** What is not nothing shows at least one block. */
function bar(count: number, most: number): string {
  const blocks = count === 0 ? 0 : Math.max(1, Math.round((count / most) * BAR))
  return '█'.repeat(blocks) + '░'.repeat(BAR - blocks)
}

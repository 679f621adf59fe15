import type { AppContext } from '../context.ts'
import { addUp, type Numbers } from '../domain/counts.ts'
import { dayOf, daysBetween, daysLater } from '../domain/days.ts'
import type { CampaignView } from '../domain/views.ts'
import { campaignOf } from '../store/campaigns.ts'
import { sharersOf, sumsByDay } from '../store/dashboard.ts'

export type Stats = Numbers & {
  campaign: CampaignView
  sharers: number
  redeemedMinor: number
  issuedMinor: number
  /** The last days of the campaign up to today, at most 30, with those on which nothing happened. */
  days: (Numbers & { day: string })[]
}

const MOST_DAYS = 30

/** What people did in a campaign, from the first look to the till, in all and day by day. @patent 12 */
export async function statsOf(
  app: AppContext,
  { merchantId, campaignId }: { merchantId: string; campaignId: string },
): Promise<Stats | undefined> {
  const campaign = await campaignOf(app.db, merchantId, campaignId)
  if (!campaign) return undefined
  const [sums, sharers] = await Promise.all([
    sumsByDay(app.db, merchantId, campaignId),
    sharersOf(app.db, merchantId, campaignId),
  ])
  const totals = addUp(sums)
  const issued = sums.filter(({ what }) => what === 'issued')
  return {
    ...totals,
    campaign,
    sharers,
    redeemedMinor: totals.discountMinor,
    issuedMinor: issued.reduce((minor, { amount }) => minor + amount, 0),
    days: daysOf(campaign, app.now()).map((day) => ({
      day,
      ...addUp(sums.filter((sum) => sum.day === day)),
    })),
  }
}

function daysOf({ startsAt, zone }: CampaignView, now: Date): string[] {
  const today = dayOf(now, zone)
  const first = daysLater(today, 1 - MOST_DAYS)
  const start = dayOf(startsAt, zone)
  return daysBetween([first, start].sort().at(-1) ?? first, today)
}

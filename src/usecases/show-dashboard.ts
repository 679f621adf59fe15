import type { AppContext } from '../context.ts'
import { addUp, type Numbers } from '../domain/counts.ts'
import { dayOf, daysBetween, daysLater, isDay } from '../domain/days.ts'
import { stillToGiveMinor } from '../domain/still-to-give.ts'
import type { CampaignView } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { campaignOf, campaignsOf } from '../store/campaigns.ts'
import { countsByDay, countsByPlace, type DayCounts } from '../store/dashboard.ts'
import { merchantOf } from '../store/merchants.ts'
import { storesOf } from '../store/stores.ts'

export type DashboardRequest = {
  merchantId: string
  /** Left out: all of the merchant's. */
  campaignId?: string | undefined
  /** Days as `2026-03-29`, both included; left out: the last 30. */
  from?: string | undefined
  to?: string | undefined
}

export type Dashboard = {
  currency: string
  /** The campaign's zone, or that of the merchant's first store. */
  zone: string
  from: string
  to: string
  /** Of the days asked for; only the liability is what it is now. */
  totals: Numbers
  days: (Numbers & { day: string })[]
  byCampaign: (Numbers & Pick<CampaignView, 'campaignId' | 'name' | 'status'>)[]
  byStore: (Numbers & { storeId?: string; sourceId?: string; name?: string })[]
  /** Those who gave most first, without names: by their place and the order that they shared last. */
  bySharer: (Numbers & { sharer: number; shares: number; orderNumber?: string; shareId?: string })[]
}

const MOST_DAYS = 366
const USUAL_DAYS = 30
const MOST_SHARERS = 50

/**
 * A merchant's numbers. What can still be spent or given (liability) is, in all and by campaign, what is
 * so now; by day, store and sharer it is what is left of the vouchers given there. @patent 12
 */
export async function showDashboard(
  app: AppContext,
  request: DashboardRequest,
): Promise<Dashboard> {
  const { merchantId, campaignId } = request
  const [merchant, campaigns, stores] = await Promise.all([
    merchantOf(app.db, merchantId),
    campaignsAsked(app, request),
    storesOf(app.db, merchantId),
  ])
  if (!merchant) throw new AppError('ERR_MERCHANT_NOT_FOUND', 'There is no such merchant.')
  const zone = (campaignId ? campaigns[0]?.zone : stores[0]?.zone) ?? 'UTC'
  const { from, to } = readDays(request, dayOf(app.now(), zone))

  const [counts, places] = await Promise.all([
    countsByDay(app.db, merchantId, { campaignId, zone }),
    countsByPlace(app.db, merchantId, { campaignId, zone, from, to, sharers: MOST_SHARERS }),
  ])
  const asked = counts.filter(({ day }) => day >= from && day <= to)
  const promised = campaigns.map((campaign) => promisedMinor(campaign, app.now()))
  const unspentMinor = addUp(counts).liabilityMinor
  return {
    currency: merchant.currency,
    zone,
    from,
    to,
    totals: {
      ...addUp(campaignId ? asked : withoutDoubles(asked)),
      liabilityMinor: promised.reduce((sum, minor) => sum + minor, unspentMinor),
    },
    days: daysBetween(from, to).map((day) => {
      const rows = asked.filter((row) => row.day === day)
      return { day, ...addUp(campaignId ? rows : withoutDoubles(rows)) }
    }),
    byCampaign: campaigns.map(({ campaignId: id, name, status }, i) => {
      const own = (rows: readonly DayCounts[]) => addUp(rows.filter((row) => row.campaignId === id))
      const liabilityMinor = own(counts).liabilityMinor + (promised[i] ?? 0)
      return { campaignId: id, name, status, ...own(asked), liabilityMinor }
    }),
    byStore: places
      .filter(({ by }) => by === 'store')
      .map((place) => {
        const store = stores.find(({ storeId }) => storeId === place.storeId)
        const { storeId, sourceId, name } = store ?? {}
        return {
          ...(storeId && { storeId }),
          ...(sourceId && { sourceId }),
          ...(name && { name }),
          ...addUp([place]),
        }
      }),
    bySharer: places
      .filter(({ by }) => by === 'sharer')
      .map(({ shares, orderNumber, shareId, ...place }, i) => ({
        sharer: i + 1,
        shares,
        ...(orderNumber && { orderNumber }),
        ...(shareId && { shareId }),
        ...addUp([place]),
      })),
  }
}

async function campaignsAsked(
  app: AppContext,
  { merchantId, campaignId }: DashboardRequest,
): Promise<CampaignView[]> {
  if (campaignId === undefined) return campaignsOf(app.db, merchantId)
  const campaign = await campaignOf(app.db, merchantId, campaignId)
  if (!campaign) throw new AppError('ERR_CAMPAIGN_NOT_FOUND', 'There is no such campaign.')
  return [campaign]
}

/** The days asked for; what is no day, turned round or too long is refused. */
function readDays({ from, to }: DashboardRequest, today: string): { from: string; to: string } {
  for (const day of [from, to]) {
    if (day !== undefined && !isDay(day)) throw invalid(`${day} is no day such as 2026-03-29.`)
  }
  const last = to ?? (from !== undefined && from > today ? from : today)
  const first = from ?? daysLater(last, 1 - USUAL_DAYS)
  if (first > last) throw invalid('The first day must not come after the last.')
  if (daysLater(first, MOST_DAYS - 1) < last) throw invalid(`At most ${MOST_DAYS} days at once.`)
  return { from: first, to: last }
}

/** What open shares hold and what can still be given. */
function promisedMinor(campaign: CampaignView, now: Date): number {
  return campaign.reservedMinor + stillToGiveMinor(campaign, now)
}

/** An order that was opened counts once, in however many campaigns it had an offer. */
function withoutDoubles(rows: readonly DayCounts[]): DayCounts[] {
  return rows.map((row) => (row.campaignId === '' ? row : { ...row, queried: 0 }))
}

function invalid(message: string): AppError {
  return new AppError('ERR_REQUEST_INVALID', message)
}

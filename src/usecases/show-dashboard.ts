import type { AppContext } from '../context.ts'
import { addUp, type Numbers, type Sum } from '../domain/counts.ts'
import { dayOf, daysBetween, daysLater, isDay } from '../domain/days.ts'
import { stillToGiveMinor } from '../domain/still-to-give.ts'
import type { CampaignView, Store } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { campaignOf, campaignsOf } from '../store/campaigns.ts'
import {
  type DaySum,
  type SharerSums,
  sumsByDay,
  sumsBySharer,
  sumsByStore,
} from '../store/dashboard.ts'
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
  /** The campaign's zone, or that of the merchant's first store: whose day it is today. */
  zone: string
  from: string
  to: string
  /** Of the days asked for; the liability is what it is now. */
  totals: Numbers
  /** The liability is what could be spent when the day was over. */
  days: (Numbers & { day: string })[]
  /** The liability is what it is now. */
  byCampaign: (Numbers & Pick<CampaignView, 'campaignId' | 'name' | 'status'>)[]
  byStore: (PlaceNumbers & { storeId?: string; sourceId?: string; name?: string })[]
  /**
   * What became of the shares that were made on these days; who gave most comes first. There are no names:
   * a sharer is their place in the list, and the order that they shared last.
   */
  bySharer: (Omit<PlaceNumbers, 'queried' | 'shown'> & {
    sharer: number
    shares: number
    orderNumber: string
    shareId: string
  })[]
}

/** What can be spent is known of campaigns only. */
type PlaceNumbers = Omit<Numbers, 'liabilityMinor'>

const MOST_DAYS = 366
const USUAL_DAYS = 30
const MOST_SHARERS = 50

/**
 * A merchant's numbers: what people did, what it cost, and what can still be spent or given (liability).
 * Each campaign's days are those of its zone. @patent 12
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

  const window = { campaignId, from, to }
  const [sums, storeSums, sharers] = await Promise.all([
    sumsByDay(app.db, merchantId, campaignId),
    sumsByStore(app.db, merchantId, window),
    sumsBySharer(app.db, merchantId, { ...window, zone, most: MOST_SHARERS }),
  ])
  const asked = sums.filter(({ day }) => day >= from && day <= to)
  const promised = campaigns.map((campaign) => promisedMinor(campaign, app.now()))
  const all = (rows: readonly DaySum[]) => addUp(campaignId ? rows : withoutDoubles(rows))
  return {
    currency: merchant.currency,
    zone,
    from,
    to,
    totals: {
      ...all(asked),
      liabilityMinor: promised.reduce((sum, minor) => sum + minor, addUp(sums).liabilityMinor),
    },
    days: numbersOfDays(daysBetween(from, to), sums, all),
    byCampaign: campaigns.map(({ campaignId: id, name, status }, i) => {
      const own = (rows: readonly DaySum[]) => addUp(rows.filter((sum) => sum.campaignId === id))
      const liabilityMinor = own(sums).liabilityMinor + (promised[i] ?? 0)
      return { campaignId: id, name, status, ...own(asked), liabilityMinor }
    }),
    byStore: placesOf(stores, storeSums),
    bySharer: sharers.map(sharerNumbers),
  }
}

/** The liability adds up from the first day that there is; what is before the days asked for is their beginning. */
function numbersOfDays(
  days: readonly string[],
  sums: readonly DaySum[],
  all: (rows: readonly DaySum[]) => Numbers,
): Dashboard['days'] {
  const byDay = Map.groupBy(sums, ({ day }) => day)
  const [first = ''] = days
  let liabilityMinor = addUp(sums.filter(({ day }) => day < first)).liabilityMinor
  return days.map((day) => {
    const numbers = all(byDay.get(day) ?? [])
    liabilityMinor += numbers.liabilityMinor
    return { day, ...numbers, liabilityMinor }
  })
}

function placesOf(
  stores: readonly Store[],
  sums: Awaited<ReturnType<typeof sumsByStore>>,
): Dashboard['byStore'] {
  const ids = [...new Set(sums.map(({ storeId }) => storeId))].sort()
  return ids.map((id) => {
    const numbers = placeNumbers(sums.filter(({ storeId }) => storeId === id))
    const store = stores.find(({ storeId }) => storeId === id)
    if (!store) return numbers
    const { storeId, sourceId, name } = store
    return { storeId, sourceId, name, ...numbers }
  })
}

function sharerNumbers({ sums, ...sharer }: SharerSums, i: number): Dashboard['bySharer'][number] {
  const own = Object.entries(sums).map(([what, amount]) => ({ what, amount }))
  const { queried: _, shown: __, ...numbers } = placeNumbers(own)
  return { sharer: i + 1, ...sharer, ...numbers }
}

function placeNumbers(sums: readonly Sum[]): PlaceNumbers {
  const { liabilityMinor: _, ...numbers } = addUp(sums)
  return numbers
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
function withoutDoubles(sums: readonly DaySum[]): DaySum[] {
  return sums.filter(({ what, campaignId }) => what !== 'queried' || campaignId === '')
}

function invalid(message: string): AppError {
  return new AppError('ERR_REQUEST_INVALID', message)
}

/**
 * What a merchant may set for a campaign besides its budget and dates; null is no limit. Weekdays are
 * bits from Monday (1) to Sunday (64); minutes are those of the day in the campaign's zone, and a window
 * whose end is not after its start goes on after midnight.
 */
export type CampaignTerms = {
  /** Vouchers that the budget pays for, in all and on one day; those of the fallback are not counted. */
  maxVouchers: number | null
  dayMaxVouchers: number | null
  dayBudgetMinor: number | null
  openWeekdays: number
  openFromMinute: number
  openToMinute: number
  /** How many one person gets in a period, where a campaign gives one per share. */
  personLimit: number | null
  personPeriod: Period | null
  /** Our ids of the stores where its vouchers are valid; none: in every store. */
  storeIds: string[]
  /** What becomes of unspent vouchers when the order of their share is cancelled. */
  onCancelledShare: 'keep' | 'revoke'
  /** What becomes of a redemption when the order that it paid for is cancelled. */
  onRefund: 'roll_back' | 'keep'
  /** The sharer's voucher: after so many claims or redemptions of one share. */
  rewardAfter: number | null
  rewardFor: 'claims' | 'redemptions' | null
}

export type Period = 'day' | 'week' | 'month' | 'campaign'

/** Hours of a day in the week; both 0 and 1440 is the whole day. */
export type Hours = { weekdays: number; fromMinute: number; toMinute: number }

export const ALWAYS: Hours = { weekdays: 127, fromMinute: 0, toMinute: 1440 }

export const USUAL_TERMS: CampaignTerms = {
  maxVouchers: null,
  dayMaxVouchers: null,
  dayBudgetMinor: null,
  openWeekdays: ALWAYS.weekdays,
  openFromMinute: ALWAYS.fromMinute,
  openToMinute: ALWAYS.toMinute,
  personLimit: null,
  personPeriod: null,
  storeIds: [],
  onCancelledShare: 'keep',
  onRefund: 'roll_back',
  rewardAfter: null,
  rewardFor: null,
}

export type TermsFault =
  | 'period_missing'
  | 'limit_needs_share_scope'
  | 'reward_half'
  | 'hours_empty'
  | 'day_above_all'

/** Why these terms cannot hold together, if they cannot. */
export function faultOfTerms(
  terms: CampaignTerms,
  claimScope: 'campaign' | 'share',
): TermsFault | undefined {
  const { personLimit, personPeriod, rewardAfter, rewardFor, maxVouchers, dayMaxVouchers } = terms
  if ((personLimit === null) !== (personPeriod === null)) return 'period_missing'
  if (personLimit !== null && claimScope !== 'share') return 'limit_needs_share_scope'
  if ((rewardAfter === null) !== (rewardFor === null)) return 'reward_half'
  if (terms.openFromMinute === terms.openToMinute) return 'hours_empty'
  const isDayAbove = maxVouchers !== null && dayMaxVouchers !== null && dayMaxVouchers > maxVouchers
  return isDayAbove ? 'day_above_all' : undefined
}

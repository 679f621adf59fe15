import { decimalAmount } from '../../domain/money.ts'
import type { Campaign } from '../api/shop-answers.ts'
import { MOST_VOUCHERS, type Read, Reader } from './read-field.ts'
import { dayIn, endOfDay } from './zoned-day.ts'

/** What can be extended or raised of a campaign. Empty limits are none. */
export type ChangeValues = {
  name: string
  ends: string
  budget: string
  maxVouchers: string
  dayMaxVouchers: string
  dayBudget: string
}

export function valuesOfCampaign(campaign: Campaign): ChangeValues {
  const { name, endsAt, zone, currency, budgetMinor, dayBudgetMinor } = campaign
  const amount = (minor: number | null) => (minor === null ? '' : decimalAmount(minor, currency))
  const count = (limit: number | null) => (limit === null ? '' : String(limit))
  return {
    name,
    // the day before a midnight is the last one
    ends: dayIn(Date.parse(endsAt) - 1, zone),
    budget: amount(budgetMinor),
    maxVouchers: count(campaign.maxVouchers),
    dayMaxVouchers: count(campaign.dayMaxVouchers),
    dayBudget: amount(dayBudgetMinor),
  }
}

/** Only what is different from the campaign as it was; a limit that was emptied is lifted with null. */
export function readChange(
  values: ChangeValues,
  campaign: Campaign,
  now: number,
): Read<keyof ChangeValues> {
  const reader = new Reader<keyof ChangeValues>()
  const { currency, zone } = campaign
  const before = valuesOfCampaign(campaign)
  const endsAt = endOfDay(values.ends, zone)
  if (!endsAt) reader.blame('ends', 'date')
  else if (values.ends !== before.ends && Date.parse(endsAt) <= now) reader.blame('ends', 'past')
  const budget = reader.amount('budget', values.budget, currency)
  if (budget !== undefined && budget < usedOf(campaign)) reader.blame('budget', 'belowUsed')
  const inAll = reader.optionalWhole('maxVouchers', values.maxVouchers, MOST_VOUCHERS)
  if (inAll !== undefined && inAll < campaign.issuedCount) reader.blame('maxVouchers', 'belowUsed')
  const read: Record<string, [name: keyof ChangeValues, value: unknown]> = {
    name: ['name', reader.text('name', values.name)],
    endsAt: ['ends', endsAt],
    budgetMinor: ['budget', budget],
    maxVouchers: ['maxVouchers', inAll],
    dayMaxVouchers: [
      'dayMaxVouchers',
      reader.optionalWhole('dayMaxVouchers', values.dayMaxVouchers, MOST_VOUCHERS),
    ],
    dayBudgetMinor: ['dayBudget', reader.optionalAmount('dayBudget', values.dayBudget, currency)],
  }
  const changed = Object.entries(read).filter(([, [name]]) => values[name] !== before[name])
  return {
    body: Object.fromEntries(changed.map(([name, [, value]]) => [name, value ?? null])),
    faults: reader.faults,
  }
}

/** What of the budget is in vouchers and in open shares, in minor units: it cannot be lowered below that. */
export function usedOf({ issuedMinor, reservedMinor }: Campaign): number {
  return issuedMinor + reservedMinor
}

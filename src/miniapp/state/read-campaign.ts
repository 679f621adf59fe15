import type { CampaignValues } from './campaign-values.ts'
import { MOST_VOUCHERS, type Read, Reader, readHours, withoutUndefined } from './read-field.ts'
import { endOfDay, isZone, startOfDay } from './zoned-day.ts'

type CampaignField = keyof CampaignValues

/** Reads the form of a campaign. Amounts are of the merchant's currency, days of the campaign's zone. */
export function readCampaign(
  values: CampaignValues,
  currency: string,
  now: number,
): Read<CampaignField> {
  const reader = new Reader<CampaignField>()
  const name = reader.text('name', values.name)
  const body = {
    name,
    mode: values.mode,
    ...readDates(reader, values, now),
    budgetMinor: reader.amount('budget', values.budget, currency),
    slotsPerShare: reader.whole('slots', values.slots, 100_000),
    ...readPot(reader, values, currency),
    ...readLimits(reader, values, currency),
    ...readSharing(reader, values),
    validDays: reader.whole('validDays', values.validDays, 730),
    storeIds: values.storeIds,
    onCancelledShare: values.onCancelledShare,
    onRefund: values.onRefund,
    offer: {
      title: values.title.trim() || name,
      body: values.body.trim(),
      ...readRule(reader, values, currency),
    },
  }
  if (body.potMinor && body.budgetMinor && body.potMinor > body.budgetMinor)
    reader.blame('pot', 'potOverBudget')
  return { body: withoutUndefined(body), faults: reader.faults }
}

function readDates(reader: Reader<CampaignField>, values: CampaignValues, now: number) {
  const { zone, starts, ends } = values
  if (!isZone(zone)) reader.blame('zone', 'zone')
  const startsAt = starts === '' ? undefined : startOfDay(starts, zone)
  const endsAt = ends === '' ? reader.blame('ends', 'missing') : endOfDay(ends, zone)
  if (starts !== '' && !startsAt) reader.blame('starts', 'date')
  if (ends !== '' && !endsAt) reader.blame('ends', 'date')
  if (endsAt && Date.parse(endsAt) <= now) reader.blame('ends', 'past')
  if (startsAt && endsAt && startsAt >= endsAt) reader.blame('ends', 'endBeforeStart')
  return { zone, startsAt, endsAt, ...readHours(reader, values, 'open') }
}

/** For random amounts: what one share gives away, and the least and the most of one part. */
function readPot(
  reader: Reader<CampaignField>,
  { mode, pot, least, most, slots }: CampaignValues,
  currency: string,
) {
  if (mode === 'matched') return {}
  const potMinor = reader.amount('pot', pot, currency)
  const drawMinMinor = reader.amount('least', least, currency)
  const drawMaxMinor = reader.amount('most', most, currency)
  const parts = Number(slots)
  if (potMinor && drawMinMinor && drawMinMinor * parts > potMinor)
    reader.blame('least', 'potTooSmall')
  if (potMinor && drawMaxMinor && drawMaxMinor * parts < potMinor)
    reader.blame('most', 'potTooLarge')
  return { potMinor, drawMinMinor, drawMaxMinor }
}

function readLimits(reader: Reader<CampaignField>, values: CampaignValues, currency: string) {
  const { maxVouchers, dayMaxVouchers, dayBudget, claimScope, personLimit, personPeriod } = values
  const limit =
    claimScope === 'share' ? reader.optionalWhole('personLimit', personLimit, 1_000) : undefined
  const inAll = reader.optionalWhole('maxVouchers', maxVouchers, MOST_VOUCHERS)
  const aDay = reader.optionalWhole('dayMaxVouchers', dayMaxVouchers, MOST_VOUCHERS)
  if (inAll && aDay && aDay > inAll) reader.blame('dayMaxVouchers', 'dayAboveAll')
  return {
    maxVouchers: inAll,
    dayMaxVouchers: aDay,
    dayBudgetMinor: reader.optionalAmount('dayBudget', dayBudget, currency),
    claimScope,
    ...(limit && { personLimit: limit, personPeriod }),
  }
}

const DAY_SECONDS = 86_400

function readSharing(reader: Reader<CampaignField>, values: CampaignValues) {
  const { linkDays, sharerMayClaim, rewardFor, rewardAfter } = values
  const days = reader.whole('linkDays', linkDays, 90)
  const after = rewardFor === 'none' ? undefined : reader.whole('rewardAfter', rewardAfter, 100_000)
  return {
    shareTtlSeconds: days && days * DAY_SECONDS,
    sharerMayClaim,
    ...(after && { rewardAfter: after, rewardFor }),
  }
}

/** Which orders the offer fits: all conditions that were named, every order when none was. */
function readRule(
  reader: Reader<CampaignField>,
  { minTotal, categories, customer }: CampaignValues,
  currency: string,
) {
  const from = reader.optionalAmount('minTotal', minTotal, currency)
  const named = categories.split(/[,，、\n]/).map((name) => name.trim())
  const wanted = named.filter((name) => name !== '')
  if (wanted.some((name) => name.length > 60)) reader.blame('categories', 'long')
  const all = [
    ...(from ? [{ amountMinor: { from } }] : []),
    ...(wanted.length > 0 ? [{ categories: wanted }] : []),
    ...(customer === 'all' ? [] : [{ customer }]),
  ]
  if (all.length === 0) return {}
  return { rule: all.length === 1 ? all[0] : { all } }
}

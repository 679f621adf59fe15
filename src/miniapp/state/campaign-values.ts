import { ALWAYS, type Period } from '../../domain/campaign-terms.ts'
import { ownZone } from './zoned-day.ts'

/** What stands in the form of a campaign: what was typed, and what was chosen. */
export type CampaignValues = {
  name: string
  title: string
  body: string
  mode: 'matched' | 'random'
  budget: string
  slots: string
  ends: string
  pot: string
  least: string
  most: string
  starts: string
  zone: string
  weekdays: number
  from: string
  to: string
  maxVouchers: string
  dayMaxVouchers: string
  dayBudget: string
  claimScope: 'campaign' | 'share'
  personLimit: string
  personPeriod: Period
  linkDays: string
  sharerMayClaim: boolean
  rewardFor: 'none' | 'claims' | 'redemptions'
  rewardAfter: string
  validDays: string
  storeIds: readonly string[]
  minTotal: string
  categories: string
  customer: 'all' | 'new' | 'returning'
  onCancelledShare: 'keep' | 'revoke'
  onRefund: 'roll_back' | 'keep'
}

/** What stands in the form of a kind of voucher. */
export type KindValues = {
  kind: 'amount_off' | 'percent_off' | 'gift_balance' | 'free_item'
  name: string
  percent: string
  value: string
  quantity: string
  minSpend: string
  role: 'ordinary' | 'fallback' | 'reward'
  /** The shop's own id of the store; empty: wherever the campaign says. */
  store: string
  weekdays: number
  from: string
  to: string
  /** How often the model may choose it, in per cent; empty: as it finds best. */
  least: string
  most: string
}

export function emptyCampaign(zone: string = ownZone()): CampaignValues {
  return {
    name: '',
    title: '',
    body: '',
    mode: 'matched',
    budget: '',
    slots: '5',
    ends: '',
    pot: '',
    least: '',
    most: '',
    starts: '',
    zone,
    weekdays: ALWAYS.weekdays,
    from: '',
    to: '',
    maxVouchers: '',
    dayMaxVouchers: '',
    dayBudget: '',
    claimScope: 'campaign',
    personLimit: '',
    personPeriod: 'week',
    linkDays: '7',
    sharerMayClaim: true,
    rewardFor: 'none',
    rewardAfter: '',
    validDays: '30',
    storeIds: [],
    minTotal: '',
    categories: '',
    customer: 'all',
    onCancelledShare: 'keep',
    onRefund: 'roll_back',
  }
}

export function emptyKind(role: KindValues['role'] = 'ordinary'): KindValues {
  return {
    kind: 'amount_off',
    name: '',
    percent: '',
    value: '',
    quantity: '',
    minSpend: '',
    role,
    store: '',
    weekdays: ALWAYS.weekdays,
    from: '',
    to: '',
    least: '',
    most: '',
  }
}

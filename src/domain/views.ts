import type { CampaignTerms, Hours } from './campaign-terms.ts'
import type { Rule } from './rule.ts'

export type LineKind = 'item' | 'postage' | 'discount' | 'fee'

/**
 * A line of an order. Quantity is a whole number above zero; the same article may stand in several
 * lines. Only the amounts of discounts may be negative. `amountMinor` is exact, while `unitMinor` is
 * rounded when the unit price is finer than the currency.
 */
export type OrderLine = {
  sku: string
  title: string
  quantity: number
  unitMinor: number
  amountMinor: number
  kind: LineKind
  category?: string
}

/** An order as its holder sees it. Amounts are in minor units of its currency. */
export type OrderView = {
  merchantId: string
  merchantName: string
  orderId: string
  /** The number on the receipt. */
  sourceId: string
  /** 22 characters that open this order again for its holder. */
  reference: string
  storeName: string
  storeAddress: string
  placedAt: Date
  currency: string
  totalMinor: number
  cancelledMinor: number
  status: 'placed' | 'partially_cancelled' | 'cancelled'
  lines: OrderLine[]
}

/** What sharing an offer gives to friends. */
export type OfferView = {
  offerId: string
  title: string
  body: string
  mode: 'random' | 'matched'
  currency: string
  /** The least and the most that one friend can get. */
  fromMinor: number
  toMinor: number
  slots: number
  /** Until when a share made now can be opened. */
  endsAt: Date
}

export type ShareStatus = 'draft' | 'open' | 'exhausted' | 'expired' | 'revoked'

/** A share as its sharer and its openers see it. */
export type ShareView = {
  merchantId: string
  merchantName: string
  shareId: string
  /** 22 characters for `?start=` and buttons. */
  reference: string
  status: ShareStatus
  slots: number
  taken: number
  expiresAt: Date
  createdAt: Date
  offer: OfferView
  /** SHA-256 of the seed that the random amounts are drawn from; the seed is shown when the share is over. */
  seedHash: string
}

/** Where a share's link leads: into the Mini App where there is one, into the chat, and to the open web. */
export type ShareLinks = { app?: string; chat: string; page: string }

export type VoucherKind = 'percent_off' | 'amount_off' | 'gift_balance' | 'free_item'
type VoucherStatus = 'issued' | 'held' | 'partially_redeemed' | 'redeemed' | 'expired' | 'revoked'

/** A voucher as its holder sees it. */
export type VoucherView = {
  merchantId: string
  merchantName: string
  voucherId: string
  code: string
  name: string
  kind: VoucherKind
  /** Basis points, for `percent_off` only. */
  percentBp?: number
  /** Amount, balance or item's price; for `percent_off` the most it takes off. */
  valueMinor: number
  /** What is left to spend. */
  balanceMinor: number
  /** What of that is kept for a till at the moment; absent when nothing is. */
  heldMinor?: number
  currency: string
  minSpendMinor: number
  /** Where it is valid, if in one store only; or in some of them. Everywhere at the merchant's when absent. */
  storeName?: string
  storeAddress?: string
  storeNames?: string[]
  /** When it can be spent, by the clocks of the store; at any time when absent. */
  hours?: Hours
  status: VoucherStatus
  issuedAt: Date
  expiresAt: Date
  zone: string
}

export type ClaimResult =
  | 'allocated'
  | 'repeated'
  | 'fallback'
  | 'exhausted'
  | 'expired'
  | 'revoked'
  | 'ineligible'

/** What somebody who opened a share gets told. @patent 9 10 */
export type ClaimAnswer = {
  result: ClaimResult
  /** Why: `stranger`, `control`, `share_used_up`, `sharer_self`, `campaign_paused` and others of claim_vouchers. */
  reason?: string
  voucher?: VoucherView
  merchantName: string
}

export type Role = 'owner' | 'manager' | 'cashier' | 'analyst'

export type CampaignStatus = 'draft' | 'active' | 'paused' | 'stopped'

/** A campaign as its merchant sees it. Limits that are not set are null. */
export type CampaignView = {
  campaignId: string
  name: string
  status: CampaignStatus
  mode: 'random' | 'matched'
  currency: string
  zone: string
  startsAt: Date
  endsAt: Date
  budgetMinor: number
  reservedMinor: number
  issuedMinor: number
  /** Vouchers that the budget has paid for, in all and today. */
  issuedCount: number
  dayCount: number
  dayMinor: number
  slotsPerShare: number
  potMinor: number | null
  drawMinMinor: number | null
  drawMaxMinor: number | null
  shareTtlSeconds: number
  validDays: number
  sharerMayClaim: boolean
  claimScope: 'campaign' | 'share'
  /** Each is shown with the orders that its rule is for; null: with every order. */
  offers: { offerId: string; title: string; body: string; rule: Rule | null }[]
  templates: TemplateView[]
} & CampaignTerms

/** A kind of voucher in a campaign. */
export type TemplateView = {
  templateId: string
  name: string
  kind: VoucherKind
  percentBp?: number
  valueMinor: number
  minSpendMinor: number
  quantity: number
  issued: number
  isFallback: boolean
  isReward: boolean
  /** Ours; valid everywhere that the campaign is when absent. */
  storeId?: string
  storeName?: string
  useWeekdays: number
  useFromMinute: number
  useToMinute: number
  /** How often the model may choose it, in basis points. */
  leastBp: number
  mostBp: number
}

/** Who changed what of a merchant's, and when. `before` and `after` hold only what is different. */
export type ChangeView = {
  changeId: string
  subject: 'campaign' | 'template' | 'offer' | 'store' | 'staff' | 'codes' | 'merchant'
  subjectId: string
  /** What it is called, where it has a name. */
  subjectName?: string
  action: string
  /** `telegram:42`, `api` or `cli`. */
  by: string
  byLabel?: string
  before: ChangedValues
  after: ChangedValues
  happenedAt: Date
}

export type ChangedValues = Record<string, string | number | boolean | null | string[] | object>

/** A redemption as the till sees it. */
export type RedemptionView = {
  redemptionId: string
  voucher: VoucherView
  amountMinor: number
  balanceAfterMinor: number
  /** What was left and is lost, since only a gift balance keeps a rest. Undoing all brings it back. */
  unusedMinor: number
  rolledBackMinor: number
  status: 'succeeded' | 'partially_rolled_back' | 'rolled_back'
  redeemedAt: Date
  /** What was paid for: the number on the receipt, and what that came to. */
  orderId?: string
  orderMinor?: number
}

/** One rollback of a redemption; the balances are the voucher's. */
export type RollbackView = {
  rollbackId: string
  amountMinor: number
  balanceBeforeMinor: number
  balanceAfterMinor: number
  reason: string
  rolledBackAt: Date
}

/** By whom and when a voucher was used: by a till, or by somebody whom the shop calls `label`. */
export type UsedView = {
  redemptionId: string
  amountMinor: number
  redeemedAt: Date
  by: 'till' | 'staff'
  label?: string
  storeName?: string
}

export type HoldStatus = 'held' | 'captured' | 'released' | 'expired'

/** An amount of a voucher that is kept for a till. */
export type HoldView = {
  holdId: string
  voucher: VoucherView
  amountMinor: number
  status: HoldStatus
  expiresAt: Date
}

export type Language = 'en' | 'zh'

export type StaffMember = { personId: string; role: Role; label: string; joinedAt: Date }

/** What somebody may do at one merchant. */
export type RoleAtMerchant = {
  merchantId: string
  merchantName: string
  currency: string
  role: Role
  label: string
}

/** A store; `sourceId` is the merchant's own id of it, `zone` an IANA name. */
export type Store = {
  storeId: string
  sourceId: string
  name: string
  address: string
  zone: string
}

/** Where the model decides: which offer an order is shown with, and which voucher an opener gets. */
export type MatchingPoint = 'offer' | 'voucher'

/** What a merchant tells the model. Basis points; without a margin it counts redemptions and not money. */
export type MatchingSettings = {
  marginBp: number | null
  controlBp: number
  poolsLearning: boolean
}

export type Bounds = { low: number; mean: number; high: number }

/**
 * How well a merchant's model does at one point, from the decisions of which it is known what came of
 * them. What a decision brings is minor units of money, or redemptions, as `objective` says.
 */
export type MatchingReport = {
  point: MatchingPoint
  objective: 'money' | 'redemptions'
  /** The state that decides, and from how many answers it was learnt. */
  version: number
  learnt: number
  isFrozen: boolean
  /** Since when everybody gets the preset one, for the model did worse. */
  stoppedAt: Date | null
  outcomes: number
  /** How many people got the preset one, to compare with. */
  compared: number
  /** How much more a decision brings than the preset one, with bounds that always hold; null: too few yet. */
  lift: (Bounds & { count: number }) | null
  whatIf: MatchingWhatIf[]
  arms: MatchingArm[]
  drivers: MatchingDriver[]
  /** How much speaks for customers who differ in what they like, from 0 to 1; null: nothing learnt yet. */
  personal: number | null
  reportedAt: Date | null
}

/**
 * What a decision would have brought had one followed something else, and what it did bring, over the
 * `count` newest decisions of which both can be told. `armId` is there with `always`.
 */
export type MatchingWhatIf = {
  policy: 'always' | 'random' | 'preset'
  armId?: string
  name?: string
  count: number
  asItWas: number
  ips: Bounds
  snips: Bounds
  doublyRobust: Bounds
}

/**
 * An offer or a kind of voucher among the newest settled decisions: how often it was given and a voucher
 * of it redeemed, what had been expected, and how often the model wants it (both from 0 to 1).
 */
export type MatchingArm = {
  id: string
  name: string
  isPreset: boolean
  settled: number
  redeemed: number
  expected: number
  share: number
}

/** How often the model wants an arm for people who have a feature, and for the others: from 0 to 1. */
export type MatchingDriver = {
  armId: string
  name: string
  feature: string
  withIt: number
  without: number
}

/** What a unit of a campaign's budget must bring, so that the budget lasts. */
export type BudgetPrice = { campaignId: string; name: string; lambda: number }

export type MatchingView = {
  currency: string
  settings: MatchingSettings
  reports: MatchingReport[]
  prices: BudgetPrice[]
}

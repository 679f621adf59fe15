import Type from 'typebox'

import type { Rule } from '../domain/rule.ts'

/** An instant: a Date here, RFC 3339 in UTC on the wire. */
const Instant = Type.Unsafe<Date>({ type: 'string', format: 'date-time' })
const Minor = Type.Integer({
  minimum: -Number.MAX_SAFE_INTEGER,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'Minor units',
})

const OrderLine = Type.Object({
  sku: Type.String({ maxLength: 128 }),
  title: Type.String({ maxLength: 300 }),
  quantity: Type.Number(),
  unitMinor: Minor,
  amountMinor: Minor,
  kind: Type.Enum(['item', 'postage', 'discount', 'fee']),
  category: Type.Optional(Type.String({ maxLength: 60 })),
})

export const Order = Type.Object({
  merchantId: Type.String(),
  merchantName: Type.String(),
  orderId: Type.String(),
  sourceId: Type.String(),
  reference: Type.String(),
  storeName: Type.String(),
  storeAddress: Type.String(),
  placedAt: Instant,
  currency: Type.String(),
  totalMinor: Minor,
  cancelledMinor: Minor,
  status: Type.Enum(['placed', 'partially_cancelled', 'cancelled']),
  lines: Type.Array(OrderLine),
})

export const Offer = Type.Object({
  offerId: Type.String(),
  title: Type.String(),
  body: Type.String(),
  mode: Type.Enum(['random', 'matched']),
  currency: Type.String(),
  fromMinor: Minor,
  toMinor: Minor,
  slots: Type.Integer(),
  endsAt: Instant,
})

const shareProperties = {
  merchantId: Type.String(),
  merchantName: Type.String(),
  shareId: Type.String(),
  reference: Type.String(),
  status: Type.Enum(['draft', 'open', 'exhausted', 'expired', 'revoked']),
  slots: Type.Integer(),
  taken: Type.Integer(),
  expiresAt: Instant,
  createdAt: Instant,
  offer: Offer,
  seedHash: Type.String(),
}

export const ShareLinks = Type.Object({
  app: Type.Optional(Type.String()),
  chat: Type.String(),
  page: Type.String(),
})

export const Share = Type.Object(shareProperties)
export const ShareWithLinks = Type.Object({ ...shareProperties, links: ShareLinks })

export const Voucher = Type.Object({
  merchantId: Type.String(),
  merchantName: Type.String(),
  voucherId: Type.String(),
  code: Type.String(),
  name: Type.String(),
  kind: Type.Enum(['percent_off', 'amount_off', 'gift_balance', 'free_item']),
  percentBp: Type.Optional(Type.Integer()),
  valueMinor: Minor,
  balanceMinor: Minor,
  heldMinor: Type.Optional(Minor),
  currency: Type.String(),
  minSpendMinor: Minor,
  storeName: Type.Optional(Type.String()),
  storeAddress: Type.Optional(Type.String()),
  storeNames: Type.Optional(Type.Array(Type.String())),
  hours: Type.Optional(
    Type.Object({
      weekdays: Type.Integer(),
      fromMinute: Type.Integer(),
      toMinute: Type.Integer(),
    }),
  ),
  status: Type.Enum(['issued', 'held', 'partially_redeemed', 'redeemed', 'expired', 'revoked']),
  issuedAt: Instant,
  expiresAt: Instant,
  zone: Type.String(),
})

export const Redemption = Type.Object({
  redemptionId: Type.String(),
  voucher: Voucher,
  amountMinor: Minor,
  balanceAfterMinor: Minor,
  unusedMinor: Minor,
  rolledBackMinor: Minor,
  status: Type.Enum(['succeeded', 'partially_rolled_back', 'rolled_back']),
  redeemedAt: Instant,
  orderId: Type.Optional(Type.String({ description: 'The number on the receipt' })),
  orderMinor: Type.Optional(Minor),
})

export const Rollback = Type.Object({
  rollbackId: Type.String(),
  amountMinor: Minor,
  balanceBeforeMinor: Minor,
  balanceAfterMinor: Minor,
  reason: Type.String(),
  rolledBackAt: Instant,
})

/** By whom and when a voucher was used last. */
export const Used = Type.Object({
  redemptionId: Type.String(),
  amountMinor: Minor,
  redeemedAt: Instant,
  by: Type.Enum(['till', 'staff']),
  label: Type.Optional(Type.String()),
  storeName: Type.Optional(Type.String()),
})

export const Hold = Type.Object({
  holdId: Type.String(),
  voucher: Voucher,
  amountMinor: Minor,
  status: Type.Enum(['held', 'captured', 'released', 'expired']),
  expiresAt: Instant,
})

const Nothing = Type.Null()
const Count = Type.Union([Type.Integer(), Nothing])
const MinorOrNull = Type.Union([Minor, Nothing])
const VoucherKind = Type.Enum(['percent_off', 'amount_off', 'gift_balance', 'free_item'])
const Period = Type.Enum(['day', 'week', 'month', 'campaign'])
const RewardFor = Type.Enum(['claims', 'redemptions'])

export const Campaign = Type.Object({
  campaignId: Type.String(),
  name: Type.String(),
  status: Type.Enum(['draft', 'active', 'paused', 'stopped']),
  mode: Type.Enum(['random', 'matched']),
  currency: Type.String(),
  zone: Type.String(),
  startsAt: Instant,
  endsAt: Instant,
  budgetMinor: Minor,
  reservedMinor: Minor,
  issuedMinor: Minor,
  issuedCount: Type.Integer(),
  dayCount: Type.Integer(),
  dayMinor: Minor,
  slotsPerShare: Type.Integer(),
  potMinor: MinorOrNull,
  drawMinMinor: MinorOrNull,
  drawMaxMinor: MinorOrNull,
  shareTtlSeconds: Type.Integer(),
  validDays: Type.Integer(),
  sharerMayClaim: Type.Boolean(),
  claimScope: Type.Enum(['campaign', 'share']),
  maxVouchers: Count,
  dayMaxVouchers: Count,
  dayBudgetMinor: MinorOrNull,
  openWeekdays: Type.Integer({ description: 'A bit for each weekday, Monday 1 to Sunday 64' }),
  openFromMinute: Type.Integer(),
  openToMinute: Type.Integer(),
  personLimit: Count,
  personPeriod: Type.Union([Period, Nothing]),
  storeIds: Type.Array(Type.String()),
  onCancelledShare: Type.Enum(['keep', 'revoke']),
  onRefund: Type.Enum(['roll_back', 'keep']),
  rewardAfter: Count,
  rewardFor: Type.Union([RewardFor, Nothing]),
  offers: Type.Array(
    Type.Object({
      offerId: Type.String(),
      title: Type.String(),
      body: Type.String(),
      rule: Type.Unsafe<Rule | null>({ description: 'For which orders; null: for all' }),
    }),
  ),
  templates: Type.Array(
    Type.Object({
      templateId: Type.String(),
      name: Type.String(),
      kind: VoucherKind,
      percentBp: Type.Optional(Type.Integer()),
      valueMinor: Minor,
      minSpendMinor: Minor,
      quantity: Type.Integer(),
      issued: Type.Integer(),
      isFallback: Type.Boolean(),
      isReward: Type.Boolean(),
      storeId: Type.Optional(Type.String()),
      storeName: Type.Optional(Type.String()),
      useWeekdays: Type.Integer(),
      useFromMinute: Type.Integer(),
      useToMinute: Type.Integer(),
      leastBp: Type.Integer({ description: 'How often the model may choose it, in basis points' }),
      mostBp: Type.Integer(),
    }),
  ),
})

/** A line of the card; `kind` says which of the others are there. */
const CardLine = Type.Object({
  kind: Type.Enum(['each', 'voucher', 'until', 'valid', 'open', 'stores', 'limit', 'reward']),
  slots: Type.Optional(Type.Integer()),
  toMinor: Type.Optional(Minor),
  name: Type.Optional(Type.String()),
  voucherKind: Type.Optional(VoucherKind),
  percentBp: Type.Optional(Type.Integer()),
  valueMinor: Type.Optional(Minor),
  minSpendMinor: Type.Optional(Minor),
  quantity: Type.Optional(Type.Integer()),
  isFallback: Type.Optional(Type.Boolean()),
  isReward: Type.Optional(Type.Boolean()),
  storeName: Type.Optional(Type.String()),
  use: Type.Optional(
    Type.Object({
      weekdays: Type.Integer(),
      fromMinute: Type.Integer(),
      toMinute: Type.Integer(),
    }),
  ),
  endsAt: Type.Optional(Instant),
  days: Type.Optional(Type.Integer()),
  weekdays: Type.Optional(Type.Integer()),
  fromMinute: Type.Optional(Type.Integer()),
  toMinute: Type.Optional(Type.Integer()),
  names: Type.Optional(Type.Array(Type.String())),
  count: Type.Optional(Type.Integer()),
  period: Type.Optional(Period),
  after: Type.Optional(Type.Integer()),
  for: Type.Optional(RewardFor),
})

export const Preview = Type.Object({
  campaign: Campaign,
  card: Type.Object({
    title: Type.String(),
    body: Type.String(),
    lines: Type.Array(CardLine),
  }),
  liability: Type.Object({
    budgetMinor: Minor,
    fallbackMinor: Minor,
    rewardMinor: Minor,
    worstMinor: Minor,
    currency: Type.String(),
  }),
})

export const Change = Type.Object({
  changeId: Type.String(),
  subject: Type.Enum(['campaign', 'template', 'offer', 'store', 'staff', 'codes', 'merchant']),
  subjectId: Type.String(),
  subjectName: Type.Optional(Type.String()),
  action: Type.String(),
  by: Type.String({ description: 'telegram:42, api or cli' }),
  byLabel: Type.Optional(Type.String()),
  before: Type.Record(Type.String(), Type.Unknown()),
  after: Type.Record(Type.String(), Type.Unknown()),
  happenedAt: Instant,
})

export const Store = Type.Object({
  storeId: Type.String(),
  sourceId: Type.String(),
  name: Type.String(),
  address: Type.String(),
  zone: Type.String(),
})

const sharerCounts = {
  shared: Type.Integer(),
  opened: Type.Integer(),
  claimed: Type.Integer(),
  fallback: Type.Integer(),
  rewarded: Type.Integer(),
  refused: Type.Integer(),
  redeemed: Type.Integer(),
  rolledBack: Type.Integer(),
  discountMinor: Minor,
  orderMinor: Minor,
  costPerRedemptionMinor: Type.Union([Minor, Type.Null()]),
}
const placeCounts = { queried: Type.Integer(), shown: Type.Integer(), ...sharerCounts }
const counts = { ...placeCounts, liabilityMinor: Minor }

export const Dashboard = Type.Object({
  currency: Type.String(),
  zone: Type.String(),
  from: Type.String(),
  to: Type.String(),
  totals: Type.Object(counts),
  days: Type.Array(Type.Object({ day: Type.String(), ...counts })),
  byCampaign: Type.Array(
    Type.Object({
      campaignId: Type.String(),
      name: Type.String(),
      status: Type.Enum(['draft', 'active', 'paused', 'stopped']),
      ...counts,
    }),
  ),
  byStore: Type.Array(
    Type.Object({
      storeId: Type.Optional(Type.String()),
      sourceId: Type.Optional(Type.String()),
      name: Type.Optional(Type.String()),
      ...placeCounts,
    }),
  ),
  bySharer: Type.Array(
    Type.Object({
      sharer: Type.Integer(),
      shares: Type.Integer(),
      orderNumber: Type.String(),
      shareId: Type.String(),
      ...sharerCounts,
    }),
  ),
})

export const Export = Type.Object({
  exportId: Type.String(),
  kind: Type.String(),
  format: Type.Enum(['csv', 'json']),
  campaignId: Type.Optional(Type.String()),
  status: Type.Enum(['waiting', 'running', 'done', 'failed']),
  rows: Type.Integer(),
  bytes: Type.Integer(),
  createdAt: Instant,
})

export const CodeBatch = Type.Object({
  batchId: Type.String(),
  templateId: Type.String(),
  templateName: Type.String(),
  source: Type.Enum(['generated', 'imported']),
  prefix: Type.String(),
  codeLength: Type.Union([Type.Integer(), Type.Null()]),
  wanted: Type.Integer(),
  made: Type.Integer(),
  duplicates: Type.Integer({ description: 'How many came that were there already' }),
  status: Type.Enum(['running', 'done', 'cancelled', 'failed']),
  createdAt: Instant,
  finishedAt: Type.Union([Instant, Type.Null()]),
})

export const MatchingSettings = Type.Object({
  marginBp: Count,
  controlBp: Type.Integer(),
  poolsLearning: Type.Boolean(),
})

const bounds = { low: Type.Number(), mean: Type.Number(), high: Type.Number() }
const Bounds = Type.Object(bounds)
const Part = Type.Number({ description: 'From 0 to 1' })

/** How well the model does; amounts of money are minor units a decision. */
export const Matching = Type.Object({
  currency: Type.String(),
  settings: MatchingSettings,
  reports: Type.Array(
    Type.Object({
      point: Type.Enum(['offer', 'voucher']),
      objective: Type.Enum(['money', 'redemptions']),
      version: Type.Integer(),
      learnt: Type.Integer(),
      isFrozen: Type.Boolean(),
      stoppedAt: Type.Union([Instant, Nothing]),
      outcomes: Type.Integer({ description: 'Decisions of which it is known what came of them' }),
      compared: Type.Integer({ description: 'People who got the preset one' }),
      lift: Type.Union([Type.Object({ ...bounds, count: Type.Integer() }), Nothing]),
      whatIf: Type.Array(
        Type.Object({
          policy: Type.Enum(['always', 'random', 'preset']),
          armId: Type.Optional(Type.String()),
          name: Type.Optional(Type.String()),
          count: Type.Integer(),
          asItWas: Type.Number(),
          ips: Bounds,
          snips: Bounds,
          doublyRobust: Bounds,
        }),
      ),
      arms: Type.Array(
        Type.Object({
          id: Type.String(),
          name: Type.String(),
          isPreset: Type.Boolean(),
          settled: Type.Integer(),
          redeemed: Type.Integer(),
          expected: Part,
          share: Part,
        }),
      ),
      drivers: Type.Array(
        Type.Object({
          armId: Type.String(),
          name: Type.String(),
          feature: Type.String(),
          withIt: Part,
          without: Part,
        }),
      ),
      personal: Type.Union([Part, Nothing]),
      reportedAt: Type.Union([Instant, Nothing]),
    }),
  ),
  prices: Type.Array(
    Type.Object({ campaignId: Type.String(), name: Type.String(), lambda: Type.Number() }),
  ),
})

import Type from 'typebox'

import {
  AmountMinor,
  Body,
  Id,
  InstantText,
  Line,
  Merchant,
  OfferRule,
  RequestId,
  StoreId,
  Text,
} from '../fields.ts'

export const WithKey = Type.Object({ 'idempotency-key': Type.Optional(RequestId) })

const Name = Line(120)
const Traits = Type.Record(
  Type.String({ pattern: '^[a-z0-9_ -]{1,40}$' }),
  Type.Number({ minimum: 0, maximum: 1 }),
  {
    maxProperties: 50,
    additionalProperties: false,
  },
)

const Weekdays = Type.Integer({
  minimum: 1,
  maximum: 127,
  description: 'A bit for each weekday, Monday 1 to Sunday 64',
})
const FromMinute = Type.Integer({ minimum: 0, maximum: 1439 })
const ToMinute = Type.Integer({ minimum: 1, maximum: 1440 })
const Quantity = Type.Integer({ minimum: 1, maximum: 100_000_000 })
const ChosenBp = Type.Integer({
  minimum: 0,
  maximum: 10_000,
  description: 'How often the model may choose it, in basis points',
})
const Count = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const Period = Type.Enum(['day', 'week', 'month', 'campaign'])
const ValidDays = Type.Integer({ minimum: 1, maximum: 730 })
const ShareTtlSeconds = Type.Integer({ minimum: 60, maximum: 90 * 24 * 3600 })

/** What can be left out of a new campaign and changed of one that is there; null is no limit. */
const TERMS = {
  maxVouchers: orNull(Count),
  dayMaxVouchers: orNull(Count),
  dayBudgetMinor: orNull(AmountMinor),
  openWeekdays: Type.Optional(Weekdays),
  openFromMinute: Type.Optional(FromMinute),
  openToMinute: Type.Optional(ToMinute),
  personLimit: orNull(Count),
  personPeriod: orNull(Period),
  storeIds: Type.Optional(Type.Array(Id, { maxItems: 200, uniqueItems: true })),
  onCancelledShare: Type.Optional(Type.Enum(['keep', 'revoke'])),
  onRefund: Type.Optional(Type.Enum(['roll_back', 'keep'])),
  rewardAfter: orNull(Count),
  rewardFor: orNull(Type.Enum(['claims', 'redemptions'])),
  shareTtlSeconds: Type.Optional(ShareTtlSeconds),
  validDays: Type.Optional(ValidDays),
  sharerMayClaim: Type.Optional(Type.Boolean()),
}

export const CampaignBody = Body({
  ...TERMS,
  merchantId: Merchant,
  name: Name,
  mode: Type.Enum(['random', 'matched']),
  zone: Type.String({ maxLength: 60, default: 'UTC' }),
  startsAt: Type.Optional(InstantText),
  endsAt: InstantText,
  budgetMinor: AmountMinor,
  slotsPerShare: Type.Integer({ minimum: 1, maximum: 100_000 }),
  potMinor: Type.Optional(AmountMinor),
  drawMinMinor: Type.Optional(AmountMinor),
  drawMaxMinor: Type.Optional(AmountMinor),
  claimScope: Type.Optional(Type.Enum(['campaign', 'share'])),
  offer: Body({
    title: Name,
    body: Type.Optional(Text(600)),
    rule: Type.Optional(OfferRule),
    traits: Type.Optional(Traits),
  }),
})

export const CampaignChangeBody = Body({
  ...TERMS,
  merchantId: Merchant,
  name: Type.Optional(Name),
  startsAt: Type.Optional(InstantText),
  endsAt: Type.Optional(InstantText),
  budgetMinor: Type.Optional(AmountMinor),
  offer: Type.Optional(
    Body({ title: Type.Optional(Name), body: Type.Optional(Text(600)), rule: orNull(OfferRule) }),
  ),
})

export const CopyBody = Type.Union([
  Body({
    merchantId: Merchant,
    name: Type.Optional(Name),
    startsAt: Type.Optional(InstantText),
    endsAt: Type.Optional(InstantText),
  }),
  Type.Null(),
])

export const VouchersBody = Body({
  merchantId: Merchant,
  name: Name,
  kind: Type.Enum(['percent_off', 'amount_off', 'gift_balance', 'free_item']),
  percentBp: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  valueMinor: AmountMinor,
  minSpendMinor: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
  quantity: Quantity,
  isFallback: Type.Optional(Type.Boolean()),
  isReward: Type.Optional(Type.Boolean()),
  useWeekdays: Type.Optional(Weekdays),
  useFromMinute: Type.Optional(FromMinute),
  useToMinute: Type.Optional(ToMinute),
  storeId: Type.Optional(StoreId),
  storeAddress: Type.Optional(Text(300)),
  leastBp: Type.Optional(ChosenBp),
  mostBp: Type.Optional(ChosenBp),
  traits: Type.Optional(Traits),
})

export const TemplateChangeBody = Body({
  merchantId: Merchant,
  quantity: Type.Optional(Quantity),
  leastBp: Type.Optional(ChosenBp),
  mostBp: Type.Optional(ChosenBp),
})

/** Nothing to say but for whom. */
export const StatusBody = Type.Union([Body({ merchantId: Merchant }), Type.Null()])

function orNull<T extends Type.TSchema>(schema: T) {
  return Type.Optional(Type.Union([schema, Type.Null()]))
}

import Type from 'typebox'

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
  currency: Type.String(),
  minSpendMinor: Minor,
  storeName: Type.Optional(Type.String()),
  storeAddress: Type.Optional(Type.String()),
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
})

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
  slotsPerShare: Type.Integer(),
  templates: Type.Array(
    Type.Object({
      templateId: Type.String(),
      name: Type.String(),
      kind: Type.Enum(['percent_off', 'amount_off', 'gift_balance', 'free_item']),
      percentBp: Type.Optional(Type.Integer()),
      valueMinor: Minor,
      quantity: Type.Integer(),
      issued: Type.Integer(),
      isFallback: Type.Boolean(),
    }),
  ),
})

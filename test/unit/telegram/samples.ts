import { USUAL_TERMS } from '../../../src/domain/campaign-terms.ts'
import type {
  CampaignView,
  OfferView,
  OrderView,
  RedemptionView,
  ShareLinks,
  ShareView,
  VoucherView,
} from '../../../src/domain/views.ts'
import type { Stats } from '../../../src/usecases/show-stats.ts'

const END = new Date('2026-12-31T23:00:00Z')

export const OFFER: OfferView = {
  offerId: 'off_1',
  title: 'A treat for your friends',
  body: 'Candles at any of our stores.',
  mode: 'random',
  currency: 'GBP',
  fromMinor: 100,
  toMinor: 500,
  slots: 20,
  endsAt: END,
}

export const ORDER: OrderView = {
  merchantId: 'mer_1',
  merchantName: 'Candle & Co',
  orderId: 'ord_1',
  sourceId: '536365',
  reference: 'a'.repeat(22),
  storeName: 'Soho',
  storeAddress: '12 Berwick Street',
  placedAt: new Date('2026-11-21T10:00:00Z'),
  currency: 'GBP',
  totalMinor: 1530,
  cancelledMinor: 0,
  status: 'placed',
  lines: [
    {
      sku: '85123A',
      title: 'White hanging heart t-light holder',
      quantity: 6,
      unitMinor: 255,
      amountMinor: 1530,
      kind: 'item',
    },
  ],
}

export const SHARE: ShareView = {
  merchantId: 'mer_1',
  merchantName: 'Candle & Co',
  shareId: 'shr_1',
  reference: 'b'.repeat(22),
  status: 'open',
  slots: 20,
  taken: 13,
  expiresAt: END,
  createdAt: new Date('2026-11-22T10:00:00Z'),
  offer: OFFER,
  seedHash: '0'.repeat(64),
}

export const LINKS: ShareLinks = {
  app: 'https://t.me/passalong_bot/app?startapp=x',
  chat: `https://t.me/passalong_bot?start=${'b'.repeat(22)}`,
  page: 'https://example.org/s/x',
}

export const VOUCHER: VoucherView = {
  merchantId: 'mer_1',
  merchantName: 'Candle & Co',
  voucherId: 'vch_1',
  code: '7KQ2M4XV9RTCV',
  name: 'Autumn five',
  kind: 'amount_off',
  valueMinor: 500,
  balanceMinor: 500,
  currency: 'GBP',
  minSpendMinor: 2000,
  storeName: 'Soho',
  storeAddress: '12 Berwick Street',
  status: 'issued',
  issuedAt: new Date('2026-11-22T10:00:00Z'),
  expiresAt: new Date('2026-12-24T00:00:00Z'),
  zone: 'Europe/London',
}

export const REDEMPTION: RedemptionView = {
  redemptionId: 'rdm_1',
  voucher: { ...VOUCHER, status: 'redeemed', balanceMinor: 0 },
  amountMinor: 100,
  balanceAfterMinor: 0,
  unusedMinor: 0,
  rolledBackMinor: 0,
  status: 'succeeded',
  redeemedAt: new Date('2026-11-25T10:00:00Z'),
}

export const CAMPAIGN: CampaignView = {
  campaignId: 'cmp_1',
  name: 'Autumn',
  status: 'active',
  mode: 'random',
  currency: 'GBP',
  zone: 'Europe/London',
  startsAt: new Date('2026-11-01T00:00:00Z'),
  endsAt: new Date('2026-12-31T00:00:00Z'),
  budgetMinor: 50_000,
  reservedMinor: 4_000,
  issuedMinor: 12_000,
  issuedCount: 24,
  dayCount: 0,
  dayMinor: 0,
  slotsPerShare: 20,
  potMinor: 4_000,
  drawMinMinor: 100,
  drawMaxMinor: 500,
  shareTtlSeconds: 172_800,
  validDays: 30,
  sharerMayClaim: true,
  claimScope: 'campaign',
  ...USUAL_TERMS,
  offers: [{ offerId: 'off_1', title: 'Coffee for friends', body: 'Ask at the till.', rule: null }],
  templates: [
    {
      templateId: 'vtp_1',
      name: '£5 off',
      kind: 'amount_off',
      valueMinor: 500,
      minSpendMinor: 0,
      quantity: 100,
      issued: 24,
      isFallback: false,
      isReward: false,
      useWeekdays: 127,
      useFromMinute: 0,
      useToMinute: 1440,
      leastBp: 0,
      mostBp: 10_000,
    },
  ],
}

export const STATS: Stats = {
  campaign: CAMPAIGN,
  queried: 120,
  shown: 60,
  shared: 12,
  sharers: 10,
  opened: 30,
  claimed: 24,
  fallback: 1,
  rewarded: 0,
  refused: 3,
  redeemed: 0,
  rolledBack: 1,
  discountMinor: 3_000,
  orderMinor: 70_000,
  liabilityMinor: 9_000,
  costPerRedemptionMinor: null,
  redeemedMinor: 3_000,
  issuedMinor: 12_000,
  days: [],
}

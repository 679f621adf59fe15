import { USUAL_TERMS } from '../../../src/domain/campaign-terms.ts'
import type { Offer, Voucher } from '../../../src/miniapp/api/answers.ts'
import type { Campaign } from '../../../src/miniapp/api/shop-answers.ts'

export function voucher(more: Partial<Voucher> = {}): Voucher {
  return {
    merchantId: 'mer_1',
    merchantName: 'Corner Bakery',
    voucherId: 'vch_1',
    code: '7KQ2M4XV9RTCV',
    name: 'Off your next visit',
    kind: 'amount_off',
    valueMinor: 500,
    balanceMinor: 500,
    currency: 'GBP',
    minSpendMinor: 0,
    status: 'issued',
    issuedAt: '2026-11-01T10:00:00.000Z',
    expiresAt: '2026-12-06T00:00:00.000Z',
    zone: 'Europe/London',
    ...more,
  }
}

export function offer(more: Partial<Offer> = {}): Offer {
  return {
    offerId: 'off_1',
    title: 'Breakfast',
    body: 'Money off their next visit.',
    mode: 'random',
    currency: 'GBP',
    fromMinor: 200,
    toMinor: 800,
    slots: 5,
    endsAt: '2026-12-05T23:59:59.999Z',
    ...more,
  }
}

export function campaign(more: Partial<Campaign> = {}): Campaign {
  return {
    ...USUAL_TERMS,
    campaignId: 'cmp_1',
    name: 'Winter',
    status: 'active',
    mode: 'matched',
    currency: 'GBP',
    zone: 'Europe/London',
    startsAt: '2026-11-01T00:00:00.000Z',
    endsAt: '2027-02-01T00:00:00.000Z',
    budgetMinor: 12_050,
    reservedMinor: 0,
    issuedMinor: 0,
    issuedCount: 0,
    dayCount: 0,
    dayMinor: 0,
    slotsPerShare: 5,
    potMinor: null,
    drawMinMinor: null,
    drawMaxMinor: null,
    shareTtlSeconds: 604_800,
    validDays: 30,
    sharerMayClaim: true,
    claimScope: 'campaign',
    offers: [],
    templates: [],
    ...more,
  }
}

import type { AppContext } from '../context.ts'
import { acceptInvite } from '../usecases/accept-invite.ts'
import { addMerchant } from '../usecases/add-merchant.ts'
import { addStore } from '../usecases/add-store.ts'
import { EVENINGS, THANK_YOU, WELCOME } from './gifts.ts'
import { type CampaignPlan, type StockedGift, startCampaign } from './open-shop.ts'
import type { PlayedShop } from './play.ts'
import type { Gift } from './taste.ts'

const DAY_MS = 24 * 3600 * 1000
const WHOLE_BP = 10_000

/** The shop that is simulated. Its clocks are UTC's, so that its days are the same wherever it is played. */
const SHOP = { storeSourceId: '7', zone: 'UTC', currency: 'GBP' }

/** Whoever has the merchant's phone in the sandbox: a shop that is kept can be looked at there. */
const OWNER = 'telegram:2001'

export type LumaRequest = {
  days: number
  budgetMinor: number
  /** Every voucher as often as any other, whatever the model thinks of it. */
  isRandom: boolean
}

/** Opens the shop: a store and two campaigns that last a week longer than the play. */
export async function openLuma(app: AppContext, request: LumaRequest): Promise<PlayedShop> {
  const { merchantId, ownerReference } = await addMerchant(app, {
    name: 'Luma Candles & Home',
    currency: SHOP.currency,
  })
  await acceptInvite(app, { personId: OWNER, reference: ownerReference })
  await addStore(app, {
    merchantId,
    sourceId: SHOP.storeSourceId,
    name: 'Luma Soho',
    address: '12 Berwick Street, London',
    zone: SHOP.zone,
  })
  const campaigns = [
    await startCampaign(app, merchantId, thankYou(app.now(), request)),
    await startCampaign(app, merchantId, eveningsIn(app.now(), request)),
  ]
  return { ...SHOP, merchantId, campaigns }
}

function thankYou(now: Date, request: LumaRequest): CampaignPlan {
  return {
    ...usual(now, request),
    name: 'Autumn thank-you',
    budgetMinor: request.budgetMinor,
    gifts: stocked(THANK_YOU, request),
    preset: { ...WELCOME, quantity: PLENTY },
    offer: {
      title: 'Treat your friends at Luma',
      rule: { amountMinor: { from: 1000 } },
      traits: { returning: 0.5, candles: 0.5, kitchen: 0.5 },
    },
  }
}

function eveningsIn(now: Date, request: LumaRequest): CampaignPlan {
  return {
    ...usual(now, request),
    name: 'Evenings in',
    budgetMinor: Math.ceil(request.budgetMinor / 2),
    gifts: stocked(EVENINGS, request),
    preset: { ...WELCOME, name: 'Hello: £2 off', quantity: PLENTY },
    offer: {
      title: 'A cosy evening for your friends',
      rule: { amountMinor: { from: 1500 } },
      traits: { bedroom: 0.6, party: 0.6 },
    },
  }
}

function usual(now: Date, { days }: LumaRequest) {
  return {
    mode: 'matched',
    zone: SHOP.zone,
    startsAt: new Date(now.getTime() - DAY_MS),
    endsAt: new Date(now.getTime() + (days + 7) * DAY_MS),
    slotsPerShare: 6,
    validDays: 7,
    claimScope: 'share',
  } as const
}

const PLENTY = 100_000

function stocked(gifts: readonly Gift[], { isRandom }: LumaRequest): StockedGift[] {
  const shareBp = WHOLE_BP / gifts.length
  return gifts.map((gift) => ({
    ...gift,
    quantity: PLENTY,
    ...(isRandom && { leastBp: shareBp, mostBp: shareBp }),
  }))
}

import type { AppContext } from '../../context.ts'
import { hasMerchants } from '../../store/merchants.ts'
import { acceptInvite } from '../../usecases/accept-invite.ts'
import { addMerchant } from '../../usecases/add-merchant.ts'
import { addStore } from '../../usecases/add-store.ts'
import { changeCampaign } from '../../usecases/change-campaign.ts'
import { createCampaign } from '../../usecases/create-campaign.ts'
import { createVouchers, type VouchersRequest } from '../../usecases/create-vouchers.ts'
import { ingestOrders } from '../../usecases/ingest-orders.ts'
import { inviteStaff } from '../../usecases/invite-staff.ts'
import { queryOrder } from '../../usecases/query-order.ts'
import { CAST, KNOWN_MEMBERS, type Player, personIdOf } from './cast.ts'
import { ORDERS } from './orders.ts'

export const STORE = '7'
const DAY_MS = 24 * 3600 * 1000

/** Gives an empty installation a shop to play with, all through the ordinary use cases. */
export async function seedShop(app: AppContext): Promise<void> {
  if (await hasMerchants(app.db)) return
  const { merchantId, ownerReference } = await addMerchant(app, {
    name: 'Luma Candles & Home',
    currency: 'GBP',
  })
  await acceptInvite(app, { personId: personIdOf(playerOf('owner')), reference: ownerReference })
  await addStores(app, merchantId)
  await addCashier(app, merchantId)
  await addThankYou(app, merchantId)
  await addLuckyTealights(app, merchantId)
  await addHistory(app, merchantId)
}

function playerOf(role: Player['role']): Player {
  const player = CAST.find((someone) => someone.role === role)
  if (!player) throw new Error(`nobody plays the ${role}`)
  return player
}

async function addStores(app: AppContext, merchantId: string): Promise<void> {
  const zone = 'Europe/London'
  await addStore(app, {
    merchantId,
    sourceId: STORE,
    name: 'Luma Soho',
    address: '12 Berwick Street, London',
    zone,
  })
  await addStore(app, {
    merchantId,
    sourceId: '12',
    name: 'Luma Camden',
    address: '3 Camden Passage, London',
    zone,
  })
}

async function addCashier(app: AppContext, merchantId: string): Promise<void> {
  const invitedBy = personIdOf(playerOf('owner'))
  const { reference } = await inviteStaff(app, {
    merchantId,
    invitedBy,
    role: 'cashier',
    label: 'Tom, Soho',
  })
  await acceptInvite(app, { personId: personIdOf(playerOf('cashier')), reference })
}

/** A matched campaign: which voucher somebody gets follows from what they like. */
async function addThankYou(app: AppContext, merchantId: string): Promise<void> {
  const { campaignId } = await createCampaign(app, {
    merchantId,
    name: 'Autumn thank-you',
    mode: 'matched',
    zone: 'Europe/London',
    startsAt: new Date(app.now().getTime() - DAY_MS),
    endsAt: new Date(app.now().getTime() + 60 * DAY_MS),
    budgetMinor: 400_000,
    slotsPerShare: 6,
    validDays: 30,
    offer: {
      title: 'Treat your friends at Luma',
      body: 'Six friends get a voucher that suits them. Yours is in there too.',
      rule: { amountMinor: { from: 1000 } },
      traits: { returning: 0.5, candles: 0.5, kitchen: 0.5 },
    },
  })
  await addKinds(app, { merchantId, campaignId }, [
    {
      name: '15% off candles',
      kind: 'percent_off',
      percentBp: 1500,
      valueMinor: 800,
      quantity: 300,
      traits: { candles: 1 },
    },
    {
      name: '£5 off in the kitchen',
      kind: 'amount_off',
      valueMinor: 500,
      minSpendMinor: 2000,
      quantity: 300,
      traits: { kitchen: 1 },
    },
    {
      name: 'Billboard mug',
      kind: 'free_item',
      valueMinor: 495,
      quantity: 100,
      traits: { new: 0.3, party: 0.8 },
    },
    {
      name: '£10 gift balance',
      kind: 'gift_balance',
      valueMinor: 1000,
      quantity: 60,
      traits: { returning: 0.6, redeemer: 0.8 },
    },
    {
      name: 'Welcome: £2 off',
      kind: 'amount_off',
      valueMinor: 200,
      minSpendMinor: 500,
      quantity: 500,
      isFallback: true,
    },
  ])
}

/** A campaign of random amounts: a pot of £20 in eight parts, for bigger orders only. */
async function addLuckyTealights(app: AppContext, merchantId: string): Promise<void> {
  const { campaignId } = await createCampaign(app, {
    merchantId,
    name: 'Lucky tealights',
    mode: 'random',
    zone: 'Europe/London',
    startsAt: new Date(app.now().getTime() - DAY_MS),
    endsAt: new Date(app.now().getTime() + 30 * DAY_MS),
    budgetMinor: 200_000,
    slotsPerShare: 8,
    potMinor: 2000,
    drawMinMinor: 100,
    drawMaxMinor: 600,
    validDays: 14,
    offer: {
      title: 'Lucky tealights: £20 for eight friends',
      body: 'Everybody draws a random part. The draw is fair and can be checked.',
      rule: { amountMinor: { from: 2500 } },
      traits: { candles: 0.4, sharer: 0.6 },
    },
  })
  await addKinds(app, { merchantId, campaignId }, [
    { name: 'Lucky tealights balance', kind: 'gift_balance', valueMinor: 600, quantity: 800 },
    {
      name: 'Welcome: £1 off',
      kind: 'amount_off',
      valueMinor: 100,
      minSpendMinor: 500,
      quantity: 300,
      isFallback: true,
    },
  ])
}

type Kind = Omit<VouchersRequest, 'merchantId' | 'campaignId'>

async function addKinds(
  app: AppContext,
  campaign: { merchantId: string; campaignId: string },
  kinds: readonly Kind[],
): Promise<void> {
  for (const kind of kinds) await createVouchers(app, { ...campaign, ...kind })
  await changeCampaign(app, { ...campaign, to: 'active' })
}

/** Orders of the last weeks; those of members were opened by them, so that they are known. */
async function addHistory(app: AppContext, merchantId: string): Promise<void> {
  const taken = await ingestOrders(app, { merchantId, storeSourceId: STORE, items: ORDERS })
  for (const member of KNOWN_MEMBERS) {
    const order = taken.find(({ sourceId }) => sourceId === member.orderNumber)
    if (order?.kind !== 'order') continue
    await queryOrder(app, {
      personId: personIdOf(member),
      by: { kind: 'token', token: order.queryToken },
    })
  }
}

import type { AppContext } from '../../context.ts'
import { THANK_YOU, WELCOME } from '../../simulate/gifts.ts'
import { startCampaign } from '../../simulate/open-shop.ts'
import { makePlayers } from '../../simulate/people.ts'
import type { PlayedCampaign } from '../../simulate/play.ts'
import { playWeeks } from '../../simulate/weeks.ts'
import { hasMerchants } from '../../store/merchants.ts'
import { acceptInvite } from '../../usecases/accept-invite.ts'
import { addMerchant } from '../../usecases/add-merchant.ts'
import { addStore } from '../../usecases/add-store.ts'
import { ingestOrders } from '../../usecases/ingest-orders.ts'
import { inviteStaff } from '../../usecases/invite-staff.ts'
import { queryOrder } from '../../usecases/query-order.ts'
import { CAST, KNOWN_MEMBERS, type Player, personIdOf } from './cast.ts'
import { ORDERS } from './orders.ts'

export const STORE = '7'
const ZONE = 'Europe/London'
const DAY_MS = 24 * 3600 * 1000
/** So that of most vouchers of the past it is known what became of them. */
const VALID_DAYS = 7

/**
 * Gives an empty installation a shop to play with, all through the ordinary use cases: with weeks behind it
 * of people who are not there any more, so that its numbers and its model have something to show.
 */
export async function seedShop(app: AppContext, { weeks = 0 } = {}): Promise<void> {
  if (await hasMerchants(app.db)) return
  const { merchantId, ownerReference } = await addMerchant(app, {
    name: 'Luma Candles & Home',
    currency: 'GBP',
  })
  // at once: an invitation is over in a day, and days go by
  await join(app, 'owner', ownerReference)
  await addStores(app, merchantId)
  const thankYou = await addThankYou(app, merchantId, 7 * weeks)
  await playPast(app, { merchantId, thankYou, weeks }).catch((err: unknown) => {
    app.log.warn({ err }, 'the past of the shop to play with was cut short')
  })
  await addCashier(app, merchantId)
  await addLuckyTealights(app, merchantId)
  await addHistory(app, merchantId)
}

/** What happened until yesterday, in a hurry. */
async function playPast(
  app: AppContext,
  past: { merchantId: string; thankYou: PlayedCampaign; weeks: number },
): Promise<void> {
  const { merchantId, thankYou, weeks } = past
  const now = Temporal.Instant.fromEpochMilliseconds(app.now().getTime())
  await playWeeks(app, {
    seed: 1,
    players: makePlayers(1, 72),
    shop: {
      merchantId,
      storeSourceId: STORE,
      zone: ZONE,
      currency: 'GBP',
      campaigns: [thankYou],
    },
    days: 7 * weeks,
    ordersPerDay: 6,
    lastDay: now.toZonedDateTimeISO(ZONE).toPlainDate().subtract({ days: 1 }),
    hoursAtOnce: 24,
    learnEveryDays: 7,
  })
}

function playerOf(role: Player['role']): Player {
  const player = CAST.find((someone) => someone.role === role)
  if (!player) throw new Error(`nobody plays the ${role}`)
  return player
}

async function join(app: AppContext, role: Player['role'], reference: string): Promise<void> {
  const { outcome } = await acceptInvite(app, { personId: personIdOf(playerOf(role)), reference })
  if (outcome !== 'joined') throw new Error(`the ${role} of the shop to play with cannot join it`)
}

async function addStores(app: AppContext, merchantId: string): Promise<void> {
  await addStore(app, {
    merchantId,
    sourceId: STORE,
    name: 'Luma Soho',
    address: '12 Berwick Street, London',
    zone: ZONE,
  })
  await addStore(app, {
    merchantId,
    sourceId: '12',
    name: 'Luma Camden',
    address: '3 Camden Passage, London',
    zone: ZONE,
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
  await join(app, 'cashier', reference)
}

/**
 * A matched campaign: which voucher somebody gets follows from what they like. Whoever opens several shares
 * gets a voucher of each.
 */
async function addThankYou(
  app: AppContext,
  merchantId: string,
  days: number,
): Promise<PlayedCampaign> {
  return startCampaign(app, merchantId, {
    name: 'Autumn thank-you',
    mode: 'matched',
    zone: ZONE,
    startsAt: new Date(app.now().getTime() - DAY_MS),
    endsAt: new Date(app.now().getTime() + (days + 60) * DAY_MS),
    budgetMinor: 1_500_000,
    slotsPerShare: 6,
    validDays: VALID_DAYS,
    claimScope: 'share',
    offer: {
      title: 'Treat your friends at Luma',
      body: 'Six friends get a voucher that suits them. Yours is in there too.',
      rule: { amountMinor: { from: 1000 } },
      traits: { returning: 0.5, candles: 0.5, kitchen: 0.5 },
    },
    gifts: THANK_YOU.map((gift) => ({ ...gift, quantity: 1000 })),
    preset: { ...WELCOME, quantity: 1000 },
  })
}

/** A campaign of random amounts: a pot of £20 in eight parts, for bigger orders only. */
async function addLuckyTealights(app: AppContext, merchantId: string): Promise<void> {
  await startCampaign(app, merchantId, {
    name: 'Lucky tealights',
    mode: 'random',
    zone: ZONE,
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
    gifts: [
      {
        name: 'Lucky tealights balance',
        kind: 'gift_balance',
        valueMinor: 600,
        quantity: 800,
      },
    ],
    preset: {
      name: 'Welcome: £1 off',
      kind: 'amount_off',
      valueMinor: 100,
      minSpendMinor: 500,
      quantity: 300,
    },
  })
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

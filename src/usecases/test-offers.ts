import type { AppContext } from '../context.ts'
import { type Judged, judge, type OrderFacts, type Unfit, unfitOf } from '../domain/fit-offer.ts'
import type { Rule } from '../domain/rule.ts'
import type { CampaignStatus, Store } from '../domain/views.ts'
import { merchantOf } from '../store/merchants.ts'
import { type OfferToTest, offersToTest, shopperOf } from '../store/offers.ts'
import { orderBySource, type StoredOrder } from '../store/orders.ts'
import { storesOf } from '../store/stores.ts'
import { checkOfferRule } from './check-offer-rule.ts'
import { clockOf, factsOf } from './order-facts.ts'

export type OfferTest = {
  merchantId: string
  /** One offer; left out: all of the campaigns that are not stopped. */
  offerId?: string | undefined
  /** A rule that is not kept, instead of an offer. */
  rule?: Rule | undefined
  order: TestedOrder
  person?: TestedPerson | undefined
  /** The moment at which the order would be opened, by the zone of its store; left out: now. */
  at?: ((zone: string) => Date) | undefined
}

/** A stored order by the number on its receipt, and what is to be taken for it instead; or an order that is only thought of. */
type TestedOrder = {
  sourceId?: string | undefined
  amountMinor?: number | undefined
  /** Our id of a store, or the merchant's own. */
  storeId?: string | undefined
  items?: readonly string[] | undefined
  categories?: readonly string[] | undefined
  country?: string | undefined
}

/** What is to be taken for whoever opens the order: by default its holder, or somebody new. */
type TestedPerson = {
  language?: string | undefined
  isReturning?: boolean | undefined
  shares?: number | undefined
}

/** Why an offer is not shown, although its rule may fit. */
type NotShown = Unfit | Exclude<CampaignStatus, 'active'> | 'not_begun' | 'over' | 'nothing_left'

export type TestedOffer = {
  /** Left out: the rule was given. */
  offer?: { offerId: string; title: string; campaignName: string }
  isShown: boolean
  /** Whether its rule matches, whatever else there is. */
  fits: boolean
  notShown?: NotShown
  /** Part by part; nothing where there is no rule. */
  judged?: Judged
  rule?: Rule
}

export type OfferTestResult =
  | { outcome: 'tested'; facts: OrderFacts; offers: TestedOffer[] }
  | { outcome: 'refused'; reason: 'unknown_order' | 'unknown_offer' | 'unknown_store' }

/**
 * Says of offers whether an order would show them to a person at a moment, and which part of their rule
 * fails. It only reads: nothing is bound, counted or noted.
 *
 * @patent 2 3
 */
export async function testOffers(app: AppContext, test: OfferTest): Promise<OfferTestResult> {
  const { merchantId, rule, offerId } = test
  await checkOfferRule(app, merchantId, rule, 'rule')
  const opened = await openTest(app, test)
  if (typeof opened === 'string') return { outcome: 'refused', reason: opened }
  const { facts, now } = opened
  if (rule) return { outcome: 'tested', facts, offers: [heldAgainst(rule, facts)] }

  const offers = await offersToTest(app.db, merchantId, offerId)
  if (offerId !== undefined && offers.length === 0) {
    return { outcome: 'refused', reason: 'unknown_offer' }
  }
  return { outcome: 'tested', facts, offers: offers.map((offer) => testOne(offer, facts, now)) }
}

/** The order as it is to be opened, and when. */
async function openTest(
  app: AppContext,
  { merchantId, order, person = {}, at }: OfferTest,
): Promise<{ facts: OrderFacts; now: Date } | 'unknown_order' | 'unknown_store'> {
  const store = await storeOf(app, merchantId, order.storeId)
  if (order.storeId !== undefined && !store) return 'unknown_store'
  const stored =
    order.sourceId === undefined
      ? undefined
      : await orderBySource(app.db, merchantId, order.sourceId)
  if (order.sourceId !== undefined && !stored) return 'unknown_order'

  const zone = store?.zone ?? stored?.zone ?? 'UTC'
  const now = at?.(zone) ?? app.now()
  const facts = stored
    ? await factsStored(app, stored, now)
    : await factsThoughtOf(app, merchantId, clockOf(now, zone))
  const { amountMinor, items, categories, country } = order
  const { language, shares, isReturning } = person
  const taken = {
    ...facts,
    ...(store && { storeId: store.storeId, ...clockOf(now, zone) }),
    ...(amountMinor !== undefined && { amountMinor }),
    ...(items && { items }),
    ...(categories && { categories }),
    ...(country !== undefined && { country }),
    ...(language !== undefined && { language }),
    ...(shares !== undefined && { shares }),
    ...(isReturning !== undefined && { otherOrders: isReturning ? 1 : 0 }),
  }
  return { facts: taken, now }
}

async function storeOf(
  app: AppContext,
  merchantId: string,
  wanted: string | undefined,
): Promise<Store | undefined> {
  if (wanted === undefined) return undefined
  const stores = await storesOf(app.db, merchantId)
  return stores.find(({ storeId, sourceId }) => storeId === wanted || sourceId === wanted)
}

async function factsStored(app: AppContext, order: StoredOrder, now: Date): Promise<OrderFacts> {
  const holder =
    order.holderId === null ? undefined : await shopperOf(app.db, order.merchantId, order.holderId)
  return factsOf(order, { ...holder, holdsOrder: order.holderId !== null }, now)
}

async function factsThoughtOf(
  app: AppContext,
  merchantId: string,
  clock: Pick<OrderFacts, 'weekday' | 'minute'>,
): Promise<OrderFacts> {
  const merchant = await merchantOf(app.db, merchantId)
  return {
    currency: merchant?.currency ?? '',
    amountMinor: 0,
    items: [],
    categories: [],
    storeId: '',
    ...clock,
    otherOrders: 0,
    shares: 0,
  }
}

function testOne(offer: OfferToTest, facts: OrderFacts, now: Date): TestedOffer {
  const { offerId, title, campaignName, rule, currency } = offer
  const tested = rule ? heldAgainst(rule, facts) : { fits: true, isShown: true }
  const notShown = unfitOf(currency, facts) ?? whyNotRunning(offer, now)
  return {
    ...tested,
    offer: { offerId, title, campaignName },
    isShown: tested.fits && notShown === undefined,
    ...(notShown && { notShown }),
  }
}

function heldAgainst(rule: Rule, facts: OrderFacts): TestedOffer {
  const judged = judge(rule, facts)
  return { isShown: judged.fits, fits: judged.fits, judged, rule }
}

function whyNotRunning(
  { status, startsAt, endsAt, hasRest }: OfferToTest,
  now: Date,
): NotShown | undefined {
  if (status !== 'active') return status
  if (now < startsAt) return 'not_begun'
  if (now >= endsAt) return 'over'
  return hasRest ? undefined : 'nothing_left'
}

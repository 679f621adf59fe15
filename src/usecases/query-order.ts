import type { AppContext } from '../context.ts'
import { fitsOrder } from '../domain/fit-offer.ts'
import type { OfferView, OrderView } from '../domain/views.ts'
import { runningOffersOf, type StoredOffer, shopperOf } from '../store/offers.ts'
import { bindOrder, orderOf, type StoredOrder, takePinTries } from '../store/orders.ts'
import { chooseOffers } from './choose-offers.ts'
import { factsOf } from './order-facts.ts'
import { resolveReference } from './resolve-reference.ts'

export type OrderQuery =
  | { kind: 'token'; token: string }
  | { kind: 'reference'; reference: string }
  | { kind: 'pin'; orderId: string; storeId: string; pin: string }

export type OrderAnswer =
  | { outcome: 'shown'; order: OrderView; offers: OfferView[] }
  | { outcome: 'bound_to_other' }
  | { outcome: 'not_found' }

/**
 * Opens an order by its receipt's token, by a reference, or by order number, store and PIN. The first
 * who opens it binds it; anybody else is told nothing of it. A wrong order, store or PIN and a locked
 * order are answered alike. Offers are shown only when they match the order.
 *
 * @patent 2 4 5
 */
export async function queryOrder(
  app: AppContext,
  request: { personId: string; by: OrderQuery },
): Promise<OrderAnswer> {
  const found = await locateOrder(app, request.by)
  if (!found) return { outcome: 'not_found' }

  const holder = await bindOrder(app.db, found.merchantId, found.orderId, request.personId)
  if (holder === undefined) return { outcome: 'not_found' }
  if (holder !== request.personId) return { outcome: 'bound_to_other' }
  const order = await orderOf(app.db, found.merchantId, found.orderId)
  if (!order) return { outcome: 'not_found' }
  return {
    outcome: 'shown',
    order: orderView(order),
    offers: await offersFor(app, order, request.personId),
  }
}

/** A stored order as its holder sees it. */
export function orderView({
  storeId,
  zone,
  country,
  holderId,
  tastes,
  ...order
}: StoredOrder): OrderView {
  return order
}

async function locateOrder(
  app: AppContext,
  by: OrderQuery,
): Promise<{ merchantId: string; orderId: string } | undefined> {
  if (by.kind === 'token') return app.tokens.openQuery(by.token)
  if (by.kind === 'reference') {
    const target = await resolveReference(app, by.reference)
    return target?.kind === 'order'
      ? { merchantId: target.merchantId, orderId: target.targetId }
      : undefined
  }
  return locateByPin(app, by)
}

async function locateByPin(app: AppContext, by: { orderId: string; storeId: string; pin: string }) {
  const tries = await takePinTries(app.db, by.orderId, by.storeId)
  for (const { merchantId, orderId, pinSealed } of tries) {
    if ((await app.tokens.openPin(pinSealed)) === by.pin) return { merchantId, orderId }
  }
  return undefined
}

/** The offers that match this order, first the one that is chosen for the person. @patent 2 3 */
async function offersFor(
  app: AppContext,
  order: StoredOrder,
  personId: string,
): Promise<OfferView[]> {
  const running = await runningOffersOf(app.db, order.merchantId)
  if (running.length === 0 || order.status === 'cancelled') return []
  const shopper = await shopperOf(app.db, order.merchantId, personId)
  const facts = factsOf(order, { ...shopper, holdsOrder: true }, app.now())
  const fitting = running.filter(({ rule, currency }) => fitsOrder(rule, currency, facts))
  if (fitting.length === 0) return []

  const shown = await chooseOffers(app, order, personId, fitting)
  return shown.map(offerView)
}

function offerView({ campaignId, rule, traits, validDays, ...offer }: StoredOffer): OfferView {
  return offer
}

import type { OrderFacts } from '../domain/fit-offer.ts'
import type { StoredOrder } from '../store/orders.ts'

/** Who opens an order, as far as its merchant knows them. */
export type Opener = {
  language?: string | null | undefined
  ordersCount?: number | undefined
  sharesCount?: number | undefined
  /** Whether the order is among theirs. */
  holdsOrder: boolean
}

/** What rules are held against, for an order that somebody opens at this moment. @patent 3 4 */
export function factsOf(order: StoredOrder, opener: Opener, now: Date): OrderFacts {
  const { currency, storeId, country, lines, tastes } = order
  const { language, ordersCount = 0, sharesCount = 0, holdsOrder } = opener
  return {
    currency,
    amountMinor: order.totalMinor - order.cancelledMinor,
    items: lines.filter(({ kind }) => kind === 'item').map(({ sku }) => sku),
    categories: Object.keys(tastes),
    storeId,
    country: country ?? undefined,
    ...clockOf(now, order.zone),
    language: language ?? undefined,
    // the first order is no other order, and a cancelled one is not counted
    otherOrders: Math.max(0, ordersCount - (holdsOrder && order.status !== 'cancelled' ? 1 : 0)),
    shares: sharesCount,
  }
}

/** The weekday, 1 is Monday, and the minute of the day that the clocks of a zone show. */
export function clockOf(now: Date, zone: string): { weekday: number; minute: number } {
  const at = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone)
  return { weekday: at.dayOfWeek, minute: at.hour * 60 + at.minute }
}

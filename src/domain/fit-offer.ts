/** Which orders an offer is for. What is left out does not matter. */
export type Fits = {
  minTotalMinor?: number
  maxTotalMinor?: number
  /** At least one line is of one of these. */
  categories?: readonly string[]
  /** Our ids of stores. */
  storeIds?: readonly string[]
}

export type OrderFacts = {
  storeId: string
  currency: string
  /** What was paid and not cancelled. */
  totalMinor: number
  categories: readonly string[]
}

/**
 * Whether an offer matches an order; only then it is shown. An order that came to nothing (free, or
 * wholly cancelled) matches none, and amounts of another currency are not compared.
 *
 * @patent 2 3
 */
export function fitsOrder(fits: Fits, offerCurrency: string, order: OrderFacts): boolean {
  if (order.totalMinor <= 0 || order.currency !== offerCurrency) return false
  if (fits.minTotalMinor !== undefined && order.totalMinor < fits.minTotalMinor) return false
  if (fits.maxTotalMinor !== undefined && order.totalMinor > fits.maxTotalMinor) return false
  if (fits.storeIds && !fits.storeIds.includes(order.storeId)) return false
  return !fits.categories || fits.categories.some((category) => order.categories.includes(category))
}

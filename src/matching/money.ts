import type { KindFacts } from './features.ts'

/** So many redemptions the guess counts as. */
const GUESSED = 5

/**
 * With what order an arm is usually redeemed and what it then takes off: a guess from its terms (an order
 * twice as big as it must be, or four times its worth), which gives way to what was seen.
 */
export function usualMoney(
  { kind, valueMinor, minSpendMinor, percentBp = 0 }: KindFacts,
  seen: { count: number; orderMinor: number; costMinor: number } | undefined,
): { orderMinor: number; costMinor: number } {
  const order = Math.max(2 * minSpendMinor, 4 * valueMinor)
  const cost =
    kind === 'percent_off' ? Math.min(valueMinor, (order * percentBp) / 10_000) : valueMinor
  const { count, orderMinor, costMinor } = seen ?? { count: 0, orderMinor: 0, costMinor: 0 }
  return {
    orderMinor: (GUESSED * order + orderMinor) / (GUESSED + count),
    costMinor: (GUESSED * cost + costMinor) / (GUESSED + count),
  }
}

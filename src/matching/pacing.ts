/**
 * What a unit of money is worth while a budget lasts (primal-dual pacing): the price `lambda` rises when
 * vouchers cost more than the budget allows for each decision left, and falls when they cost less. A
 * choice then weighs what a voucher brings against lambda times what it costs.
 */
export type Pacing = { lambda: number }

const STEP = 0.02
const MOST = 6

/**
 * The price after one more decision.
 *
 * @param cost what was spent on it, in minor units
 * @param left what is left of the budget, and for how many decisions it must do
 * @param unit what a voucher usually costs, so that the step does not depend on the currency
 */
export function paced(
  { lambda }: Pacing,
  cost: number,
  left: { minor: number; decisions: number },
  unit: number,
): Pacing {
  const allowed = left.minor / Math.max(1, left.decisions)
  const next = lambda + (STEP * (cost - allowed)) / Math.max(1, unit)
  return { lambda: Math.min(MOST, Math.max(0, next)) }
}

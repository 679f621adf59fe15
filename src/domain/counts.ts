/**
 * What people did, and what it cost in minor units. `redeemed` leaves out what was undone whole,
 * `rolledBack` counts what was undone, also in part; both belong to the day of the redemption.
 */
type Counts = {
  queried: number
  shown: number
  shared: number
  opened: number
  claimed: number
  fallback: number
  rewarded: number
  refused: number
  redeemed: number
  rolledBack: number
  discountMinor: number
  /** What was bought with it, where the till has said so. */
  orderMinor: number
  /** What more, or less, can be spent than before. */
  liabilityMinor: number
}

export type Numbers = Counts & {
  /** Nothing while nothing is redeemed. Half a minor unit is rounded up. */
  costPerRedemptionMinor: number | null
}

const NOTHING: Counts = {
  queried: 0,
  shown: 0,
  shared: 0,
  opened: 0,
  claimed: 0,
  fallback: 0,
  rewarded: 0,
  refused: 0,
  redeemed: 0,
  rolledBack: 0,
  discountMinor: 0,
  orderMinor: 0,
  liabilityMinor: 0,
}
/** The counts by what facts call them. */
const NAMES = new Map(
  (Object.keys(NOTHING) as (keyof Counts)[]).map((name) => [name.replace(/Minor$/, ''), name]),
)

/** So much of one thing: `what` is the name of a count, without `Minor`. */
export type Sum = { what: string; amount: number }

/** The counts that sums come to, and what one redemption cost. */
export function addUp(sums: readonly Sum[]): Numbers {
  const counts = { ...NOTHING }
  for (const { what, amount } of sums) {
    const name = NAMES.get(what)
    if (name) counts[name] += amount
  }
  return { ...counts, costPerRedemptionMinor: costOf(counts) }
}

function costOf({ discountMinor, redeemed }: Counts): number | null {
  if (redeemed === 0) return null
  const many = BigInt(redeemed)
  return Number((2n * BigInt(discountMinor) + many) / (2n * many))
}

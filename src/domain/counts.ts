/**
 * What people did, and what it cost in minor units. `redeemed` leaves out what was undone whole,
 * `rolledBack` counts what was undone, also in part; both belong to the day of the redemption.
 */
export type Counts = {
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
  /** What can still be spent of what was given. */
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
const NAMES = Object.keys(NOTHING) as (keyof Counts)[]

/** The sum of counts, and what one redemption cost. */
export function addUp(rows: readonly Counts[]): Numbers {
  const sum = { ...NOTHING }
  for (const row of rows) {
    for (const name of NAMES) sum[name] += row[name]
  }
  return { ...sum, costPerRedemptionMinor: costOf(sum) }
}

function costOf({ discountMinor, redeemed }: Counts): number | null {
  if (redeemed === 0) return null
  const many = BigInt(redeemed)
  return Number((2n * BigInt(discountMinor) + many) / (2n * many))
}

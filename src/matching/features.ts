/**
 * What is known of a person at one merchant, and of nothing else: what they bought by category (minor
 * units), how often they ordered, shared and redeemed. @patent 3 7
 */
export type PersonFeatures = {
  tastes: Readonly<Record<string, number>>
  ordersCount: number
  sharesCount: number
  redemptionsCount: number
}

/** How many somebody had and spent, by kind of voucher; under `shared` how many offers they shared and were taken. */
export type Tried = Readonly<Record<string, readonly [number, number]>>

/**
 * The type information of an offer or a voucher template: for whom it is, by category (`candles`: 0.8)
 * or by habit (`new`, `returning`, `sharer`, `redeemer`). Weights in [0, 1]. @patent 8
 */
export type Traits = Readonly<Record<string, number>>

/**
 * The person in the words of the traits, each in [0, 1]: a category's share of what they spent, and
 * habits that rise with how often (0 never, 0.5 once, 0.67 twice …). Missing means 0.
 */
export function describePerson(person: PersonFeatures): ReadonlyMap<string, number> {
  const spent = Object.values(person.tastes).reduce((sum, minor) => sum + minor, 0)
  const described = new Map<string, number>()
  for (const [category, minor] of Object.entries(person.tastes)) {
    if (spent > 0) described.set(category, minor / spent)
  }
  // habits come last: a category of the same name does not stand for one
  described.set('new', person.ordersCount <= 1 ? 1 : 0)
  described.set('returning', howOften(person.ordersCount - 1))
  described.set('sharer', howOften(person.sharesCount))
  described.set('redeemer', howOften(person.redemptionsCount))
  return described
}

function howOften(count: number): number {
  return count <= 0 ? 0 : count / (count + 1)
}

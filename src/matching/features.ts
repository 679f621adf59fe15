/** How many vouchers of each kind somebody had and spent; under `shared` how many offers they shared and how many of these somebody took. */
export type Tried = Readonly<Record<string, readonly [number, number]>>

/** What one merchant knows of a person, and nothing else about them is used. Amounts are minor units. @patent 3 7 */
export type PersonFacts = {
  tastes: Readonly<Record<string, number>>
  ordersCount: number
  spentMinor: number
  sharesCount: number
  redemptionsCount: number
  /** When the newest orders were placed, at most 16. */
  latestOrders: readonly Date[]
  tried: Tried
  language: string | null
}

/** When and where somebody is matched: the shop's hour (0 to 23) and weekday (1 is Monday). */
export type Moment = {
  at: Date
  hour: number
  weekday: number
  isOwnShare: boolean
  isInChat: boolean
  /** What the order came to, where there is one. */
  orderMinor?: number
}

/**
 * The type information of an offer or a voucher template: for whom it is, by category (`candles`: 0.8)
 * or by habit (`new`, `returning`, `sharer`, `redeemer`). Weights in [0, 1]. @patent 8
 */
export type Traits = Readonly<Record<string, number>>

/** What is known of something to choose: an offer or a voucher template. @patent 8 */
export type KindFacts = {
  traits: Traits
  kind: 'percent_off' | 'amount_off' | 'gift_balance' | 'free_item' | 'drawn'
  valueMinor: number
  minSpendMinor: number
  percentBp?: number
  validDays: number
}

/**
 * One number that the model is given. `text` names the sentence it is explained with; what `of` answers
 * lies in `range` by a scaling that never changes, so that a log replays bit for bit.
 */
export type Feature<Facts extends unknown[]> = {
  name: string
  text: string
  unit: string
  range: readonly [number, number]
  missing: string
  of(...facts: Facts): number
}

/** What the arms at hand are usually worth, in minor units: baskets are told as multiples of it. */
export type Scale = { usualMinor: number }
type AboutPerson = [person: PersonFacts, moment: Moment, scale: Scale]
type AboutFit = [kind: KindFacts, person: PersonFacts, moment: Moment]

const DAY_MS = 24 * 3600_000
const flag = { unit: 'yes or no', range: [0, 1], missing: 'no' } as const

export const PERSON_FEATURES: readonly Feature<AboutPerson>[] = [
  { ...flag, name: 'always', text: 'always', of: () => 1 },
  {
    name: 'orders',
    text: 'orders',
    unit: 'orders in the last 90 days, by doublings; 15 and more are 1',
    range: [0, 1],
    missing: 'none',
    of: ({ latestOrders }, { at }) =>
      Math.log2(1 + latestOrders.filter((placed) => daysBetween(placed, at) <= 90).length) / 4,
  },
  {
    name: 'sinceOrder',
    text: 'sinceOrder',
    unit: 'days since the last order, by doublings; 255 and more are 1',
    range: [0, 1],
    missing: '0, and noOrder says so',
    of: ({ latestOrders: [last] }, { at }) => (last ? Math.log2(1 + daysBetween(last, at)) / 8 : 0),
  },
  {
    ...flag,
    name: 'noOrder',
    text: 'noOrder',
    of: ({ latestOrders }) => Number(latestOrders.length === 0),
  },
  {
    name: 'basket',
    text: 'basket',
    unit: 'mean order against what is usually given, by doublings; 64 times is 1',
    range: [-1, 1],
    missing: '0',
    of: (person, _, { usualMinor }) => doublings(meanBasket(person), usualMinor) / 6,
  },
  {
    name: 'oneSided',
    text: 'oneSided',
    unit: 'share of the money spent that went to the favourite category',
    range: [0, 1],
    missing: '0',
    of: ({ tastes }) => {
      const spent = Object.values(tastes)
      return ratio(Math.max(0, ...spent), sumOf(spent))
    },
  },
  {
    name: 'shares',
    text: 'shares',
    unit: 'offers shared: 1 is a half, 3 three quarters',
    range: [0, 1],
    missing: '0',
    of: ({ sharesCount }) => howOften(sharesCount),
  },
  {
    name: 'shareRate',
    text: 'shareRate',
    unit: 'how often somebody took what they shared: -1 never, 1 always',
    range: [-1, 1],
    missing: '0',
    of: ({ tried }) => leaning(tried['shared']),
  },
  {
    name: 'kept',
    text: 'kept',
    unit: 'how often they spent their vouchers: -1 never, 1 always',
    range: [-1, 1],
    missing: '0',
    of: ({ tried }) => leaning(vouchersTried(tried)),
  },
  {
    name: 'tried',
    text: 'tried',
    unit: 'vouchers of which it is known whether they were spent: 1 is a half',
    range: [0, 1],
    missing: '0',
    of: ({ tried }) => howOften(vouchersTried(tried)[0]),
  },
  { ...flag, name: 'ownShare', text: 'ownShare', of: (_, moment) => Number(moment.isOwnShare) },
  {
    name: 'hourSin',
    text: 'hour',
    unit: 'hour of the day by the clock of the shop, as a sine',
    range: [-1, 1],
    missing: 'never',
    of: (_, { hour }) => Math.sin((Math.PI * hour) / 12),
  },
  {
    name: 'hourCos',
    text: 'hour',
    unit: 'the same, as a cosine',
    range: [-1, 1],
    missing: 'never',
    of: (_, { hour }) => Math.cos((Math.PI * hour) / 12),
  },
  { ...flag, name: 'weekend', text: 'weekend', of: (_, { weekday }) => Number(weekday > 5) },
  {
    ...flag,
    name: 'chinese',
    text: 'chinese',
    of: ({ language }) => Number(language?.startsWith('zh') ?? false),
  },
  { ...flag, name: 'inChat', text: 'inChat', of: (_, moment) => Number(moment.isInChat) },
  {
    name: 'thisBasket',
    text: 'thisBasket',
    unit: 'this order against what is usually given, by doublings; 64 times is 1',
    range: [-1, 1],
    missing: '0',
    of: (_, { orderMinor }, { usualMinor }) => doublings(orderMinor, usualMinor) / 6,
  },
]

/** Of a kind by its terms alone. */
export const TERM_FEATURES: readonly Feature<[kind: KindFacts]>[] = [
  {
    name: 'depth',
    text: 'depth',
    unit: 'what it takes off, as a share of the least that must be spent; a half where nothing must be',
    range: [0, 1],
    missing: 'never',
    of: ({ percentBp, valueMinor, minSpendMinor }) =>
      percentBp ? percentBp / 10_000 : minSpendMinor > 0 ? ratio(valueMinor, minSpendMinor) : 0.5,
  },
  {
    name: 'minSpend',
    text: 'minSpend',
    unit: 'how many times its worth must be spent, by doublings; 31 times is 1',
    range: [0, 1],
    missing: '0: nothing must be spent',
    of: ({ valueMinor, minSpendMinor }) => Math.log2(1 + ratio(minSpendMinor, valueMinor)) / 5,
  },
  {
    name: 'validity',
    text: 'validity',
    unit: 'days for which it is valid, by doublings; 511 and more are 1',
    range: [0, 1],
    missing: 'never',
    of: ({ validDays }) => Math.log2(1 + validDays) / 9,
  },
  { ...flag, name: 'percent', text: 'percent', of: ({ kind }) => Number(kind === 'percent_off') },
  { ...flag, name: 'balance', text: 'balance', of: ({ kind }) => Number(kind === 'gift_balance') },
  { ...flag, name: 'item', text: 'item', of: ({ kind }) => Number(kind === 'free_item') },
  { ...flag, name: 'drawn', text: 'drawn', of: ({ kind }) => Number(kind === 'drawn') },
]

/** Of a kind and a person together. */
export const FIT_FEATURES: readonly Feature<AboutFit>[] = [
  {
    name: 'fit',
    text: 'fit',
    unit: 'how much of what the merchant says it is for is true of the person',
    range: [0, 1],
    missing: '0',
    of: ({ traits }, person) => fitOf(traits, person),
  },
  {
    name: 'keptKind',
    text: 'keptKind',
    unit: 'how often they spent vouchers of this kind: -1 never, 1 always',
    range: [-1, 1],
    missing: '0',
    of: ({ kind }, { tried }) => leaning(tried[kind]),
  },
  {
    name: 'minSpendFit',
    text: 'minSpendFit',
    unit: 'this order, or their mean order, against the least that must be spent; 16 times is 1',
    range: [-1, 1],
    missing: '0',
    of: ({ minSpendMinor }, person, { orderMinor }) =>
      doublings(orderMinor ?? meanBasket(person), minSpendMinor) / 4,
  },
]

/** What is told of something to choose: of its terms, then of how it fits a person. */
export const KIND_FEATURES = [...TERM_FEATURES, ...FIT_FEATURES]

/** The sum, over the traits, of how true each is of the person times its weight. */
function fitOf(traits: Traits, person: PersonFacts): number {
  const spent = sumOf(Object.values(person.tastes))
  return sumOf(
    Object.entries(traits).map(([trait, weight]) => {
      const habit = HABITS[trait]
      return weight * (habit ? habit(person) : ratio(person.tastes[trait] ?? 0, spent))
    }),
  )
}

/** Traits that are no categories. */
const HABITS: Readonly<Record<string, (person: PersonFacts) => number>> = {
  new: ({ ordersCount }) => Number(ordersCount <= 1),
  returning: ({ ordersCount }) => howOften(ordersCount - 1),
  sharer: ({ sharesCount }) => howOften(sharesCount),
  redeemer: ({ redemptionsCount }) => howOften(redemptionsCount),
}

function meanBasket({ spentMinor, ordersCount }: PersonFacts): number | undefined {
  return ordersCount > 0 ? spentMinor / ordersCount : undefined
}

function vouchersTried({ shared: _, ...kinds }: Tried): readonly [number, number] {
  let had = 0
  let spent = 0
  for (const kind in kinds) {
    const [more = 0, moreSpent = 0] = kinds[kind] ?? []
    had += more
    spent += moreSpent
  }
  return [had, spent]
}

/** A share that is drawn to the middle while little is known: from -1 (never) to 1 (always). */
function leaning([had, yes]: readonly [number, number] = [0, 0]): number {
  return (2 * (yes + 0.5)) / (had + 1) - 1
}

function howOften(count: number): number {
  return count <= 0 ? 0 : count / (count + 1)
}

function daysBetween(from: Date, to: Date): number {
  return Math.max(0, Math.floor((to.getTime() - from.getTime()) / DAY_MS))
}

/** How many times an amount must be doubled to be another; 0 where either is not there. */
function doublings(amount: number | undefined, of: number): number {
  return amount !== undefined && amount > 0 && of > 0 ? Math.log2(amount / of) : 0
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

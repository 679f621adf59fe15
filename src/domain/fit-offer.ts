import { type Condition, isWithin, plain, type Range, type Rule } from './rule.ts'

/** What a rule is held against: an order, the moment at which it is opened, who opens it. */
export type OrderFacts = {
  currency: string
  /** What was paid and not cancelled, in minor units. */
  amountMinor: number
  /** Article numbers and categories of its lines. */
  items: readonly string[]
  categories: readonly string[]
  storeId: string
  /** Left out where its source says nothing. */
  country?: string | undefined
  /** By the clock of its store: 1 is Monday; minutes of the day. */
  weekday: number
  minute: number
  /** Left out of somebody of whom it is not known. */
  language?: string | undefined
  /** Their other orders at this merchant, and how often they have shared there. */
  otherOrders: number
  shares: number
}

/** What was there where a condition asked. */
export type Found = string | number | readonly string[] | null

/**
 * A rule that was held against an order, part by part. `isDecisive` marks the conditions, and what
 * stands around them, on which the outcome rests: when a rule fails, the parts that failed it.
 */
export type Judged = { fits: boolean; isDecisive: boolean } & (
  | { by: 'all' | 'any' | 'not'; parts: Judged[] }
  | { by: 'condition'; condition: Condition; found: Found }
)

/** Why an order is not even held against a rule. */
export type Unfit = 'nothing_paid' | 'other_currency'

/**
 * Whether an offer matches an order; only then it is shown. An offer without a rule matches every
 * order that was paid in its currency.
 *
 * @patent 2 3
 */
export function fitsOrder(rule: Rule | null, currency: string, facts: OrderFacts): boolean {
  return unfitOf(currency, facts) === undefined && (rule === null || judge(rule, facts).fits)
}

/** An order that came to nothing (free, or wholly cancelled) matches none; amounts of another currency are not compared. */
export function unfitOf(currency: string, facts: OrderFacts): Unfit | undefined {
  if (facts.amountMinor <= 0) return 'nothing_paid'
  return facts.currency === currency ? undefined : 'other_currency'
}

/** Holds a rule against an order and keeps what each part said. @patent 3 */
export function judge(rule: Rule, facts: OrderFacts): Judged {
  return markDecisive(judgePart(rule, facts), true)
}

/** The conditions on which the outcome rests, in their order. */
export function decisiveIn(judged: Judged): Extract<Judged, { by: 'condition' }>[] {
  if (!judged.isDecisive) return []
  return judged.by === 'condition' ? [judged] : judged.parts.flatMap(decisiveIn)
}

function judgePart(rule: Rule, facts: OrderFacts): Judged {
  if ('all' in rule) {
    const parts = rule.all.map((part) => judgePart(part, facts))
    return { by: 'all', fits: parts.every(({ fits }) => fits), isDecisive: false, parts }
  }
  if ('any' in rule) {
    const parts = rule.any.map((part) => judgePart(part, facts))
    return { by: 'any', fits: parts.some(({ fits }) => fits), isDecisive: false, parts }
  }
  if ('not' in rule) {
    const part = judgePart(rule.not, facts)
    return { by: 'not', fits: !part.fits, isDecisive: false, parts: [part] }
  }
  return { by: 'condition', isDecisive: false, condition: rule, ...hold(rule, facts) }
}

/** A part decides when it came out as the whole it stands in; the part of a `not` decides either way. */
function markDecisive(judged: Judged, isDecisive: boolean): Judged {
  if (judged.by === 'condition') return { ...judged, isDecisive }
  const { by, fits } = judged
  const parts = judged.parts.map((part) =>
    markDecisive(part, isDecisive && (by === 'not' || part.fits === fits)),
  )
  return { ...judged, isDecisive, parts }
}

/** Whether one condition holds, and what was found. */
function hold(condition: Condition, facts: OrderFacts): { fits: boolean; found: Found } {
  if ('amountMinor' in condition) return within(condition.amountMinor, facts.amountMinor)
  if ('items' in condition) return among(condition.items, facts.items)
  if ('categories' in condition) return among(condition.categories, facts.categories)
  if ('storeIds' in condition) return oneOf(condition.storeIds, facts.storeId)
  if ('weekdays' in condition) {
    return { fits: condition.weekdays.includes(facts.weekday), found: facts.weekday }
  }
  if ('hours' in condition) {
    return { fits: isWithin(condition.hours, facts.minute), found: facts.minute }
  }
  if ('customer' in condition) {
    const customer = facts.otherOrders > 0 ? 'returning' : 'new'
    return { fits: condition.customer === customer, found: customer }
  }
  if ('languages' in condition) return oneOf(condition.languages, facts.language)
  if ('countries' in condition) return oneOf(condition.countries, facts.country)
  return within(condition.shares, facts.shares)
}

function within({ from = 0, to = Number.MAX_SAFE_INTEGER }: Range, found: number) {
  return { fits: found >= from && found <= to, found }
}

function among(asked: readonly string[], found: readonly string[]) {
  const there = new Set(found.map(plain))
  return { fits: asked.some((one) => there.has(plain(one))), found }
}

function oneOf(asked: readonly string[], found: string | undefined) {
  const there = found === undefined ? undefined : plain(found)
  return { fits: asked.some((one) => plain(one) === there), found: found ?? null }
}

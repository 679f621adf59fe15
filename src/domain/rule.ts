/** From one number to another, both included; an end that is left out is open. */
export type Range = { from?: number; to?: number }

/** Minutes of a day from its start; a window whose end is before its beginning goes on after midnight. */
export type Hours = { fromMinute: number; toMinute: number }

/** What one part of a rule asks of an order, of the moment at which it is opened, or of who opens it. */
type Conditions = {
  /** What was paid and not cancelled, in minor units of the order's currency. */
  amountMinor: Range
  /** At least one line is of one of these article numbers. */
  items: readonly string[]
  /** At least one line is of one of these. */
  categories: readonly string[]
  /** Our ids of stores. */
  storeIds: readonly string[]
  /** 1 is Monday, 7 Sunday, by the clock of the order's store. */
  weekdays: readonly number[]
  /** By the clock of the order's store. */
  hours: Hours
  /** New is who opens their first order at this merchant. */
  customer: 'new' | 'returning'
  languages: readonly string[]
  /** Of the order, as its source writes them. */
  countries: readonly string[]
  /** How often somebody has shared at this merchant. */
  shares: Range
}

export type ConditionKind = keyof Conditions

/** One condition: an object with the one field that names it. */
export type Condition = {
  [Kind in ConditionKind]: { [Name in Kind]: Conditions[Kind] }
}[ConditionKind]

/** Which orders an offer is for, as data: all of its parts hold, any of them, or one does not. @patent 2 3 */
export type Rule = { all: readonly Rule[] } | { any: readonly Rule[] } | { not: Rule } | Condition

export const RULE_LIMITS = { depth: 8, parts: 100, list: 200, text: 600 } as const

/** All of several rules at once; one is itself, none is no rule. */
export function allOf(...rules: (Rule | undefined)[]): Rule | undefined {
  const given = rules.filter((rule) => rule !== undefined)
  return given.length < 2 ? given[0] : { all: given }
}

/** Whether a minute of the day lies in a window. */
export function isWithin({ fromMinute, toMinute }: Hours, minute: number): boolean {
  if (fromMinute < toMinute) return minute >= fromMinute && minute < toMinute
  return minute >= fromMinute || minute < toMinute
}

/** Texts are compared without capitals and edges. */
export function plain(text: string): string {
  return text.trim().toLowerCase()
}

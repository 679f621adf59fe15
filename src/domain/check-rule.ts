import { type ConditionKind, isWithin, plain, type Range, RULE_LIMITS, type Rule } from './rule.ts'

/** What is wrong with a rule, and where: `all[1].not.amountMinor`, empty for the rule itself. */
export type RuleFault = { path: string } & (
  | { why: 'not_a_rule' }
  | { why: 'unknown_condition'; name: string }
  | { why: 'empty_list' | 'too_deep' | 'too_many_parts' }
  | { why: 'bad_value'; wanted: string }
  /** Two parts of an `all` of which only one can hold. */
  | { why: 'contradiction'; parts: [Rule, Rule] }
)

/**
 * Takes a value for a rule, or says what is wrong with it and where: an unknown condition, an empty
 * list, a range that holds nothing, two parts that cannot hold together. Nothing is put right silently.
 */
export function checkRule(value: unknown): { rule: Rule } | { fault: RuleFault } {
  const fault = faultIn(value, '', { left: RULE_LIMITS.parts }, 1)
  return fault ? { fault } : { rule: value as Rule }
}

/** The sentence that the API answers. */
export function sayRuleFault(fault: RuleFault, field = 'rule'): string {
  const place = fault.path === '' ? field : `${field}.${fault.path}`
  switch (fault.why) {
    case 'not_a_rule':
      return `${place} must be an object with one field: all, any, not or a condition (${Object.keys(CHECKS).join(', ')})`
    case 'unknown_condition':
      return `${place} has the unknown condition "${fault.name.slice(0, 40)}"; there are all, any, not, ${Object.keys(CHECKS).join(', ')}`
    case 'empty_list':
      return `${place} must not be empty`
    case 'too_deep':
      return `${place} is nested more than ${RULE_LIMITS.depth} deep`
    case 'too_many_parts':
      return `${field} has more than ${RULE_LIMITS.parts} parts`
    case 'bad_value':
      return `${place} must be ${fault.wanted}`
    case 'contradiction':
      return `${place} can never hold: ${fault.parts.map((part) => JSON.stringify(part)).join(' and ')} exclude each other`
  }
}

type Room = { left: number }

function faultIn(value: unknown, path: string, room: Room, depth: number): RuleFault | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { path, why: 'not_a_rule' }
  }
  const [name, ...others] = Object.keys(value)
  if (name === undefined || others.length > 0) return { path, why: 'not_a_rule' }
  if (depth > RULE_LIMITS.depth) return { path, why: 'too_deep' }
  room.left -= 1
  if (room.left < 0) return { path, why: 'too_many_parts' }
  const asked = (value as Record<string, unknown>)[name]
  const place = path === '' ? name : `${path}.${name}`
  if (name === 'all' || name === 'any') return faultInList(name, asked, place, room, depth)
  if (name === 'not') return faultIn(asked, place, room, depth + 1)
  return isKind(name)
    ? faultInCondition(name, asked, place)
    : { path, why: 'unknown_condition', name }
}

function faultInList(
  name: 'all' | 'any',
  parts: unknown,
  path: string,
  room: Room,
  depth: number,
): RuleFault | undefined {
  if (!Array.isArray(parts)) return { path, why: 'bad_value', wanted: 'a list of rules' }
  if (parts.length === 0) return { path, why: 'empty_list' }
  for (const [i, part] of parts.entries()) {
    const fault = faultIn(part, `${path}[${i}]`, room, depth + 1)
    if (fault) return fault
  }
  return name === 'all' ? contradictionIn(parts as Rule[], path) : undefined
}

function faultInCondition(
  kind: ConditionKind,
  asked: unknown,
  path: string,
): RuleFault | undefined {
  if (Array.isArray(asked) && asked.length === 0) return { path, why: 'empty_list' }
  const { wanted, isGood } = CHECKS[kind]
  return isGood(asked) ? undefined : { path, why: 'bad_value', wanted }
}

function isKind(name: string): name is ConditionKind {
  return Object.hasOwn(CHECKS, name)
}

type Check = { wanted: string; isGood: (asked: unknown) => boolean }

const RANGE = 'with from and to, the one not above the other'

const CHECKS: Record<ConditionKind, Check> = {
  amountMinor: { wanted: `minor units ${RANGE}`, isGood: isRange },
  items: texts('article numbers', 128),
  categories: texts('categories', 60),
  storeIds: texts('ids of stores', 40),
  weekdays: {
    wanted: 'a list of weekdays from 1, Monday, to 7, Sunday',
    isGood: (asked) => isList(asked, (day) => isWhole(day, 1, 7), 7),
  },
  hours: {
    wanted: 'fromMinute from 0 to 1439 and toMinute from 1 to 1440, not the same',
    isGood: isHours,
  },
  customer: {
    wanted: '"new" or "returning"',
    isGood: (asked) => isOneOf(asked, 'new', 'returning'),
  },
  languages: {
    wanted: 'a list of languages such as "en" and "zh"',
    isGood: (asked) => isList(asked, (one) => isOneOf(one, 'en', 'zh'), 2),
  },
  countries: texts('countries', 100),
  shares: { wanted: `how many ${RANGE}`, isGood: isRange },
}

function texts(what: string, longest: number): Check {
  return {
    wanted: `a list of at most ${RULE_LIMITS.list} ${what} of at most ${longest} characters, each once`,
    isGood: (asked) => isList(asked, (one) => isText(one, longest), RULE_LIMITS.list),
  }
}

function isList(asked: unknown, isGood: (one: unknown) => boolean, most: number): boolean {
  if (!Array.isArray(asked) || asked.length > most || !asked.every(isGood)) return false
  return new Set(asked.map((one) => plain(String(one)))).size === asked.length
}

function isText(value: unknown, longest: number): boolean {
  return (
    typeof value === 'string' &&
    value.length <= longest &&
    /\S/.test(value) &&
    !/[\p{Cc}\p{Cs}]/u.test(value)
  )
}

function isOneOf(value: unknown, ...words: string[]): boolean {
  return typeof value === 'string' && words.includes(value)
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
}

function isRange(value: unknown): boolean {
  const given = fieldsOf(value, 'from', 'to')
  if (!given || (given['from'] === undefined && given['to'] === undefined)) return false
  const { from = 0, to = Number.MAX_SAFE_INTEGER } = given
  return (
    isWhole(from, 0, Number.MAX_SAFE_INTEGER) &&
    isWhole(to, from as number, Number.MAX_SAFE_INTEGER)
  )
}

function isHours(value: unknown): boolean {
  const given = fieldsOf(value, 'fromMinute', 'toMinute')
  if (!given) return false
  const { fromMinute, toMinute } = given
  return isWhole(fromMinute, 0, 1439) && isWhole(toMinute, 1, 1440) && fromMinute !== toMinute
}

/** The fields of an object that has no others. */
function fieldsOf(value: unknown, ...names: string[]): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.keys(value).every((name) => names.includes(name))
    ? (value as Record<string, unknown>)
    : undefined
}

/** Two parts that must both hold and cannot. */
function contradictionIn(parts: readonly Rule[], path: string): RuleFault | undefined {
  const all = parts.flatMap(flatten)
  for (const [i, one] of all.entries()) {
    for (const other of all.slice(i + 1)) {
      if (excludeEachOther(one, other)) return { path, why: 'contradiction', parts: [one, other] }
    }
  }
  return undefined
}

function flatten(rule: Rule): Rule[] {
  return 'all' in rule ? rule.all.flatMap(flatten) : [rule]
}

function excludeEachOther(one: Rule, other: Rule): boolean {
  if ('not' in one || 'not' in other) return isOpposite(one, other) || isOpposite(other, one)
  if ('amountMinor' in one && 'amountMinor' in other)
    return !meet(one.amountMinor, other.amountMinor)
  if ('shares' in one && 'shares' in other) return !meet(one.shares, other.shares)
  if ('customer' in one && 'customer' in other) return one.customer !== other.customer
  if ('hours' in one && 'hours' in other) {
    return (
      !isWithin(one.hours, other.hours.fromMinute) && !isWithin(other.hours, one.hours.fromMinute)
    )
  }
  return SINGLE.some((kind) => {
    const [these, those] = [listOf(one, kind), listOf(other, kind)]
    return these !== undefined && those !== undefined && these.isDisjointFrom(those)
  })
}

function isOpposite(one: Rule, other: Rule): boolean {
  return 'not' in one && JSON.stringify(one.not) === JSON.stringify(other)
}

function meet(one: Range, other: Range): boolean {
  const from = Math.max(one.from ?? 0, other.from ?? 0)
  return from <= Math.min(one.to ?? Number.MAX_SAFE_INTEGER, other.to ?? Number.MAX_SAFE_INTEGER)
}

/** Of these an order, or whoever opens it, has one only. */
const SINGLE = ['storeIds', 'weekdays', 'languages', 'countries'] as const

function listOf(rule: Rule, kind: (typeof SINGLE)[number]): Set<string> | undefined {
  const asked = (rule as Partial<Record<typeof kind, readonly (string | number)[]>>)[kind]
  return asked && new Set(asked.map((one) => plain(String(one))))
}

import { decimalAmount } from './money.ts'
import type { Condition, Range, Rule } from './rule.ts'

/** What the words of a rule are written with: its currency, and the merchant's own ids of stores by ours. */
export type WritingTerms = { currency: string; storeNames: ReadonlyMap<string, string> }

/** A rule in the words that `readRule` reads: `spend>=20 and not returning`. */
export function writeRule(rule: Rule, terms: WritingTerms): string {
  if ('all' in rule) return rule.all.map((part) => bracketed(part, terms, 'all')).join(' and ')
  if ('any' in rule) return rule.any.map((part) => bracketed(part, terms, 'any')).join(' or ')
  if ('not' in rule) return `not ${bracketed(rule.not, terms, 'not')}`
  return writeCondition(rule, terms)
}

function bracketed(rule: Rule, terms: WritingTerms, around: 'all' | 'any' | 'not'): string {
  const words = writeRule(rule, terms)
  if ('all' in rule) return `(${words})`
  return 'any' in rule && (around !== 'any' || rule.any.length > 1) ? `(${words})` : words
}

function writeCondition(condition: Condition, terms: WritingTerms): string {
  if ('amountMinor' in condition) {
    return writeRange('spend', condition.amountMinor, (minor) =>
      decimalAmount(minor, terms.currency),
    )
  }
  if ('shares' in condition) return writeRange('shares', condition.shares, String)
  if ('items' in condition) return `item=${list(condition.items)}`
  if ('categories' in condition) return `category=${list(condition.categories)}`
  if ('storeIds' in condition) {
    return `store=${list(condition.storeIds.map((id) => terms.storeNames.get(id) ?? id))}`
  }
  if ('weekdays' in condition) {
    return `day=${condition.weekdays.map((day) => SHORT_DAYS[day - 1]).join(',')}`
  }
  if ('hours' in condition) {
    const { fromMinute, toMinute } = condition.hours
    return `hour=${clock(fromMinute)}-${clock(toMinute)}`
  }
  if ('customer' in condition) return condition.customer
  if ('languages' in condition) return `language=${list(condition.languages)}`
  return `country=${list(condition.countries)}`
}

const SHORT_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

function writeRange(name: string, { from, to }: Range, write: (number: number) => string): string {
  if (to === undefined) return `${name}>=${write(from ?? 0)}`
  if (from === undefined) return `${name}<=${write(to)}`
  return from === to ? `${name}=${write(from)}` : `${name}=${write(from)}..${write(to)}`
}

function list(words: readonly string[]): string {
  return words.map((word) => (/^[\p{L}\p{N}_.-]+$/u.test(word) ? word : quote(word))).join(',')
}

/** In marks that the word does not have. */
function quote(word: string): string {
  const marks = ["''", '‘’', '""'].find((pair) => !word.includes(pair.charAt(1))) ?? '“”'
  return `${marks.charAt(0)}${word}${marks.charAt(1)}`
}

/** `09:30`; the end of the day is `24:00`. */
export function clock(minute: number): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

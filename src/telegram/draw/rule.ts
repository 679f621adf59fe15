import type { Found, Judged } from '../../domain/fit-offer.ts'
import type { Condition, ConditionKind, Range } from '../../domain/rule.ts'
import { clock } from '../../domain/write-rule.ts'
import type { Texts } from '../texts.ts'
import { weekdayWords } from './hours.ts'
import { cut } from './parts.ts'

/** What the conditions of a rule are worded with. */
export type RuleWords = { currency: string; storeNames: ReadonlyMap<string, string> }

/** A rule that was held against an order, a line for each part; ❌ stands where it failed. HTML. */
export function drawJudged(t: Texts, judged: Judged, words: RuleWords): string[] {
  return linesAt(t, judged, words, 0)
}

function linesAt(t: Texts, judged: Judged, words: RuleWords, depth: number): string[] {
  const edge = `${INDENT.repeat(depth)}${signOf(judged)} `
  if (judged.by === 'condition')
    return [edge + t.html('rule-line', conditionWords(t, judged, words))]
  const [only, ...others] = judged.parts
  if (judged.by === 'not' && only?.by === 'condition' && others.length === 0) {
    return [edge + t.html('rule-line-not', conditionWords(t, only, words))]
  }
  return [
    edge + t.html(`rule-${judged.by}`),
    ...judged.parts.flatMap((part) => linesAt(t, part, words, depth + 1)),
  ]
}

/** Telegram drops blanks at the beginning of a line, but not these. */
const INDENT = '\u2003'

function signOf({ fits, isDecisive }: Judged): string {
  if (fits) return '✅'
  return isDecisive ? '❌' : '▫️'
}

function conditionWords(
  t: Texts,
  { condition, found }: Extract<Judged, { by: 'condition' }>,
  words: RuleWords,
): { asked: string; found: string } {
  return { asked: askedWords(t, condition, words), found: foundWords(t, condition, found, words) }
}

function askedWords(t: Texts, condition: Condition, { currency, storeNames }: RuleWords): string {
  if ('amountMinor' in condition) {
    const range = rangeWords(t, condition.amountMinor, (minor) => t.money(minor, currency))
    return t.plain('condition-amount', { range })
  }
  if ('shares' in condition) {
    return t.plain('condition-shares', { range: rangeWords(t, condition.shares, String) })
  }
  if ('hours' in condition) {
    const { fromMinute, toMinute } = condition.hours
    return t.plain('condition-hours', { begin: clock(fromMinute), end: clock(toMinute) })
  }
  if ('customer' in condition) return t.plain(`customer-${condition.customer}`)
  if ('weekdays' in condition) {
    return t.plain('condition-weekdays', { list: weekdays(t, condition.weekdays) })
  }
  if ('storeIds' in condition) {
    const names = condition.storeIds.map((id) => storeNames.get(id) ?? id)
    return t.plain('condition-stores', { list: listWords(t, names) })
  }
  if ('items' in condition)
    return t.plain('condition-items', { list: listWords(t, condition.items) })
  if ('categories' in condition) {
    return t.plain('condition-categories', { list: listWords(t, condition.categories) })
  }
  if ('languages' in condition) {
    const languages = condition.languages.map((language) => t.plain(`speaks-${language}`))
    return t.plain('condition-languages', { list: languages.join(t.plain('list-comma')) })
  }
  return t.plain('condition-countries', { list: listWords(t, condition.countries) })
}

function foundWords(
  t: Texts,
  condition: Condition,
  found: Found,
  { currency, storeNames }: RuleWords,
): string {
  const [kind] = Object.keys(condition) as [ConditionKind]
  if (found === null || found === '' || (Array.isArray(found) && found.length === 0)) {
    return t.plain('found-nothing')
  }
  if (typeof found === 'object') return listWords(t, found)
  if (typeof found === 'number') {
    if (kind === 'amountMinor') return t.money(found, currency)
    if (kind === 'weekdays') return weekdays(t, [found])
    return kind === 'hours' ? clock(found) : String(found)
  }
  if (kind === 'customer') return t.plain(`customer-${found}`)
  if (kind === 'storeIds') return storeNames.get(found) ?? found
  return kind === 'languages' && t.has(`speaks-${found}`) ? t.plain(`speaks-${found}`) : found
}

function rangeWords(t: Texts, { from, to }: Range, write: (number: number) => string): string {
  if (to === undefined) return t.plain('range-least', { least: write(from ?? 0) })
  if (from === undefined) return t.plain('range-most', { most: write(to) })
  if (from === to) return write(from)
  return t.plain('range-between', { least: write(from), most: write(to) })
}

/** 1 is Monday. */
function weekdays(t: Texts, days: readonly number[]): string {
  return weekdayWords(
    t,
    days.reduce((bits, day) => bits | (1 << (day - 1)), 0),
  )
}

const MOST_NAMED = 5

function listWords(t: Texts, words: readonly string[]): string {
  const named = words.slice(0, MOST_NAMED).map((word) => cut(word, 40))
  const list = named.join(t.plain('list-comma'))
  return words.length > MOST_NAMED ? `${list} …` : list
}

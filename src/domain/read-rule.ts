import { checkRule, type RuleFault } from './check-rule.ts'
import { parseMinor } from './money.ts'
import { type Condition, type Range, RULE_LIMITS, type Rule } from './rule.ts'
import { type Token, tokensOf } from './rule-tokens.ts'

/** What the words of a rule are read with: the currency of its amounts, and our ids of the stores by the merchant's own. */
export type RuleTerms = { currency: string; stores: ReadonlyMap<string, string> }

/** What cannot be read, and where it stands: a place in the text, counted from 0. */
export type RuleTextFault = { why: RuleTextProblem; at: number; found: string }

type RuleTextProblem =
  | 'expected_condition'
  | 'unknown_condition'
  | 'expected_comparison'
  | 'expected_value'
  | 'expected_end'
  | 'expected_bracket'
  | 'amount'
  | 'number'
  | 'range'
  | 'store'
  | 'day'
  | 'hour'
  | 'language'
  | 'only_equals'
  | 'unclosed'
  | 'too_long'

/**
 * Reads a rule as it is written in one line:
 * `spend>=20 and (category=coffee or store=S1) and not returning`.
 *
 * `or` joins what `and` has joined, `not` denies what follows it, brackets group. Conditions are
 * spend, item, category, store, day, hour, new, returning, language, country and shares; several values
 * stand behind commas, what has blanks in 'quotation marks'. Wide signs count as narrow ones.
 */
export function readRule(
  text: string,
  terms: RuleTerms,
): { rule: Rule } | { fault: RuleTextFault } | { unsound: RuleFault } {
  if (text.length > RULE_LIMITS.text) {
    return { fault: { why: 'too_long', at: RULE_LIMITS.text, found: '' } }
  }
  try {
    const reader = new Reader(tokensOf(text), terms)
    const rule = reader.any()
    reader.end()
    const checked = checkRule(rule)
    return 'fault' in checked ? { unsound: checked.fault } : checked
  } catch (error) {
    if (error instanceof Unreadable) return { fault: error.fault }
    throw error
  }
}

class Unreadable extends Error {
  readonly fault: RuleTextFault

  constructor(why: RuleTextProblem, { at, text }: Token) {
    super(why)
    this.fault = { why, at, found: text }
  }
}

type Comparison = '=' | '!=' | '>=' | '<=' | '>' | '<'

class Reader {
  readonly tokens: readonly Token[]
  readonly terms: RuleTerms
  place = 0

  constructor(tokens: readonly Token[], terms: RuleTerms) {
    this.tokens = tokens
    this.terms = terms
  }

  any(): Rule {
    const parts = this.joined('or', () => this.all())
    const [only] = parts
    return only && parts.length === 1 ? only : { any: parts }
  }

  end(): void {
    if (this.peek().kind !== 'end') throw new Unreadable('expected_end', this.peek())
  }

  private all(): Rule {
    const parts = this.joined('and', () => this.part())
    const [only] = parts
    return only && parts.length === 1 ? only : { all: parts }
  }

  private joined(word: 'and' | 'or', read: () => Rule): Rule[] {
    const parts = [read()]
    while (this.isWord(word)) {
      this.take()
      parts.push(read())
    }
    return parts
  }

  private part(): Rule {
    if (this.isWord('not')) {
      this.take()
      return { not: this.part() }
    }
    if (this.peek().kind !== '(') return this.condition()
    this.take()
    const rule = this.any()
    if (this.peek().kind !== ')') throw new Unreadable('expected_bracket', this.peek())
    this.take()
    return rule
  }

  private condition(): Rule {
    const name = this.peek()
    if (name.kind !== 'word') throw new Unreadable('expected_condition', name)
    const word = name.text.toLowerCase()
    this.take()
    if (word === 'new' || word === 'returning') return { customer: word }
    const read = CONDITIONS.get(word)
    if (!read) throw new Unreadable('unknown_condition', name)

    if (this.peek().kind !== 'comparison') throw new Unreadable('expected_comparison', this.peek())
    const comparison = this.take()
    const sign = comparison.text as Comparison
    const values = this.values()
    if (sign !== '=' && sign !== '!=' && !NUMBERS.has(word)) {
      throw new Unreadable('only_equals', comparison)
    }
    const rule = read(sign === '!=' ? '=' : sign, values, this.terms)
    return sign === '!=' ? { not: rule } : rule
  }

  private values(): Token[] {
    const values: Token[] = []
    do {
      if (values.length > 0) this.take()
      if (this.peek().kind !== 'word' && this.peek().kind !== 'quoted') {
        throw new Unreadable(
          this.peek().kind === 'unclosed' ? 'unclosed' : 'expected_value',
          this.peek(),
        )
      }
      values.push(this.take())
    } while (this.peek().kind === ',')
    return values
  }

  private isWord(word: string): boolean {
    return this.peek().kind === 'word' && this.peek().text.toLowerCase() === word
  }

  private peek(): Token {
    return this.tokens[this.place] ?? { kind: 'end', text: '', at: 0 }
  }

  private take(): Token {
    const token = this.peek()
    this.place += 1
    return token
  }
}

type ReadCondition = (sign: Comparison, values: readonly Token[], terms: RuleTerms) => Rule

/** Conditions that compare; all others only name what they want. */
const NUMBERS = new Set(['spend', 'shares'])

const CONDITIONS: ReadonlyMap<string, ReadCondition> = new Map<string, ReadCondition>([
  [
    'spend',
    (sign, values, { currency }) => readNumber(sign, values, 'amountMinor', amountIn(currency)),
  ],
  ['shares', (sign, values) => readNumber(sign, values, 'shares', readCount)],
  ['item', (_, values) => ({ items: textsOf(values) })],
  ['category', (_, values) => ({ categories: textsOf(values) })],
  ['store', (_, values, { stores }) => ({ storeIds: values.map((one) => readStore(one, stores)) })],
  [
    'day',
    (_, values) => ({ weekdays: [...new Set(values.flatMap(readDays))].toSorted((a, b) => a - b) }),
  ],
  ['hour', (_, values) => anyOf(values.map(readHours))],
  ['language', (_, values) => ({ languages: values.map(readLanguage) })],
  ['country', (_, values) => ({ countries: textsOf(values) })],
])

function textsOf(values: readonly Token[]): string[] {
  return values.map(({ text }) => text.trim())
}

function anyOf(rules: readonly Rule[]): Rule {
  const [only] = rules
  return only && rules.length === 1 ? only : { any: rules }
}

/** `>=20`, `<20`, `=20`, or from one to another: `=20..50`. */
function readNumber(
  sign: Comparison,
  [value, second]: readonly Token[],
  kind: 'amountMinor' | 'shares',
  read: (token: Token, text: string) => number,
): Rule {
  if (!value || second) throw new Unreadable('number', second ?? NOTHING)
  const [from = '', to, ...others] = value.text.split('..')
  const isRange = to !== undefined
  if (others.length > 0 || (isRange && sign !== '=')) throw new Unreadable('range', value)
  const range = rangeOf(sign, read(value, from), isRange ? read(value, to) : undefined)
  const { from: least = 0, to: most = Number.MAX_SAFE_INTEGER } = range
  if (least > most) throw new Unreadable('range', value)
  return { [kind]: range } as Condition
}

const NOTHING: Token = { kind: 'end', text: '', at: 0 }

function rangeOf(sign: Comparison, number: number, to = number): Range {
  if (sign === '>=') return { from: number }
  if (sign === '<=') return { to: number }
  if (sign === '>') return { from: number + 1 }
  return sign === '<' ? { to: number - 1 } : { from: number, to }
}

function amountIn(currency: string) {
  return (token: Token, text: string): number => {
    const minor = parseMinor(text, currency)
    if (typeof minor === 'string') throw new Unreadable('amount', token)
    return Number(minor)
  }
}

function readCount(token: Token, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Unreadable('number', token)
  return Number(text)
}

function readStore(token: Token, stores: ReadonlyMap<string, string>): string {
  const storeId = stores.get(token.text.trim())
  if (storeId === undefined) throw new Unreadable('store', token)
  return storeId
}

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

/** `sat`, or `mon-fri`; a range may go past Sunday. */
function readDays(token: Token): number[] {
  const [first = '', last = first, ...others] = token.text.toLowerCase().split('-')
  const [from, to] = [placeOfDay(first), placeOfDay(last)]
  if (from < 0 || to < 0 || others.length > 0) throw new Unreadable('day', token)
  const count = ((to - from + 7) % 7) + 1
  return Array.from({ length: count }, (_, i) => ((from + i) % 7) + 1)
}

function placeOfDay(text: string): number {
  return text.length < 3 ? -1 : DAYS.findIndex((day) => day.startsWith(text))
}

/** `9-17`, `09:30-17:00`, or past midnight `22-2`. */
function readHours(token: Token): Rule {
  const parts = /^(\d{1,2})(?::(\d\d))?-(\d{1,2})(?::(\d\d))?$/.exec(token.text)
  if (!parts) throw new Unreadable('hour', token)
  const [, fromHour, from = '0', toHour, to = '0'] = parts
  const fromMinute = Number(fromHour) * 60 + Number(from)
  // midnight as an end is the end of the day
  const toMinute = Number(toHour) * 60 + Number(to) || 1440
  const isClock = Number(from) < 60 && Number(to) < 60 && fromMinute < 1440 && toMinute <= 1440
  if (!isClock || fromMinute === toMinute) throw new Unreadable('hour', token)
  return { hours: { fromMinute, toMinute } }
}

function readLanguage(token: Token): string {
  const language = token.text.toLowerCase()
  if (language !== 'en' && language !== 'zh') throw new Unreadable('language', token)
  return language
}

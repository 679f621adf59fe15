import { decimalAmount, exponentOf, parseMinor } from '../domain/money.ts'
import type { Arguments } from './texts.ts'

/** A command was written wrongly: the id and the arguments of the text that says how. */
export class FormError extends Error {
  readonly fault: string
  readonly args: Arguments

  constructor(fault: string, args: Arguments = {}) {
    super(fault)
    this.name = 'FormError'
    this.fault = fault
    this.args = args
  }
}

/** What follows a command: words, and `name=value` fields whose value may stand in quotation marks. */
export type Form = { words: readonly string[]; named: ReadonlyMap<string, string> }

const PART = /\s*(?:(?<name>[a-z]{1,20})=)?(?:"(?<quoted>[^"]*)"|(?<bare>[^\s"]+))/iy

/**
 * Reads the form of a command in one line. Telephones write “curly” quotation marks, 「brackets」 and
 * wide equals signs; they are taken for what they stand for.
 */
export function readForm(text: string): Form {
  const plain = text
    .replace(/[“”„‟«»「」『』＂]/g, '"')
    .replaceAll('＝', '=')
    .trim()
  const words: string[] = []
  const named = new Map<string, string>()
  for (let at = 0; at < plain.length; ) {
    PART.lastIndex = at
    const part = PART.exec(plain)
    if (!part?.groups) throw new FormError('fault-unclosed')
    const { name, quoted, bare = '' } = part.groups
    const value = (quoted ?? bare).trim()
    if (name === undefined) words.push(value)
    else if (named.has(name.toLowerCase())) throw new FormError('fault-twice', { field: name })
    else named.set(name.toLowerCase(), value)
    at = PART.lastIndex
  }
  return { words, named }
}

/** Refuses fields that a form does not have: they are mistyped. */
export function allowFields(form: Form, ...fields: string[]): void {
  for (const name of form.named.keys()) {
    if (!fields.includes(name)) throw new FormError('fault-unknown', { field: name })
  }
}

/** Refuses words in a form of fields: their name was forgotten, or the quotation marks were. */
export function allowNoWords({ words: [word] }: Form): void {
  if (word !== undefined) throw new FormError('fault-word', { word })
}

export function textField(form: Form, field: string, most: number): string {
  const text = optionalText(form, field, most)
  if (text === undefined || text === '') throw new FormError('fault-missing', { field })
  return text
}

export function optionalText(form: Form, field: string, most: number): string | undefined {
  const text = form.named.get(field)
  if (text !== undefined && text.length > most) throw new FormError('fault-long', { field, most })
  return text
}

/** A whole number between two others, both included; `usual` when it is left out. */
export function wholeField(
  form: Form,
  field: string,
  range: [from: number, to: number],
  usual?: number,
): number {
  const text = form.named.get(field)
  if (text === undefined && usual !== undefined) return usual
  if (text === undefined) throw new FormError('fault-missing', { field })
  const [from, to] = range
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= from && value <= to))
    throw new FormError('fault-number', { field, from, to: String(to) })
  return value
}

/** More than nothing, in minor units. */
export function amountField(form: Form, field: string, currency: string): number {
  const amount = optionalAmount(form, field, currency)
  if (amount === undefined) throw new FormError('fault-missing', { field })
  return amount
}

export function optionalAmount(form: Form, field: string, currency: string): number | undefined {
  const text = form.named.get(field)
  return text === undefined ? undefined : readAmount(text, field, currency)
}

export function readAmount(text: string, field: string, currency: string): number {
  const minor = parseMinor(text, currency)
  if (typeof minor === 'string' || minor <= 0n) {
    throw new FormError('fault-amount', { field, currency, example: exampleAmount(currency) })
  }
  return Number(minor)
}

/** An amount as it is written in a currency, `leastMinor` or more: 5.00, 5.000 dinars, 500 yen. */
export function exampleAmount(currency: string, leastMinor = 0): string {
  const usual = Math.max(500, 5 * 10 ** (exponentOf(currency) ?? 0))
  return decimalAmount(Math.max(usual, leastMinor), currency)
}

/** A percentage such as 12.5, in basis points, between two others. */
export function optionalPercent(
  form: Form,
  field: string,
  [from, to]: readonly [from: number, to: number] = [1, 10_000],
): number | undefined {
  const text = form.named.get(field)
  if (text === undefined) return undefined
  const basisPoints = /^\d{1,3}(\.\d{1,2})?[%％]?$/.test(text)
    ? Math.round(Number.parseFloat(text) * 100)
    : -1
  if (basisPoints >= from && basisPoints <= to) return basisPoints
  throw new FormError('fault-percent', { field, from: String(from / 100), to: String(to / 100) })
}

/** How often the model may choose something. */
export function chosenFields(form: Form): { leastBp?: number; mostBp?: number } {
  const leastBp = optionalPercent(form, 'least', [0, 10_000])
  const mostBp = optionalPercent(form, 'most', [0, 10_000])
  return { ...(leastBp !== undefined && { leastBp }), ...(mostBp !== undefined && { mostBp }) }
}

/** An IANA time zone, in its usual spelling; `usual` when it is left out. */
export function zoneField(form: Form, field: string, usual = 'UTC'): string {
  const zone = form.named.get(field) ?? usual
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    throw new FormError('fault-zone', { field })
  }
}

export function isYes(form: Form, field: string): boolean {
  return /^(yes|y|true|1|是)$/i.test(form.named.get(field) ?? '')
}

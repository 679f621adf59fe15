import { parseMinor } from '../../domain/money.ts'
import type { ShopTexts } from '../texts/shop-texts.ts'

/** More vouchers than that no form takes. */
export const MOST_VOUCHERS = 100_000_000

/** What is wrong with a field: the name of the text that says it. */
export type Fault = keyof ShopTexts['fault']

/** A form as the server takes it, and what is wrong with it: sent only when nothing is. */
export type Read<Field extends string> = {
  body: Record<string, unknown>
  faults: Partial<Record<Field, Fault>>
}

/** What a form says, field by field, or what is wrong there. Nothing typed where nothing is needed is undefined. */
export class Reader<Field extends string> {
  readonly faults: Partial<Record<Field, Fault>> = {}

  blame(field: Field, fault: Fault): undefined {
    this.faults[field] ??= fault
    return undefined
  }

  text(field: Field, typed: string): string | undefined {
    return typed.trim() === '' ? this.blame(field, 'missing') : typed.trim()
  }

  /** More than nothing, in minor units. */
  amount(field: Field, typed: string, currency: string): number | undefined {
    if (typed.trim() === '') return this.blame(field, 'missing')
    return this.optionalAmount(field, typed, currency)
  }

  optionalAmount(field: Field, typed: string, currency: string): number | undefined {
    if (typed.trim() === '') return undefined
    const minor = readAmount(typed, currency)
    return typeof minor === 'number' ? minor : this.blame(field, minor)
  }

  whole(field: Field, typed: string, most: number): number | undefined {
    if (typed.trim() === '') return this.blame(field, 'missing')
    return this.optionalWhole(field, typed, most)
  }

  optionalWhole(field: Field, typed: string, most: number): number | undefined {
    const text = typed.trim()
    if (text === '') return undefined
    const value = /^\d{1,9}$/.test(text) ? Number(text) : 0
    return value >= 1 && value <= most ? value : this.blame(field, 'whole')
  }

  /** A percentage such as 12.5, in basis points. */
  percent(field: Field, typed: string): number | undefined {
    return typed.trim() === '' ? this.blame(field, 'missing') : this.optionalPercent(field, typed)
  }

  /** A percentage between two others, in basis points. */
  optionalPercent(
    field: Field,
    typed: string,
    [from, to]: readonly [from: number, to: number] = [1, 10_000],
    fault: Fault = 'percent',
  ): number | undefined {
    const text = typed.trim()
    if (text === '') return undefined
    const basisPoints = /^\d{1,3}(\.\d{1,2})?$/.test(text) ? Number(parseMinor(text, 'EUR')) : -1
    return basisPoints >= from && basisPoints <= to ? basisPoints : this.blame(field, fault)
  }
}

/** An amount as it is typed, in minor units. */
export function readAmount(typed: string, currency: string): number | Fault {
  const minor = parseMinor(typed.trim(), currency)
  if (minor === 'too_many_decimals') return 'decimals'
  if (typeof minor === 'string' || minor <= 0n) return 'amount'
  return Number(minor)
}

/** A time of day such as `11:30`, in minutes of the day. */
function readTime(typed: string): number | undefined {
  const parts = /^(\d\d):(\d\d)$/.exec(typed)
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : undefined
}

type TypedHours = { weekdays: number; from: string; to: string }

/** A window of weekdays and hours, by the names that the server has for it. */
export function readHours(
  reader: Reader<keyof TypedHours>,
  { weekdays, from, to }: TypedHours,
  name: 'open' | 'use',
): Record<string, number> {
  if (weekdays === 0) reader.blame('weekdays', 'weekdays')
  const begin = readTime(from) ?? 0
  const end = readTime(to) || 1440
  if (begin === end) reader.blame('to', 'sameTime')
  return { [`${name}Weekdays`]: weekdays, [`${name}FromMinute`]: begin, [`${name}ToMinute`]: end }
}

export function withoutUndefined(body: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
}

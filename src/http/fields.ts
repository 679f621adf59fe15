import Type, { type TProperties } from 'typebox'

import type { Rule } from '../domain/rule.ts'
import { AppError } from '../errors.ts'

/** An object that takes nothing but what it names. */
export function Body<T extends TProperties>(properties: T) {
  return Type.Object(properties, { additionalProperties: false })
}

/**
 * A text on one line with something to read in it: no control characters, and no halves of characters,
 * which a database cannot keep.
 */
export function Line(maxLength: number) {
  return Type.String({ minLength: 1, maxLength, pattern: '^(?=.*\\S)[^\\p{Cc}\\p{Cs}]*$' })
}

/** A text that may have several lines, or nothing in it. */
export function Text(maxLength: number) {
  return Type.String({ maxLength, pattern: '^(?:[^\\p{Cc}\\p{Cs}]|[\\t\\n\\r])*$' })
}

/** An id that a shop gives: a line without spaces at its edges. */
function ShopsId(maxLength: number) {
  return Type.String({
    minLength: 1,
    maxLength,
    pattern: '^(?!\\s)[^\\p{Cc}\\p{Cs}]*(?<!\\s)$',
    description: 'The merchant’s own id',
  })
}
export const SourceId = ShopsId(128)
export const StoreId = ShopsId(64)

export const Id = Type.String({ pattern: '^[a-z]{3}_[0-9a-z]{20}$' })
/** Which merchant is meant by somebody who works at several. */
export const Merchant = Type.Optional(Id)
/** The same in the address of a request without a body. */
export const ForMerchant = Body({ merchantId: Merchant })
/** What stands after `?start=`. */
export const Reference = Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' })
export const Token = Type.String({ minLength: 20, maxLength: 2000, pattern: '^[A-Za-z0-9_.-]+$' })
export const RequestId = Type.String({ minLength: 1, maxLength: 128, pattern: '^[\\x21-\\x7e]+$' })
export const Currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' })
export const AmountMinor = Type.Integer({
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'Minor units',
})

/** Which orders an offer is for. Its parts are looked at one by one, so that a fault can be named by its path. */
export const OfferRule = Type.Unsafe<Rule>({
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  description:
    'One of {"all": [rules]}, {"any": [rules]}, {"not": rule} or a condition: {"amountMinor": {"from", "to"}}, ' +
    '{"items": []}, {"categories": []}, {"storeIds": []}, {"weekdays": [1–7, Monday is 1]}, ' +
    '{"hours": {"fromMinute", "toMinute"}}, {"customer": "new" or "returning"}, {"languages": []}, ' +
    '{"countries": []}, {"shares": {"from", "to"}}. Left out: every order that was paid.',
  examples: [{ all: [{ amountMinor: { from: 2000 } }, { not: { customer: 'returning' } }] }],
})

/** An instant as it is sent; readInstant makes a Date of it. */
export const InstantText = Type.String({ format: 'date-time', maxLength: 40 })

const EARLIEST = new Date('1970-01-01T00:00:00Z')
const LATEST = new Date('9999-12-31T23:59:59.999Z')

/** The instant of a field. Leap seconds, which no clock here knows, and far-off years are refused. */
export function readInstant(field: string, text: string): Date {
  const at = new Date(text)
  // a Date that is none is neither before nor after anything
  if (at >= EARLIEST && at <= LATEST) return at
  throw new AppError(
    'ERR_REQUEST_INVALID',
    `body.${field} must be an instant between the years 1970 and 9999`,
  )
}

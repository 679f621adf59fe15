import { exponentOf, lineMinor } from '../domain/money.ts'
import type { ColumnMap, ColumnName } from './column-map.ts'
import type { Fault } from './csv-records.ts'
import type { Fields } from './csv-rows.ts'
import type { Incoming, OrderLine, SkipReason } from './source.ts'

export type Terms = { currency: string; zone: string; map: ColumnMap }

export type OrderRow = { line: number; fields: Fields }

/**
 * Makes an order or a cancellation of all the lines of one id, or says which line is at fault and
 * why: there is never half an order.
 *
 * It is dated by the earliest of its lines. In a cancellation the file's quantities are negative
 * and ours are positive. In an order only a discount may count below zero, and not the total.
 */
export function buildOrder(
  sourceId: string,
  rows: readonly OrderRow[],
  terms: Terms,
): Incoming | { fault: Fault } {
  try {
    return terms.map.isCancellation(sourceId)
      ? buildCancellation(sourceId, rows, terms)
      : buildSale(sourceId, rows, terms)
  } catch (error) {
    if (error instanceof LineFault) return { fault: error.fault }
    throw error
  }
}

function buildSale(sourceId: string, rows: readonly OrderRow[], terms: Terms): Incoming {
  const country = rows.map(({ fields }) => fields.get('country')).find(Boolean)
  const currency = currencyOf(rows, terms)
  const lines = rows.map((row) => buildLine(row, currency, terms, 'sale'))
  const totalMinor = totalOf(lines, rows)
  if (totalMinor < 0) {
    throw faultOf(rows[0], 'negative_total', 'Its discounts are more than what it cost.')
  }
  return {
    kind: 'order',
    sourceId,
    placedAt: earliestDate(rows, terms),
    currency,
    totalMinor,
    ...customerOf(rows),
    ...(country ? { country } : {}),
    lines,
  }
}

function buildCancellation(sourceId: string, rows: readonly OrderRow[], terms: Terms): Incoming {
  const currency = currencyOf(rows, terms)
  const lines = rows.map((row) => buildLine(row, currency, terms, 'cancellation'))
  return {
    kind: 'cancellation',
    sourceId,
    cancelledAt: earliestDate(rows, terms),
    amountMinor: totalOf(lines, rows),
    ...customerOf(rows),
    lines,
  }
}

function buildLine(
  row: OrderRow,
  currency: string,
  { map }: Terms,
  side: 'sale' | 'cancellation',
): OrderLine {
  const sku = row.fields.get('sku') || ''
  if (sku === '') throw faultOf(row, 'empty_sku', 'It has no article number.')
  const kind = map.kindOf(sku)
  const mayBeNegative = kind === 'discount' && side === 'sale'
  const counted = quantityOf(row) * (side === 'sale' ? 1 : -1)
  if (counted < 0 && !mayBeNegative) {
    const rule = side === 'sale' ? 'positive' : 'negative'
    throw faultOf(
      row,
      'bad_quantity',
      `In ${side === 'sale' ? 'an order' : 'a cancellation'} the quantity must be ${rule}.`,
    )
  }

  const money = moneyOf(row, counted, currency)
  if (money.amountMinor < 0 && !mayBeNegative) {
    throw faultOf(row, 'bad_price', 'Only the discount of an order may be below zero.')
  }
  const title = row.fields.get('title') || sku
  const category = kind === 'item' ? map.categoryOf(title) : undefined
  return {
    sku,
    title,
    quantity: Math.abs(counted),
    ...money,
    kind,
    ...(category ? { category } : {}),
  }
}

function quantityOf(row: OrderRow): number {
  const text = row.fields.get('quantity') ?? ''
  const quantity = /^-?\d{1,9}$/.test(text) ? Number(text) : 0
  if (quantity !== 0) return quantity
  throw faultOf(row, 'bad_quantity', `${quote(text)} is no whole number other than 0.`)
}

/** The line's amount; where it counts below zero, the unit price is turned so that the quantity need not be. */
function moneyOf(
  row: OrderRow,
  counted: number,
  currency: string,
): { unitMinor: number; amountMinor: number } {
  const price = row.fields.get('unitPrice') ?? ''
  const money = lineMinor(counted, price, currency)
  if (money === 'out_of_range') {
    throw faultOf(row, 'out_of_range', 'The amount is too large to be exact.')
  }
  if (typeof money === 'string') throw faultOf(row, 'bad_price', `${quote(price)} is no price.`)
  const turn = counted < 0 ? -1n : 1n
  return { unitMinor: Number(money.unitMinor * turn), amountMinor: Number(money.amountMinor) }
}

function totalOf(lines: readonly OrderLine[], rows: readonly OrderRow[]): number {
  let total = 0
  for (const [index, line] of lines.entries()) {
    total += line.amountMinor
    if (Number.isSafeInteger(total)) continue
    throw faultOf(rows[index], 'out_of_range', 'The total is too large to be exact.')
  }
  return total
}

function currencyOf(rows: readonly OrderRow[], terms: Terms): string {
  const currency = oneValue(rows, 'currency', 'two_currencies') ?? terms.currency
  if (exponentOf(currency) !== undefined) return currency
  throw faultOf(rows[0], 'bad_currency', `${quote(currency)} is no currency.`)
}

function customerOf(rows: readonly OrderRow[]): { customerRef?: string } {
  const customerRef = oneValue(rows, 'customer', 'two_customers')
  return customerRef === undefined ? {} : { customerRef }
}

/** What all lines that say anything in the column agree on. */
function oneValue(
  rows: readonly OrderRow[],
  column: ColumnName,
  reason: SkipReason,
): string | undefined {
  let value: string | undefined
  for (const row of rows) {
    const text = row.fields.get(column)
    if (!text || text === value) continue
    if (value) throw faultOf(row, reason, `One order names ${quote(value)} and ${quote(text)}.`)
    value = text
  }
  return value
}

function earliestDate(rows: readonly OrderRow[], { map, zone }: Terms): Date {
  const dates = rows.map((row) => {
    const text = row.fields.get('date') ?? ''
    const date = map.readDate(text, zone)
    if (date === 'not_in_format') {
      throw faultOf(row, 'bad_date', `${quote(text)} is no date like ${map.dateFormat}.`)
    }
    if (date === 'no_such_time') {
      throw faultOf(row, 'bad_date', `${quote(text)} does not exist in ${zone}.`)
    }
    return date.getTime()
  })
  return new Date(Math.min(...dates))
}

class LineFault extends Error {
  readonly fault: Fault

  constructor(fault: Fault) {
    super(fault.detail)
    this.fault = fault
  }
}

function faultOf(row: OrderRow | undefined, reason: SkipReason, detail: string): LineFault {
  return new LineFault({ line: row?.line ?? 0, reason, detail })
}

/** Safe to print: whatever stood in the file, short and without control characters. */
function quote(text: string): string {
  return JSON.stringify(text.slice(0, 40))
}

import { createReadStream } from 'node:fs'

import { AppError } from '../errors.ts'
import type { ColumnMap, ColumnName } from './column-map.ts'
import { readLines } from './csv-lines.ts'
import { type CsvRecord, type Fault, readRecords } from './csv-records.ts'
import { ORDER_LIMITS } from './source.ts'

/** What a line says, by our names of the columns: trimmed, and with single blanks. */
export type Fields = ReadonlyMap<ColumnName, string>

/** A line of an order. Without an id it cannot be told which order it belongs to. */
export type Row =
  | { line: number; id: string; fields: Fields }
  | { line: number; id: string; fault: Fault }
  | { line: number; id: undefined; fault: Fault }

/** Reads a CSV file as rows. Throws ERR_FILE_INVALID when it is no such file at all. */
export async function* readRows(
  path: string,
  map: ColumnMap,
  onBytes: (count: number) => void,
): AsyncGenerator<Row> {
  let header: Header | undefined
  for await (const record of readRecords(readLines(readChunks(path, onBytes)))) {
    if (header) yield rowOf(record, header)
    else header = headerOf(record, map, path)
  }
  if (!header) throw invalid(`${path} is empty.`)
}

export function invalid(message: string, cause?: unknown): AppError {
  return new AppError('ERR_FILE_INVALID', message, { cause })
}

type Header = ReadonlyMap<ColumnName, number>

/** The bytes of a file as they are read. Throws ERR_FILE_INVALID when they cannot be. */
export async function* readChunks(
  path: string,
  onBytes: (count: number) => void,
): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      onBytes(chunk.length)
      yield chunk
    }
  } catch (cause) {
    throw invalid(`${path} cannot be read.`, cause)
  }
}

function headerOf(record: CsvRecord, map: ColumnMap, path: string): Header {
  if ('fault' in record || record.cells.some(hasControls)) {
    throw invalid(`${path} does not begin with a line of column names in UTF-8: it is no CSV file.`)
  }
  const found = record.cells.map(tidy)
  const wanted = [...map.columns]
  const missing = wanted.filter(([, name]) => !found.includes(tidy(name)))
  const twice = wanted.filter(
    ([, name]) => found.indexOf(tidy(name)) !== found.lastIndexOf(tidy(name)),
  )
  const listed = found.join(', ').slice(0, 500)
  if (missing.length > 0)
    throw invalid(`${path} has no column ${quoteNames(missing)}, only: ${listed}.`)
  if (twice.length > 0) throw invalid(`${path} has the column ${quoteNames(twice)} more than once.`)
  return new Map(wanted.map(([column, name]) => [column, found.indexOf(tidy(name))]))
}

function rowOf(record: CsvRecord, header: Header): Row {
  const { line } = record
  if ('fault' in record) return brokenRow(record.fault, idOfBroken(record.text, header))
  const fields = new Map([...header].map(([column, at]) => [column, tidy(record.cells[at] ?? '')]))
  const id = fields.get('order') ?? ''
  if (id === '') return brokenRow({ line, reason: 'empty_id', detail: 'It has no order id.' })
  const fault = textFault(line, fields)
  return fault ? brokenRow(fault, id) : { line, id, fields }
}

function brokenRow(fault: Fault, id = ''): Row {
  const { line } = fault
  return isPlainId(id) ? { line, id, fault } : { line, id: undefined, fault }
}

/** The order of a line that is no record: only a first cell stands where it should. */
function idOfBroken(text: string, header: Header): string | undefined {
  return header.get('order') === 0 && text.includes(',')
    ? tidy(text.split(',', 1)[0] ?? '')
    : undefined
}

function isPlainId(id: string): boolean {
  return id !== '' && id.length <= ORDER_LIMITS.id && !/["\uFFFD]/.test(id) && !hasControls(id)
}

function textFault(line: number, fields: Fields): Fault | undefined {
  for (const [column, text] of fields) {
    if (hasControls(text)) {
      return { line, reason: 'not_text', detail: `The ${column} has control characters in it.` }
    }
    const limit = LIMITS.get(column) ?? 100
    if (text.length <= limit) continue
    return { line, reason: 'too_long', detail: `The ${column} is longer than ${limit} characters.` }
  }
  return undefined
}

function tidy(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ')
}

function hasControls(text: string): boolean {
  return /\p{Cc}/u.test(text.replaceAll(/\s/g, ''))
}

function quoteNames(columns: [ColumnName, string][]): string {
  return columns.map(([, name]) => `"${name}"`).join(', ')
}

const LIMITS: ReadonlyMap<ColumnName, number> = new Map([
  ['order', ORDER_LIMITS.id],
  ['sku', ORDER_LIMITS.sku],
  ['title', ORDER_LIMITS.title],
  ['customer', ORDER_LIMITS.customerRef],
  ['country', ORDER_LIMITS.country],
])

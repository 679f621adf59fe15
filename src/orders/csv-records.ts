import { parse } from 'csv-parse/sync'

import { type Line, MAX_LINE_BYTES } from './csv-lines.ts'
import type { SkipReason } from './source.ts'

export type Fault = { line: number; reason: SkipReason; detail: string }

/** A record and the line it begins on, or a line that is no record, as far as it can be read. */
export type CsvRecord =
  | { line: number; cells: string[] }
  | { line: number; text: string; fault: Fault }

/**
 * Reads lines as CSV records; the first one sets how many cells a record has. Blank ones are left out.
 *
 * A record goes on over the line feed while a quote is open, over at most 20 lines. Where that ends
 * in no proper record, only its first line is at fault and reading goes on with the next: one
 * forgotten quote costs one line, not the rest of the file. (A streaming parser would have lost its
 * place, so every record is parsed for itself.)
 */
export async function* readRecords(lines: AsyncIterable<Line>): AsyncGenerator<CsvRecord> {
  const ahead: Line[] = []
  let width: number | undefined

  for await (const line of lines) {
    ahead.push(line)
    yield* ready(false)
  }
  yield* ready(true)

  function* ready(isEnd: boolean): Generator<CsvRecord> {
    for (let record = next(); record; record = next()) {
      if ('cells' in record && record.cells.length === 0) continue
      if ('cells' in record) width ??= record.cells.length
      yield record
    }
    function next(): CsvRecord | undefined {
      return takeRecord(ahead, isEnd, width)
    }
  }
}

/** Takes the next record off the lines, or undefined when more lines are needed to tell. */
function takeRecord(ahead: Line[], isEnd: boolean, width?: number): CsvRecord | undefined {
  const first = ahead[0]
  if (!first) return undefined
  const count = lineCount(ahead)
  if (count === undefined && !isEnd && ahead.length < MAX_RECORD_LINES) return undefined

  const line = first.number
  const parsed = count === undefined ? OPEN_QUOTE : parseCells(ahead.slice(0, count), width)
  ahead.splice(0, Array.isArray(parsed) ? count : 1)
  if (Array.isArray(parsed)) return { line, cells: parsed }
  return { line, text: first.bytes.toString().slice(0, 1000), fault: { line, ...parsed } }
}

/** How many lines the first record takes: up to where its quotes are even. */
function lineCount(ahead: readonly Line[]): number | undefined {
  let isOpen = false
  for (const [index, { bytes }] of ahead.entries()) {
    for (let at = bytes.indexOf(QUOTE); at !== -1; at = bytes.indexOf(QUOTE, at + 1))
      isOpen = !isOpen
    if (!isOpen) return index + 1
  }
  return undefined
}

/** The cells of one record, none when it is blank. */
function parseCells(lines: readonly Line[], width?: number): string[] | Omit<Fault, 'line'> {
  const bytes = Buffer.concat(lines.flatMap((line) => [withoutReturn(line.bytes), NEW_LINE]))
  if (bytes.length > MAX_LINE_BYTES) return TOO_LONG
  const text = decode(bytes)
  if (text === undefined) return NOT_UTF8
  if (/^[\s,"]*$/.test(text)) return []

  const cells = parseText(text)
  if (!cells) return BAD_QUOTES
  if (width === undefined || cells.length === width) return cells
  const detail = `The line has ${cells.length} cells and the header has ${width}.`
  return { reason: 'malformed_line', detail }
}

function parseText(text: string): string[] | undefined {
  if (!text.includes('"')) return text.slice(0, -1).split(',')
  try {
    return parse(text, { record_delimiter: '\n', relax_column_count: true })[0]
  } catch {
    return undefined
  }
}

/** The text of bytes in UTF-8, without a byte order mark. */
function decode(bytes: Buffer): string | undefined {
  try {
    return UTF8.decode(bytes)
  } catch {
    return undefined
  }
}

function withoutReturn(bytes: Buffer): Buffer {
  return bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes
}

const MAX_RECORD_LINES = 20
const UTF8 = new TextDecoder('utf-8', { fatal: true })
const QUOTE = 0x22
const CARRIAGE_RETURN = 0x0d
const NEW_LINE = Buffer.from('\n')
const OPEN_QUOTE = {
  reason: 'malformed_line',
  detail: 'A quote is opened and not closed.',
} as const
const BAD_QUOTES = {
  reason: 'malformed_line',
  detail: 'A quote stands where none may be.',
} as const
const NOT_UTF8 = { reason: 'not_utf8', detail: 'The line is not UTF-8 text.' } as const
const TOO_LONG = {
  reason: 'too_long',
  detail: `The line is longer than ${MAX_LINE_BYTES / 1024} kB.`,
} as const

import { stat } from 'node:fs/promises'

import { exponentOf } from '../domain/money.ts'
import { AppError } from '../errors.ts'
import { buildOrder, type OrderRow, type Terms } from './build-order.ts'
import { loadColumnMap } from './column-map.ts'
import type { Fault } from './csv-records.ts'
import { invalid, type Row, readRows } from './csv-rows.ts'
import { type Delivery, ORDER_LIMITS, type SourceOptions } from './source.ts'

/**
 * Reads orders and cancellations from a CSV file by a column map (README.md).
 *
 * The lines of an order stand together. Where they do not, the order is skipped whole, and the file
 * is read twice to know that beforehand: the first time only the ids are kept. A line of which it
 * cannot be told whose it is spoils the orders before and after it, as it could belong to either.
 */
export async function* readCsv(options: SourceOptions): AsyncGenerator<Delivery> {
  const terms = await termsOf(options)
  const read = await openTwice(options, terms)
  const scattered = await findScattered(read())
  yield* gatherOrders(read(), scattered, terms)
}

async function termsOf({ currency, zone, map }: SourceOptions): Promise<Terms> {
  if (exponentOf(currency) === undefined) {
    throw new AppError('ERR_REQUEST_INVALID', `"${currency}" is no currency, as GBP is.`)
  }
  if (!isZone(zone)) {
    throw new AppError('ERR_REQUEST_INVALID', `"${zone}" is no time zone, as Europe/London is.`)
  }
  return { currency, zone, map: await loadColumnMap(map) }
}

function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

/** A reader that may be called twice, and tells the progress of both passes as one. */
async function openTwice(
  { from, onProgress }: SourceOptions,
  { map }: Terms,
): Promise<() => AsyncGenerator<Row>> {
  const file = await stat(from).catch((cause: unknown) => {
    throw invalid(`${from} cannot be read.`, cause)
  })
  if (!file.isFile()) throw invalid(`${from} is not a file.`)
  const bytesTotal = 2 * file.size
  let bytesDone = 0

  return () =>
    readRows(from, map, (count) => {
      bytesDone += count
      onProgress?.({ bytesDone, bytesTotal })
    })
}

/** Ids that come again after another one → the line where they do. */
async function findScattered(rows: AsyncIterable<Row>): Promise<Map<string, number>> {
  const seen = new Set<string>()
  const scattered = new Map<string, number>()
  let current: string | undefined

  for await (const { id, line } of rows) {
    if (id === undefined || id === current) continue
    if (seen.has(id) && !scattered.has(id)) scattered.set(id, line)
    seen.add(id)
    current = id
  }
  return scattered
}

type Draft = { id: string; line: number; rows: OrderRow[]; fault: Fault | undefined }

async function* gatherOrders(
  rows: AsyncIterable<Row>,
  scattered: ReadonlyMap<string, number>,
  terms: Terms,
): AsyncGenerator<Delivery> {
  let draft: Draft | undefined
  let stray: Fault | undefined

  for await (const row of rows) {
    if (row.id === undefined) {
      stray = besideOf(row.fault)
      if (draft) draft.fault ??= stray
      yield { kind: 'skipped', ...row.fault }
      continue
    }
    if (row.id !== draft?.id) {
      if (draft) yield* finish(draft, scattered, terms)
      draft = { id: row.id, line: row.line, rows: [], fault: stray }
    }
    stray = undefined
    addRow(draft, row)
  }
  if (draft) yield* finish(draft, scattered, terms)
}

function besideOf({ line, reason, detail }: Fault): Fault {
  return { line, reason, detail: `A line beside it may be its own: ${detail}` }
}

function addRow(draft: Draft, row: Row): void {
  const { line } = row
  if ('fault' in row) draft.fault ??= row.fault
  else if (!draft.fault) draft.rows.push(row)
  if (draft.rows.length <= ORDER_LIMITS.lines) return
  const detail = `It has more than ${ORDER_LIMITS.lines} lines.`
  draft.fault = { line, reason: 'too_many_lines', detail }
  draft.rows = []
}

/** An order whose lines stand apart is told of once, at the first of them. */
function* finish(
  draft: Draft,
  scattered: ReadonlyMap<string, number>,
  terms: Terms,
): Generator<Delivery> {
  const { id: sourceId, fault } = draft
  const again = scattered.get(sourceId)
  if (again !== undefined) {
    if (draft.line >= again) return
    const detail = 'Its lines stand apart: sort the file by order.'
    yield { kind: 'skipped', line: again, sourceId, reason: 'scattered', detail }
    return
  }
  const built = fault ? { fault } : buildOrder(sourceId, draft.rows, terms)
  yield 'fault' in built ? { kind: 'skipped', sourceId, ...built.fault } : built
}

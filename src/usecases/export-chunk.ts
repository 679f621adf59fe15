import type { AppContext } from '../context.ts'
import { csvText } from '../csv.ts'
import {
  cellsOf,
  type ExportFormat,
  type ExportKind,
  headOf,
  jsonLineOf,
} from '../domain/export-files.ts'
import { rowsAfter } from '../store/export-rows.ts'

export type ExportSpec = {
  merchantId: string
  kind: ExportKind
  format: ExportFormat
  campaignId?: string | undefined
  /** Of codes: only those for these vouchers. */
  templateId?: string | undefined
  /** What has happened since is left out. */
  until: Date
}

export type ExportChunk = {
  text: string
  rows: number
  /** Where the next chunk goes on. */
  reached: string | undefined
  isLast: boolean
}

/** So many rows are held at once, however long the file gets. */
const ROWS = 2_000

/** The chunk of a file that goes on behind `after`; the first one of a CSV file begins with the names of its columns. */
export async function exportChunk(
  app: AppContext,
  { kind, format, ...spec }: ExportSpec,
  after: string | undefined,
): Promise<ExportChunk> {
  const { merchantId, ...of } = spec
  const rows = await rowsAfter(app.db, merchantId, { ...of, kind, after, limit: ROWS })
  const head = after === undefined && format === 'csv' ? [headOf(kind)] : []
  const text =
    format === 'csv'
      ? csvText([...head, ...rows.map((row) => cellsOf(kind, row))])
      : rows.map((row) => jsonLineOf(kind, row)).join('')
  return {
    text,
    rows: rows.length,
    reached: rows.at(-1)?.cursor ?? after,
    isLast: rows.length < ROWS,
  }
}

import { stat } from 'node:fs/promises'

import { readLines } from './csv-lines.ts'
import { readRecords } from './csv-records.ts'
import { invalid, readChunks } from './csv-rows.ts'

export type ColumnOptions = {
  from: string
  /** The heading of the column; left out: the only one, whose heading may be missing. */
  column?: string | undefined
  /** What the heading of an only column may be; anything else on the first line is a value. */
  headings: readonly string[]
  onProgress?: ((part: number) => void) | undefined
}

/** A cell of the column and the line on which it stands, or a line that is no record. */
export type ColumnCell = { line: number; text: string; fault?: string }

/**
 * Reads one column of a CSV file, a line at a time: with or without a byte order mark, quotation marks
 * and carriage returns.
 *
 * @throws AppError ERR_FILE_INVALID when the file or its column cannot be read
 */
export async function* readColumn(options: ColumnOptions): AsyncGenerator<ColumnCell> {
  let at: number | undefined
  for await (const record of readRecords(readLines(await openFile(options)))) {
    if ('fault' in record) {
      if (at === undefined) throw invalid(`${options.from} cannot be read: ${record.fault.detail}`)
      yield { line: record.line, text: record.text, fault: record.fault.detail }
      continue
    }
    if (at === undefined) {
      at = placeOf(record.cells, options)
      if (isHeading(record.cells[at] ?? '', options)) continue
    }
    yield { line: record.line, text: record.cells[at] ?? '' }
  }
}

async function openFile({ from, onProgress }: ColumnOptions): Promise<AsyncIterable<Buffer>> {
  const file = await stat(from).catch((cause: unknown) => {
    throw invalid(`${from} cannot be read.`, cause)
  })
  if (!file.isFile()) throw invalid(`${from} is not a file.`)
  let done = 0
  return readChunks(from, (count) => {
    done += count
    onProgress?.(done / file.size)
  })
}

function placeOf(cells: readonly string[], { from, column }: ColumnOptions): number {
  const headings = cells.map((cell) => cell.trim())
  if (column === undefined && cells.length === 1) return 0
  const at = column === undefined ? -1 : headings.indexOf(column)
  if (at >= 0) return at
  const wrong = column === undefined ? 'has several columns' : `has no column "${column}"`
  throw invalid(`${from} ${wrong}: name one of ${headings.join(', ').slice(0, 300)}.`)
}

function isHeading(text: string, { column, headings }: ColumnOptions): boolean {
  return column !== undefined || headings.includes(text.trim().toLowerCase())
}

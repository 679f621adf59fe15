import { stringify } from 'csv-stringify/sync'

/**
 * Rows as CSV (RFC 4180, UTF-8, CRLF). What a spreadsheet would take for a formula gets a quote before it.
 * Instants are written in UTC; nothing is an empty cell.
 */
export function csvText(rows: readonly (readonly unknown[])[]): string {
  return stringify([...rows] as unknown[][], {
    record_delimiter: '\r\n',
    escape_formulas: true,
    cast: { date: (at) => at.toISOString(), boolean: String },
  })
}

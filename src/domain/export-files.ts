import { decimalAmount } from './money.ts'

export type ExportKind = keyof typeof COLUMNS
export type ExportFormat = 'csv' | 'json'

/** A row as it is stored; `currency` is that of its amounts. */
export type ExportRow = Record<string, unknown> & { currency?: string }

/** What stands in each kind of file, in order. No file names a customer. */
const COLUMNS = {
  vouchers: [
    'voucherId',
    'code',
    'campaign',
    'voucher',
    'kind',
    'status',
    'currency',
    'valueMinor',
    'redeemedMinor',
    'unusedMinor',
    'issuedAt',
    'expiresAt',
  ],
  redemptions: [
    'redemptionId',
    'requestId',
    'redeemedAt',
    'campaign',
    'voucher',
    'voucherId',
    'storeId',
    'store',
    'redeemedBy',
    'orderNumber',
    'currency',
    'orderMinor',
    'amountMinor',
    'rolledBackMinor',
    'unusedMinor',
    'status',
  ],
  claims: [
    'claimId',
    'claimedAt',
    'campaign',
    'shareId',
    'orderNumber',
    'result',
    'reason',
    'voucherId',
    'voucher',
    'currency',
    'valueMinor',
  ],
  ledger: [
    'bookedAt',
    'campaign',
    'cause',
    'causeId',
    'fromAccount',
    'toAccount',
    'currency',
    'amountMinor',
  ],
  codes: ['code', 'templateId', 'templateName', 'state', 'givenAt', 'expiresAt'],
} as const satisfies Record<string, readonly string[]>

export const EXPORT_KINDS = Object.keys(COLUMNS) as ExportKind[]

/** The columns of a CSV file: `valueMinor` is written as an amount and called `value`. */
export function headOf(kind: ExportKind): string[] {
  return COLUMNS[kind].map((field) =>
    field.replace(/Minor$/, '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  )
}

/** A row as text: amounts with the decimals of their currency (`12.50`), instants in UTC. */
export function cellsOf(kind: ExportKind, row: ExportRow): string[] {
  return COLUMNS[kind].map((field) => {
    const value = row[field]
    if (value === null || value === undefined) return ''
    if (field.endsWith('Minor')) return decimalAmount(Number(value), row.currency ?? '')
    return value instanceof Date ? value.toISOString() : `${value as string | number}`
  })
}

/** A row as one line of JSON: amounts in minor units, what is not there left out. */
export function jsonLineOf(kind: ExportKind, row: ExportRow): string {
  const known = COLUMNS[kind].filter((field) => row[field] !== null && row[field] !== undefined)
  return `${JSON.stringify(Object.fromEntries(known.map((field) => [field, row[field]])))}\n`
}

/** What a file is called: `vouchers-2026-11-22.csv`; JSON has an object on each line. */
export function fileNameOf(kind: ExportKind, format: ExportFormat, day: string): string {
  return `${kind}-${day}.${format === 'csv' ? 'csv' : 'jsonl'}`
}

/** Vouchers and codes can be spent by whoever reads them. */
export function hasCodes(kind: ExportKind): boolean {
  return kind === 'vouchers' || kind === 'codes'
}

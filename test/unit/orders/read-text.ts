import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { readCsv } from '../../../src/orders/csv.ts'
import type { Delivery, SourceOptions } from '../../../src/orders/source.ts'

export const HEADER =
  'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'

/** Reads what stands in a file as the preset `online-retail` does. */
export async function readText(
  content: string | Uint8Array,
  options: Partial<SourceOptions> = {},
): Promise<Delivery[]> {
  const folder = await mkdtemp(join(tmpdir(), 'passalong-orders-'))
  const from = join(folder, 'orders.csv')
  try {
    await writeFile(from, content)
    const defaults = { from, currency: 'GBP', zone: 'Europe/London', map: 'online-retail' }
    return await Array.fromAsync(readCsv({ ...defaults, ...options }))
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The lines below the header, as a file. */
export function file(...lines: string[]): string {
  return [HEADER, ...lines, ''].join('\r\n')
}

/** One good line of an order, in which single cells can be changed. */
export function lineOf(
  order: string,
  cells: Partial<Record<'sku' | 'title' | 'quantity' | 'date' | 'price' | 'customer', string>> = {},
): string {
  const {
    sku = '22960',
    title = 'JAM',
    quantity = '6',
    date = '12/1/10 8:26',
    price = '4.25',
    customer = '17897',
  } = cells
  return [order, sku, title, quantity, date, price, customer, 'United Kingdom'].join(',')
}

/** `1 order`, `2 bad_price`: what became of each, in a word. */
export function brief(delivered: readonly Delivery[]): string[] {
  return delivered.map((delivery) =>
    delivery.kind === 'skipped'
      ? `${delivery.sourceId ?? '?'} ${delivery.reason} at ${delivery.line}`
      : `${delivery.sourceId} ${delivery.kind} of ${delivery.lines.length}`,
  )
}

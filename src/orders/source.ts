/**
 * The seam where orders come from. To add a source (another file format, a shop system):
 *
 *  1. write `<name>.ts` beside this file, with one function that is an `OrderSource`;
 *  2. add one line to `registry.ts`;
 *  3. add one line to `test/contract/order-sources.test.ts`, which then runs the whole suite over it.
 *
 * What every source owes, and the suite checks:
 *  - an order or a cancellation comes whole or not at all; what cannot be read is a `skipped` that
 *    says where and why, and never stops what follows;
 *  - money is safe integers in minor units, the total is the sum of the lines, text is trimmed;
 *  - the same delivery read again says the same, so that taking it twice changes nothing;
 *  - it reads as fast as it is asked, keeps one order in memory and not all, and lets go of what
 *    it has opened when the reader stops;
 *  - what cannot be read at all is thrown: ERR_FILE_INVALID, or ERR_REQUEST_INVALID for the options.
 */
import type { OrderLine } from '../domain/views.ts'

export type OrderSource = (options: SourceOptions) => AsyncIterable<Delivery>

export type SourceOptions = {
  /** Where the orders are: the path of a file, the address of a shop. */
  from: string
  /** ISO 4217; of orders that name none. */
  currency: string
  /** IANA name of the zone in which the source's clock times are meant. */
  zone: string
  /** A named preset or the path of a map file, for sources whose layout is the merchant's own. */
  map?: string | undefined
  /** Called as bytes are read; `bytesDone` grows up to `bytesTotal`. */
  onProgress?: ((progress: Progress) => void) | undefined
}

export type Progress = { bytesDone: number; bytesTotal: number }

export type Delivery = Incoming | ({ kind: 'skipped' } & Skipped)

export type Incoming = IncomingOrder | IncomingCancellation

export type IncomingOrder = {
  kind: 'order'
  sourceId: string
  placedAt: Date
  currency: string
  totalMinor: number
  customerRef?: string
  country?: string
  lines: OrderLine[]
}

/** Amount and quantities are positive. Without `orderSourceId` the order is found by what was bought. */
export type IncomingCancellation = {
  kind: 'cancellation'
  sourceId: string
  cancelledAt: Date
  amountMinor: number
  customerRef?: string
  orderSourceId?: string
  lines: OrderLine[]
}

export type { LineKind, OrderLine } from '../domain/views.ts'

/** `line` is where it stands in the source, counted from 1; `detail` is a sentence for people. */
export type Skipped = { line: number; sourceId?: string; reason: SkipReason; detail: string }

export type SkipReason =
  | 'malformed_line'
  | 'not_utf8'
  | 'not_text'
  | 'too_long'
  | 'too_many_lines'
  | 'scattered'
  | 'empty_id'
  | 'empty_sku'
  | 'bad_quantity'
  | 'bad_price'
  | 'bad_currency'
  | 'bad_date'
  | 'two_currencies'
  | 'two_customers'
  | 'negative_total'
  | 'out_of_range'

/** The longest texts that are taken, in characters, and the most lines of one order. */
export const ORDER_LIMITS = {
  id: 128,
  sku: 128,
  title: 300,
  customerRef: 128,
  country: 100,
  lines: 5000,
} as const

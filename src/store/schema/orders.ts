import { integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'

import type { OrderLine } from '../../domain/views.ts'
import { byClock, empty, instant, whole } from './columns.ts'

/** A paid order. Whoever opens it first holds it. */
export const orders = pgTable(
  'orders',
  {
    merchantId: text('merchant_id').notNull(),
    id: text().notNull(),
    sourceId: text('source_id').notNull(),
    storeId: text('store_id').notNull(),
    placedAt: instant('placed_at').notNull(),
    currency: text().notNull(),
    totalMinor: whole('total_minor').notNull(),
    cancelledMinor: whole('cancelled_minor').notNull().default(0),
    status: text({ enum: ['placed', 'partially_cancelled', 'cancelled'] })
      .notNull()
      .default('placed'),
    customerRef: text('customer_ref'),
    country: text(),
    lines: jsonb().$type<OrderLine[]>().notNull(),
    tastes: jsonb().$type<Record<string, number>>().notNull().default(empty),
    contentHash: text('content_hash').notNull(),
    reference: text().notNull(),
    pinSealed: text('pin_sealed').notNull(),
    pinTries: integer('pin_tries').notNull().default(0),
    pinLockedUntil: instant('pin_locked_until'),
    holderId: text('holder_id'),
    boundAt: instant('bound_at'),
    receivedAt: instant('received_at').notNull().default(byClock),
    changedAt: instant('changed_at').notNull().default(byClock),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    uniqueIndex('one_order_per_source_id').on(table.merchantId, table.sourceId),
  ],
)

/** A cancellation may come before its order: then `orderId` is empty and it waits. */
export const cancellations = pgTable(
  'cancellations',
  {
    merchantId: text('merchant_id').notNull(),
    id: text().notNull(),
    sourceId: text('source_id').notNull(),
    orderSourceId: text('order_source_id'),
    customerRef: text('customer_ref'),
    cancelledAt: instant('cancelled_at').notNull(),
    amountMinor: whole('amount_minor'),
    lines: jsonb().$type<OrderLine[]>().notNull().default([]),
    orderId: text('order_id'),
    receivedAt: instant('received_at').notNull().default(byClock),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    uniqueIndex('one_cancellation_per_source_id').on(table.merchantId, table.sourceId),
  ],
)

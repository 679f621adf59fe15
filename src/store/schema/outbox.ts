import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

import { byClock, empty, instant } from './columns.ts'

/** What somebody must be told; the id is its natural key. Merchant '' is the installation itself. */
export const outbox = pgTable(
  'outbox',
  {
    merchantId: text('merchant_id').notNull(),
    id: text().notNull(),
    kind: text().notNull(),
    personId: text('person_id'),
    payload: jsonb().$type<Record<string, unknown>>().notNull().default(empty),
    createdAt: instant('created_at').notNull().default(byClock),
    dueAt: instant('due_at').notNull().default(byClock),
    attempts: integer().notNull().default(0),
    leasedUntil: instant('leased_until'),
    sentAt: instant('sent_at'),
    gaveUpAt: instant('gave_up_at'),
    lastError: text('last_error'),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.id] })],
)

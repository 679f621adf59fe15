import { sql } from 'drizzle-orm'
import { jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'

import { byClock, empty, instant } from './columns.ts'

/** Who changed what of a merchant's, and when; written in the statement that changes it. */
export const auditLog = pgTable(
  'audit_log',
  {
    merchantId: text('merchant_id').notNull(),
    id: text().notNull(),
    subject: text({
      enum: ['campaign', 'template', 'offer', 'store', 'staff', 'codes', 'merchant'],
    }).notNull(),
    subjectId: text('subject_id').notNull(),
    action: text().notNull(),
    /** `telegram:42`, `api` or `cli`. */
    byId: text('by_id').notNull(),
    detail: jsonb().notNull().default(empty),
    requestId: text('request_id'),
    happenedAt: instant('happened_at').notNull().default(byClock),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    uniqueIndex('one_change_per_request')
      .on(table.merchantId, table.requestId)
      .where(sql`${table.requestId} is not null`),
  ],
)

import { sql } from 'drizzle-orm'
import { customType, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'

import { byClock, instant, whole } from './columns.ts'

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** A file of a merchant's rows, made in the background, part by part. Campaign '' is all of them. */
export const exports = pgTable(
  'exports',
  {
    merchantId: text('merchant_id').notNull(),
    id: text().notNull(),
    kind: text({ enum: ['vouchers', 'redemptions', 'claims', 'ledger', 'codes'] }).notNull(),
    format: text({ enum: ['csv', 'json'] }).notNull(),
    campaignId: text('campaign_id').notNull().default(''),
    requestedBy: text('requested_by').notNull(),
    requestId: text('request_id'),
    status: text({ enum: ['waiting', 'running', 'done', 'failed'] })
      .notNull()
      .default('waiting'),
    rows: integer().notNull().default(0),
    bytes: whole('bytes').notNull().default(0),
    parts: integer().notNull().default(0),
    /** Where the next part goes on. */
    reached: text(),
    /** Since the last part was written. */
    attempts: integer().notNull().default(0),
    leasedUntil: instant('leased_until'),
    createdAt: instant('created_at').notNull().default(byClock),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    uniqueIndex('one_export_per_request')
      .on(table.merchantId, table.requestId)
      .where(sql`${table.requestId} is not null`),
    uniqueIndex('one_export_under_way')
      .on(table.merchantId, table.requestedBy, table.kind, table.format, table.campaignId)
      .where(sql`${table.status} in ('waiting', 'running')`),
  ],
)

export const exportParts = pgTable(
  'export_parts',
  {
    merchantId: text('merchant_id').notNull(),
    exportId: text('export_id').notNull(),
    number: integer().notNull(),
    body: bytes().notNull(),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.exportId, table.number] })],
)

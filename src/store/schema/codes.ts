import { sql } from 'drizzle-orm'
import { integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'

import { byClock, instant, whole } from './columns.ts'

/** Codes made or imported together, and how far that has come. */
export const codeBatches = pgTable(
  'code_batches',
  {
    merchantId: text('merchant_id').notNull(),
    id: text().notNull(),
    templateId: text('template_id').notNull(),
    source: text({ enum: ['generated', 'imported'] }).notNull(),
    prefix: text().notNull().default(''),
    codeLength: integer('code_length'),
    wanted: integer().notNull(),
    made: integer().notNull().default(0),
    duplicates: integer().notNull().default(0),
    status: text({ enum: ['running', 'done', 'cancelled', 'failed'] })
      .notNull()
      .default('running'),
    requestedBy: text('requested_by').notNull(),
    requestId: text('request_id'),
    createdAt: instant('created_at').notNull().default(byClock),
    finishedAt: instant('finished_at'),
    worker: text(),
    leasedUntil: instant('leased_until'),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    uniqueIndex('one_batch_per_request')
      .on(table.merchantId, table.requestId)
      .where(sql`${table.requestId} is not null`),
  ],
)

/** Codes that wait for somebody, given in order of their position; a row never changes. */
export const codes = pgTable(
  'codes',
  {
    merchantId: text('merchant_id').notNull(),
    code: text().notNull(),
    templateId: text('template_id').notNull(),
    position: integer().notNull(),
    batchId: text('batch_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.code] }),
    uniqueIndex('one_code_per_position').on(table.merchantId, table.templateId, table.position),
  ],
)

/** The message in somebody's chat that shows how far a batch has come. */
export const codePosts = pgTable(
  'code_posts',
  {
    merchantId: text('merchant_id').notNull(),
    batchId: text('batch_id').notNull(),
    personId: text('person_id').notNull(),
    messageId: whole('message_id'),
    shown: text().notNull().default(''),
    editedAt: instant('edited_at').notNull().default(byClock),
    goneAt: instant('gone_at'),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.batchId] })],
)

import { boolean, integer, pgTable, text } from 'drizzle-orm/pg-core'

import { byClock, instant } from './columns.ts'

/** Whose shops these are. Every tenant's row names one. */
export const merchants = pgTable('merchants', {
  id: text().primaryKey(),
  name: text().notNull(),
  currency: text().notNull(),
  /** Basis points of an order's value that are the merchant's own; not stated: redemptions count. */
  marginBp: integer('margin_bp'),
  /** Basis points of people who get the preset voucher whatever the model says. */
  controlBp: integer('control_bp').notNull().default(1000),
  /** Whether new merchants begin with what was learnt here. */
  poolsLearning: boolean('pools_learning').notNull().default(false),
  createdAt: instant('created_at').notNull().default(byClock),
})

/** What a merchant's own programs present. Only the key's digest is kept. */
export const apiKeys = pgTable('api_keys', {
  digest: text().primaryKey(),
  merchantId: text('merchant_id').notNull(),
  label: text().notNull().default(''),
  createdAt: instant('created_at').notNull().default(byClock),
  revokedAt: instant('revoked_at'),
})

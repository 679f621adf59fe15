import { jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'

import { instant, whole } from './columns.ts'

/** A voucher spent at a till, whole or in part; a repeated request id gets the first answer. */
export const redemptions = pgTable(
  'redemptions',
  {
    merchantId: text('merchant_id').notNull(),
    id: text().notNull(),
    voucherId: text('voucher_id').notNull(),
    requestId: text('request_id').notNull(),
    requestHash: text('request_hash').notNull(),
    amountMinor: whole('amount_minor').notNull(),
    unusedMinor: whole('unused_minor').notNull().default(0),
    rolledBackMinor: whole('rolled_back_minor').notNull().default(0),
    status: text({ enum: ['succeeded', 'partially_rolled_back', 'rolled_back'] })
      .notNull()
      .default('succeeded'),
    balanceAfterMinor: whole('balance_after_minor').notNull(),
    redeemedBy: text('redeemed_by').notNull(),
    storeId: text('store_id'),
    /** The number on the receipt of what was paid for, and what that came to. */
    orderSourceId: text('order_source_id'),
    orderMinor: whole('order_minor'),
    redeemedAt: instant('redeemed_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    uniqueIndex('one_redemption_per_request').on(table.merchantId, table.requestId),
  ],
)

/** A redemption undone, whole or in part. */
export const rollbacks = pgTable(
  'rollbacks',
  {
    merchantId: text('merchant_id').notNull(),
    id: text().notNull(),
    redemptionId: text('redemption_id').notNull(),
    requestId: text('request_id').notNull(),
    requestHash: text('request_hash').notNull(),
    amountMinor: whole('amount_minor').notNull(),
    balanceBeforeMinor: whole('balance_before_minor').notNull(),
    balanceAfterMinor: whole('balance_after_minor').notNull(),
    /** What was brought back, where that says how much it is. */
    items: jsonb().$type<{ sku: string; quantity: number }[]>(),
    reason: text().notNull().default(''),
    rolledBackBy: text('rolled_back_by').notNull(),
    rolledBackAt: instant('rolled_back_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    uniqueIndex('one_rollback_per_request').on(table.merchantId, table.requestId),
  ],
)

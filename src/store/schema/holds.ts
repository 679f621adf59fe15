import { pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'

import { instant, whole } from './columns.ts'

/** An amount of a voucher that is kept for a till until its end. */
export const holds = pgTable(
  'holds',
  {
    merchantId: text('merchant_id').notNull(),
    id: text().notNull(),
    voucherId: text('voucher_id').notNull(),
    requestId: text('request_id').notNull(),
    requestHash: text('request_hash').notNull(),
    amountMinor: whole('amount_minor').notNull(),
    status: text({ enum: ['held', 'captured', 'released', 'expired'] })
      .notNull()
      .default('held'),
    heldBy: text('held_by').notNull(),
    storeId: text('store_id'),
    redemptionId: text('redemption_id'),
    heldAt: instant('held_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    uniqueIndex('one_hold_per_request').on(table.merchantId, table.requestId),
  ],
)

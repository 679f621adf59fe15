import { date, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

import { instant, whole } from './columns.ts'

/** Up to when a merchant's facts are in the tallies. */
export const tallied = pgTable('tallied', {
  merchantId: text('merchant_id').primaryKey(),
  countedUntil: instant('counted_until').notNull(),
})

/** Sums of facts by campaign, day and store; campaign '' and store '' are where there is none. */
export const dayTallies = pgTable(
  'day_tallies',
  {
    merchantId: text('merchant_id').notNull(),
    campaignId: text('campaign_id').notNull(),
    day: date().notNull(),
    storeId: text('store_id').notNull(),
    what: text().notNull(),
    amount: whole('amount').notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.merchantId, table.campaignId, table.day, table.storeId, table.what],
    }),
  ],
)

/** Sums of facts by share. */
export const shareTallies = pgTable(
  'share_tallies',
  {
    merchantId: text('merchant_id').notNull(),
    shareId: text('share_id').notNull(),
    what: text().notNull(),
    amount: whole('amount').notNull(),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.shareId, table.what] })],
)

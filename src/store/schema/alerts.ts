import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

import { byClock, instant } from './columns.ts'

/** Alerts that were raised: each level of a measure once, until what it is measured against is another. */
export const alerts = pgTable(
  'alerts',
  {
    merchantId: text('merchant_id').notNull(),
    /** The campaign, the kind of voucher, or the merchant. */
    subjectId: text('subject_id').notNull(),
    measure: text({
      enum: ['budget', 'count', 'stock', 'fallback', 'reward', 'refusals', 'wrong_codes', 'lift'],
    }).notNull(),
    mark: text().notNull(),
    level: integer().notNull(),
    raisedAt: instant('raised_at').notNull().default(byClock),
  },
  (table) => [
    primaryKey({
      columns: [table.merchantId, table.subjectId, table.measure, table.mark, table.level],
    }),
  ],
)

/** How many wrong codes somebody has tried at the tills in an hour of UTC. */
export const tillRefusals = pgTable(
  'till_refusals',
  {
    merchantId: text('merchant_id').notNull(),
    hour: instant('hour').notNull(),
    byId: text('by_id').notNull(),
    tries: integer().notNull().default(1),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.hour, table.byId] })],
)

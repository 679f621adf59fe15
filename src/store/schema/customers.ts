import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

import type { Tried } from '../../matching/features.ts'
import { byClock, empty, instant, whole } from './columns.ts'

/** A person as one merchant knows them. The counters are what matching reads. @patent 3 7 */
export const customers = pgTable(
  'customers',
  {
    merchantId: text('merchant_id').notNull(),
    personId: text('person_id').notNull(),
    firstSeenAt: instant('first_seen_at').notNull().default(byClock),
    ordersCount: integer('orders_count').notNull().default(0),
    spentMinor: whole('spent_minor').notNull().default(0),
    /** What was bought, as minor units spent on each category. */
    tastes: jsonb().$type<Record<string, number>>().notNull().default(empty),
    sharesCount: integer('shares_count').notNull().default(0),
    redemptionsCount: integer('redemptions_count').notNull().default(0),
    /** When the newest orders were placed, newest first; at most 16. */
    latestOrders: instant('latest_orders').array().notNull().default([]),
    /** Of each kind of voucher how many they had and spent, and of offers how many they shared and were taken. */
    tried: jsonb().$type<Tried>().notNull().default(empty),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.personId] })],
)

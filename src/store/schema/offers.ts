import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

import type { Rule } from '../../domain/rule.ts'
import type { Traits } from '../../matching/features.ts'
import { byClock, empty, instant } from './columns.ts'

/** What is shown with an order that it fits, and shared from it. @patent 2 3 */
export const offers = pgTable(
  'offers',
  {
    merchantId: text('merchant_id').notNull(),
    id: text().notNull(),
    campaignId: text('campaign_id').notNull(),
    title: text().notNull(),
    body: text().notNull().default(''),
    /** Null: every order that was paid. */
    rule: jsonb().$type<Rule>(),
    traits: jsonb().$type<Traits>().notNull().default(empty),
    createdAt: instant('created_at').notNull().default(byClock),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.id] })],
)

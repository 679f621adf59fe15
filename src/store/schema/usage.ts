import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

import { byClock, instant } from './columns.ts'

/** What people did: the first time each person did each thing to each subject. @patent 12 */
export const usageEvents = pgTable(
  'usage_events',
  {
    merchantId: text('merchant_id').notNull(),
    kind: text({
      enum: ['order_queried', 'offer_shown', 'offer_shared', 'share_opened', 'claim_refused'],
    }).notNull(),
    subjectId: text('subject_id').notNull(),
    personId: text('person_id').notNull(),
    campaignId: text('campaign_id'),
    reason: text(),
    happenedAt: instant('happened_at').notNull().default(byClock),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.kind, table.subjectId, table.personId] }),
  ],
)

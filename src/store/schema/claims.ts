import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

import { instant } from './columns.ts'

/** Who got something from which share. The unique key is the claim key of the patent. @patent 10 */
export const claims = pgTable(
  'claims',
  {
    merchantId: text('merchant_id').notNull(),
    id: text().notNull(),
    campaignId: text('campaign_id').notNull(),
    shareId: text('share_id').notNull(),
    personId: text('person_id').notNull(),
    /** The share's id where a person may claim once per share, `reward:` and it for a reward, else empty. */
    scope: text().notNull().default(''),
    result: text({ enum: ['allocated', 'fallback', 'reward'] }).notNull(),
    reason: text(),
    voucherId: text('voucher_id').notNull(),
    claimedAt: instant('claimed_at').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'one_claim_per_person',
      columns: [table.merchantId, table.campaignId, table.personId, table.scope],
    }),
  ],
)

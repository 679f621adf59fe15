import { pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'

import { instant, whole } from './columns.ts'

/** What somebody can spend: value = redeemed + unused + what is left, of which some may be held. */
export const vouchers = pgTable(
  'vouchers',
  {
    merchantId: text('merchant_id').notNull(),
    id: text().notNull(),
    campaignId: text('campaign_id').notNull(),
    templateId: text('template_id').notNull(),
    claimId: text('claim_id').notNull(),
    holderId: text('holder_id').notNull(),
    code: text().notNull(),
    valueMinor: whole('value_minor').notNull(),
    redeemedMinor: whole('redeemed_minor').notNull().default(0),
    /** What can never be spent any more: expired, or the rest of what is spent at one go. */
    unusedMinor: whole('unused_minor').notNull().default(0),
    /** What holds keep for tills: the sum of those whose status is `held`. */
    heldMinor: whole('held_minor').notNull().default(0),
    status: text({
      enum: ['issued', 'held', 'partially_redeemed', 'redeemed', 'expired', 'revoked'],
    })
      .notNull()
      .default('issued'),
    issuedAt: instant('issued_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    uniqueIndex('one_voucher_per_code').on(table.merchantId, table.code),
    uniqueIndex('one_voucher_per_claim').on(table.merchantId, table.claimId),
  ],
)

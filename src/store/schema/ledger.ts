import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

import { byClock, instant, whole } from './columns.ts'

/** `merchant` is the outside; every other account belongs to the campaign. */
const ACCOUNTS = [
  'merchant',
  'available',
  'reserved',
  'fallback',
  'reward',
  'issued',
  'redeemed',
  'unused',
] as const

/** One row per transfer, written with what caused it and never changed. */
export const ledger = pgTable(
  'ledger',
  {
    merchantId: text('merchant_id').notNull(),
    campaignId: text('campaign_id').notNull(),
    currency: text().notNull(),
    cause: text({
      enum: [
        'campaign',
        'budget',
        'fallback',
        'reward',
        'share_opened',
        'share_closed',
        'voucher',
        'redemption',
        'rollback',
        'expiry',
        'revocation',
        'erasure',
      ],
    }).notNull(),
    causeId: text('cause_id').notNull(),
    fromAccount: text('from_account', { enum: ACCOUNTS }).notNull(),
    toAccount: text('to_account', { enum: ACCOUNTS }).notNull(),
    amountMinor: whole('amount_minor').notNull(),
    bookedAt: instant('booked_at').notNull().default(byClock),
  },
  (table) => [
    primaryKey({
      columns: [table.merchantId, table.cause, table.causeId, table.fromAccount, table.toAccount],
    }),
  ],
)

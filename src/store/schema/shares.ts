import { sql } from 'drizzle-orm'
import { integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'

import { byClock, instant, whole } from './columns.ts'

/** One sharing of an offer from one order. @patent 1 */
export const shares = pgTable(
  'shares',
  {
    merchantId: text('merchant_id').notNull(),
    id: text().notNull(),
    campaignId: text('campaign_id').notNull(),
    offerId: text('offer_id').notNull(),
    orderId: text('order_id').notNull(),
    sharerId: text('sharer_id').notNull(),
    status: text({ enum: ['draft', 'open', 'exhausted', 'expired', 'revoked'] })
      .notNull()
      .default('draft'),
    slots: integer().notNull(),
    taken: integer().notNull().default(0),
    potMinor: whole('pot_minor').notNull().default(0),
    seed: text().notNull(),
    seedHash: text('seed_hash').notNull(),
    reference: text().notNull(),
    expiresAt: instant('expires_at').notNull(),
    createdAt: instant('created_at').notNull().default(byClock),
    openedAt: instant('opened_at'),
    closedAt: instant('closed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    uniqueIndex('one_share_alive_per_order_and_offer')
      .on(table.merchantId, table.orderId, table.offerId)
      .where(sql`${table.status} in ('draft', 'open', 'exhausted')`),
  ],
)

/** The random amounts of a share, split beforehand; a claim takes the next position. */
export const slots = pgTable(
  'slots',
  {
    merchantId: text('merchant_id').notNull(),
    shareId: text('share_id').notNull(),
    position: integer().notNull(),
    amountMinor: whole('amount_minor').notNull(),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.shareId, table.position] })],
)

/** A share's messages in chats, and the state that they show. */
export const sharePosts = pgTable(
  'share_posts',
  {
    merchantId: text('merchant_id').notNull(),
    shareId: text('share_id').notNull(),
    postId: text('post_id').notNull(),
    shown: text().notNull().default(''),
    editedAt: instant('edited_at').notNull().default(byClock),
    goneAt: instant('gone_at'),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.shareId, table.postId] })],
)

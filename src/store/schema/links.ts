import { pgTable, text } from 'drizzle-orm/pg-core'

import { instant } from './columns.ts'

/** What the 22 characters in `?start=` and in buttons lead to. Only their digest is kept. */
export const linkReferences = pgTable('link_references', {
  digest: text().primaryKey(),
  merchantId: text('merchant_id').notNull(),
  kind: text({ enum: ['order', 'share', 'invite'] }).notNull(),
  targetId: text('target_id').notNull(),
  expiresAt: instant('expires_at').notNull(),
})

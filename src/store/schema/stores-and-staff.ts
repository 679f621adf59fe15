import { pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'

import { byClock, instant } from './columns.ts'

/** A shop with its address, and the time zone that its days are counted in. */
export const stores = pgTable(
  'stores',
  {
    merchantId: text('merchant_id').notNull(),
    id: text().notNull(),
    sourceId: text('source_id').notNull(),
    name: text().notNull(),
    address: text().notNull().default(''),
    zone: text().notNull().default('UTC'),
    createdAt: instant('created_at').notNull().default(byClock),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    uniqueIndex('one_store_per_source_id').on(table.merchantId, table.sourceId),
  ],
)

/** Who works for a merchant and as what; whoever was removed keeps a row. */
export const staff = pgTable(
  'staff',
  {
    merchantId: text('merchant_id').notNull(),
    personId: text('person_id').notNull(),
    role: text({ enum: ['owner', 'manager', 'cashier', 'analyst'] }).notNull(),
    label: text().notNull().default(''),
    joinedAt: instant('joined_at').notNull().default(byClock),
    removedAt: instant('removed_at'),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.personId] })],
)

/** An invitation to the staff, good for one person. */
export const invites = pgTable(
  'invites',
  {
    merchantId: text('merchant_id').notNull(),
    id: text().notNull(),
    role: text({ enum: ['owner', 'manager', 'cashier', 'analyst'] }).notNull(),
    label: text().notNull().default(''),
    invitedBy: text('invited_by'),
    expiresAt: instant('expires_at').notNull(),
    usedBy: text('used_by'),
    usedAt: instant('used_at'),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.id] })],
)

import { boolean, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

import { byClock, instant } from './columns.ts'

/** Anybody who ever wrote to the bot, as `telegram:42`, and how to reach them. */
export const people = pgTable('people', {
  id: text().primaryKey(),
  language: text().notNull().default('en'),
  languageChosen: boolean('language_chosen').notNull().default(false),
  reachable: boolean().notNull().default(false),
  /** The person's IANA zone, where an app told it. */
  zone: text(),
  /** Whether reminders of vouchers that expire are wanted. */
  reminders: boolean().notNull().default(true),
  /** Off: nothing of what is known of them decides what they get. */
  personal: boolean().notNull().default(true),
  seenAt: instant('seen_at').notNull().default(byClock),
})

/** Which merchants a person has to do with: for the wallet and for staff. */
export const memberships = pgTable(
  'memberships',
  {
    personId: text('person_id').notNull(),
    merchantId: text('merchant_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.merchantId] })],
)

/** When somebody was erased from this installation; not who. */
export const erasures = pgTable('erasures', {
  id: text().primaryKey(),
  erasedAt: instant('erased_at').notNull().default(byClock),
})

import { boolean, doublePrecision, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

import { byClock, instant } from './columns.ts'

/** Which offer or template somebody got, from what, why and with what probability. @patent 3 8 12 */
export const decisions = pgTable(
  'decisions',
  {
    merchantId: text('merchant_id').notNull(),
    point: text({ enum: ['offer', 'voucher'] }).notNull(),
    subjectId: text('subject_id').notNull(),
    personId: text('person_id').notNull(),
    candidates: json().$type<unknown[]>().notNull(),
    chosenId: text('chosen_id'),
    chosenBy: text('chosen_by', { enum: ['match', 'draw', 'fallback', 'reward'] }).notNull(),
    propensity: doublePrecision().notNull(),
    reasons: json().$type<unknown[]>().notNull().default([]),
    model: text().notNull(),
    /** Off where what was chosen is not what was given. */
    learnable: boolean().notNull(),
    decidedAt: instant('decided_at').notNull().default(byClock),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.point, table.subjectId] })],
)

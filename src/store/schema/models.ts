import {
  bigint,
  boolean,
  customType,
  doublePrecision,
  integer,
  json,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

import { byClock, instant, whole } from './columns.ts'

const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

/** What a merchant's model of a decision point is, and which of its states decides. @patent 12 */
export const models = pgTable(
  'models',
  {
    merchantId: text('merchant_id').notNull(),
    point: text({ enum: ['offer', 'voucher'] }).notNull(),
    /** What it believed before it had learnt anything. */
    prior: json().$type<unknown>().notNull(),
    version: integer().notNull().default(0),
    isFrozen: boolean('is_frozen').notNull().default(false),
    /** Since when everybody gets the preset, for the model did worse. */
    stoppedAt: instant('stopped_at'),
    /** Decisions made after this say whether it does worse; null: all of them. */
    judgedFrom: instant('judged_from'),
    gatheredUntil: instant('gathered_until'),
    report: json().$type<unknown>(),
    reportedAt: instant('reported_at'),
    madeAt: instant('made_at').notNull().default(byClock),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.point] })],
)

/** What was learnt from the outcomes up to a position, as bytes with their digest. */
export const modelStates = pgTable(
  'model_states',
  {
    merchantId: text('merchant_id').notNull(),
    point: text({ enum: ['offer', 'voucher'] }).notNull(),
    version: integer().notNull(),
    reached: whole('reached').notNull(),
    learnt: integer().notNull(),
    state: bytes().notNull(),
    digest: text().notNull(),
    madeAt: instant('made_at').notNull().default(byClock),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.point, table.version] })],
)

/** What came of a decision, a stage at a time; the position is the order of learning. @patent 12 */
export const outcomes = pgTable(
  'outcomes',
  {
    merchantId: text('merchant_id').notNull(),
    point: text({ enum: ['offer', 'voucher'] }).notNull(),
    subjectId: text('subject_id').notNull(),
    stage: text({ enum: ['claimed', 'redeemed'] }).notNull(),
    position: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    answer: smallint().notNull(),
    valueMinor: whole('value_minor'),
    liftYes: doublePrecision('lift_yes'),
    liftMinor: doublePrecision('lift_minor'),
    settledAt: instant('settled_at').notNull().default(byClock),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.point, table.subjectId, table.stage] }),
    uniqueIndex('outcomes_in_order').on(table.merchantId, table.point, table.position),
  ],
)

/** What new merchants begin with, from those who share what they learnt. */
export const pooledModels = pgTable('pooled_models', {
  point: text({ enum: ['offer', 'voucher'] }).primaryKey(),
  prior: json().$type<unknown>().notNull(),
  merchants: integer().notNull(),
  madeAt: instant('made_at').notNull().default(byClock),
})

/** What a unit of a campaign's budget must bring at the moment, so that the budget lasts. */
export const pacings = pgTable(
  'pacings',
  {
    merchantId: text('merchant_id').notNull(),
    campaignId: text('campaign_id').notNull(),
    lambda: doublePrecision().notNull(),
    seenCount: whole('seen_count').notNull(),
    seenMinor: whole('seen_minor').notNull(),
    /** How many were decided in a day, what is long past counting less and less. */
    pace: doublePrecision().notNull().default(0),
    pacedAt: instant('paced_at').notNull().default(byClock),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.campaignId] })],
)

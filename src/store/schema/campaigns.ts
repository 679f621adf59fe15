import { sql } from 'drizzle-orm'
import {
  boolean,
  date,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

import type { Traits } from '../../matching/features.ts'
import { byClock, empty, instant, whole } from './columns.ts'

/** A budget with dates, and how its vouchers are shared out: drawn at random or matched. */
export const campaigns = pgTable(
  'campaigns',
  {
    merchantId: text('merchant_id').notNull(),
    id: text().notNull(),
    name: text().notNull(),
    status: text({ enum: ['draft', 'active', 'paused', 'stopped'] })
      .notNull()
      .default('draft'),
    mode: text({ enum: ['random', 'matched'] }).notNull(),
    currency: text().notNull(),
    zone: text().notNull().default('UTC'),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    budgetMinor: whole('budget_minor').notNull(),
    /** In the pots of open shares and not given out yet. */
    reservedMinor: whole('reserved_minor').notNull().default(0),
    /** In vouchers, those of the fallback not counted: it has a budget of its own. */
    issuedMinor: whole('issued_minor').notNull().default(0),
    slotsPerShare: integer('slots_per_share').notNull(),
    potMinor: whole('pot_minor'),
    drawMinMinor: whole('draw_min_minor'),
    drawMaxMinor: whole('draw_max_minor'),
    shareTtlSeconds: integer('share_ttl_seconds').notNull(),
    validDays: integer('valid_days').notNull(),
    sharerMayClaim: boolean('sharer_may_claim').notNull().default(true),
    /** Whether a person gets one voucher per campaign or one per share. */
    claimScope: text('claim_scope', { enum: ['campaign', 'share'] })
      .notNull()
      .default('campaign'),
    /** How many vouchers the budget pays for in all; the fallback and the reward are not counted. */
    maxVouchers: integer('max_vouchers'),
    issuedCount: integer('issued_count').notNull().default(0),
    /** The same on one day of the zone: `day` is the one that the counters are of. */
    dayMaxVouchers: integer('day_max_vouchers'),
    dayBudgetMinor: whole('day_budget_minor'),
    day: date({ mode: 'string' }),
    dayCount: integer('day_count').notNull().default(0),
    dayMinor: whole('day_minor').notNull().default(0),
    /** When it gives: a bit a weekday from Monday, and minutes of the day; may go on after midnight. */
    openWeekdays: smallint('open_weekdays').notNull().default(127),
    openFromMinute: smallint('open_from_minute').notNull().default(0),
    openToMinute: smallint('open_to_minute').notNull().default(1440),
    /** How many one person gets in a period, where a campaign gives one per share. */
    personLimit: integer('person_limit'),
    personPeriod: text('person_period', { enum: ['day', 'week', 'month', 'campaign'] }),
    /** Where its vouchers are valid; empty: in every store. */
    storeIds: text('store_ids').array().notNull().default([]),
    /** What becomes of unspent vouchers when the order of their share is cancelled. */
    onCancelledShare: text('on_cancelled_share', { enum: ['keep', 'revoke'] })
      .notNull()
      .default('keep'),
    /** What becomes of a redemption when the order that it paid for is cancelled. */
    onRefund: text('on_refund', { enum: ['roll_back', 'keep'] })
      .notNull()
      .default('roll_back'),
    /** The sharer's voucher: after so many claims or redemptions of one share. */
    rewardAfter: integer('reward_after'),
    rewardFor: text('reward_for', { enum: ['claims', 'redemptions'] }),
    /** The sum of what its kinds are to be chosen at least, in basis points. */
    leastBp: integer('least_bp').notNull().default(0),
    /** How many got the preset voucher, so that the budget lasts. */
    pacedCount: integer('paced_count').notNull().default(0),
    idempotencyKey: text('idempotency_key'),
    requestHash: text('request_hash'),
    createdAt: instant('created_at').notNull().default(byClock),
    changedAt: instant('changed_at').notNull().default(byClock),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    uniqueIndex('one_campaign_per_idempotency_key')
      .on(table.merchantId, table.idempotencyKey)
      .where(sql`${table.idempotencyKey} is not null`),
  ],
)

/** A kind of voucher, the patent's "type information", and how many of it there are. @patent 8 11 */
export const voucherTemplates = pgTable(
  'voucher_templates',
  {
    merchantId: text('merchant_id').notNull(),
    id: text().notNull(),
    campaignId: text('campaign_id').notNull(),
    storeId: text('store_id'),
    name: text().notNull(),
    kind: text({ enum: ['percent_off', 'amount_off', 'gift_balance', 'free_item'] }).notNull(),
    percentBp: integer('percent_bp'),
    /** The most that one voucher can cost. */
    valueMinor: whole('value_minor').notNull(),
    minSpendMinor: whole('min_spend_minor').notNull().default(0),
    traits: jsonb().$type<Traits>().notNull().default(empty),
    quantity: integer().notNull(),
    issued: integer().notNull().default(0),
    isFallback: boolean('is_fallback').notNull().default(false),
    /** What a sharer gets. */
    isReward: boolean('is_reward').notNull().default(false),
    /** When it can be spent, as a campaign's hours. */
    useWeekdays: smallint('use_weekdays').notNull().default(127),
    useFromMinute: smallint('use_from_minute').notNull().default(0),
    useToMinute: smallint('use_to_minute').notNull().default(1440),
    /** Codes made or imported beforehand are given in order of their position. */
    hasOwnCodes: boolean('has_own_codes').notNull().default(false),
    codesMade: integer('codes_made').notNull().default(0),
    codesTaken: integer('codes_taken').notNull().default(0),
    /** How often the model may choose it, in basis points. */
    leastBp: integer('least_bp').notNull().default(0),
    mostBp: integer('most_bp').notNull().default(10_000),
    idempotencyKey: text('idempotency_key'),
    requestHash: text('request_hash'),
    createdAt: instant('created_at').notNull().default(byClock),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    uniqueIndex('one_fallback_per_campaign')
      .on(table.merchantId, table.campaignId)
      .where(sql`${table.isFallback}`),
    uniqueIndex('one_reward_per_campaign')
      .on(table.merchantId, table.campaignId)
      .where(sql`${table.isReward}`),
    uniqueIndex('one_template_per_idempotency_key')
      .on(table.merchantId, table.idempotencyKey)
      .where(sql`${table.idempotencyKey} is not null`),
  ],
)

import { sql } from 'drizzle-orm'
import {
  boolean,
  integer,
  jsonb,
  pgTable,
  primaryKey,
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
    idempotencyKey: text('idempotency_key'),
    requestHash: text('request_hash'),
    createdAt: instant('created_at').notNull().default(byClock),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    uniqueIndex('one_fallback_per_campaign')
      .on(table.merchantId, table.campaignId)
      .where(sql`${table.isFallback}`),
    uniqueIndex('one_template_per_idempotency_key')
      .on(table.merchantId, table.idempotencyKey)
      .where(sql`${table.idempotencyKey} is not null`),
  ],
)

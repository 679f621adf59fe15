import { and, eq, gt, inArray, ne, sql } from 'drizzle-orm'
import type { Fits } from '../domain/fit-offer.ts'
import type { CampaignStatus, CampaignView, VoucherKind } from '../domain/views.ts'
import type { Traits } from '../matching/features.ts'
import type { Connection, Database } from './database.ts'
import { campaigns, voucherTemplates } from './schema/campaigns.ts'

export type NewCampaign = {
  id: string
  name: string
  mode: 'random' | 'matched'
  currency: string
  zone: string
  startsAt: Date
  endsAt: Date
  budgetMinor: number
  slotsPerShare: number
  potMinor?: number | undefined
  drawMinMinor?: number | undefined
  drawMaxMinor?: number | undefined
  shareTtlSeconds: number
  validDays: number
  sharerMayClaim: boolean
  claimScope: 'campaign' | 'share'
  offer: { id: string; title: string; body: string; fits: Fits; traits: Traits }
  idempotencyKey?: string | undefined
  requestHash?: string | undefined
}

/** Adds a campaign as a draft with its offer and its budget booked. Answers false when the key was used. */
export async function addCampaign(
  db: Database,
  merchantId: string,
  campaign: NewCampaign,
): Promise<boolean> {
  const { offer } = campaign
  const added = await db.run(
    ({ sql }) => sql`
      with campaign as (
        insert into campaigns (
          merchant_id, id, name, mode, currency, zone, starts_at, ends_at, budget_minor, slots_per_share,
          pot_minor, draw_min_minor, draw_max_minor, share_ttl_seconds, valid_days, sharer_may_claim,
          claim_scope, idempotency_key, request_hash
        ) values (
          ${merchantId}, ${campaign.id}, ${campaign.name}, ${campaign.mode}, ${campaign.currency},
          ${campaign.zone}, ${campaign.startsAt}, ${campaign.endsAt}, ${campaign.budgetMinor},
          ${campaign.slotsPerShare}, ${campaign.potMinor ?? null}, ${campaign.drawMinMinor ?? null},
          ${campaign.drawMaxMinor ?? null}, ${campaign.shareTtlSeconds}, ${campaign.validDays},
          ${campaign.sharerMayClaim}, ${campaign.claimScope}, ${campaign.idempotencyKey ?? null},
          ${campaign.requestHash ?? null}
        )
        on conflict (merchant_id, idempotency_key) where idempotency_key is not null do nothing
        returning merchant_id, id, currency, budget_minor
      ), offer as (
        insert into offers (merchant_id, id, campaign_id, title, body, fits, traits)
        select merchant_id, ${offer.id}, id, ${offer.title}, ${offer.body},
               ${JSON.stringify(offer.fits)}::text::jsonb, ${JSON.stringify(offer.traits)}::text::jsonb
        from campaign
      )
      insert into ledger (
        merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor
      )
      select merchant_id, id, currency, 'campaign', id, 'merchant', 'available', budget_minor from campaign
      returning cause_id`,
  )
  return added.length === 1
}

export async function campaignByKey(
  db: Database,
  merchantId: string,
  idempotencyKey: string,
): Promise<{ campaignId: string; requestHash: string | null } | undefined> {
  const [campaign] = await db.run(({ orm }) =>
    orm
      .select({ campaignId: campaigns.id, requestHash: campaigns.requestHash })
      .from(campaigns)
      .where(
        and(eq(campaigns.merchantId, merchantId), eq(campaigns.idempotencyKey, idempotencyKey)),
      ),
  )
  return campaign
}

export async function campaignOf(
  db: Database,
  merchantId: string,
  campaignId: string,
): Promise<CampaignView | undefined> {
  const [campaign] = await db.run(
    ({ sql }) => sql<CampaignView[]>`
      ${selectCampaigns(sql)} where c.merchant_id = ${merchantId} and c.id = ${campaignId}`,
  )
  return campaign
}

/** A merchant's campaigns, newest first. */
export async function campaignsOf(db: Database, merchantId: string): Promise<CampaignView[]> {
  return db.run(
    ({ sql }) => sql<CampaignView[]>`
      ${selectCampaigns(sql)} where c.merchant_id = ${merchantId} order by c.created_at desc, c.id desc limit 100`,
  )
}

/** Moves a campaign on; a stopped one stays stopped. Answers whether it changed. */
export async function setCampaignStatus(
  db: Database,
  merchantId: string,
  campaignId: string,
  to: Exclude<CampaignStatus, 'draft'>,
): Promise<boolean> {
  const { id, status, endsAt } = campaigns
  const mayFollow = {
    active: and(inArray(status, ['draft', 'paused']), gt(endsAt, sql`clock_timestamp()`)),
    paused: eq(status, 'active'),
    stopped: ne(status, 'stopped'),
  }
  const changed = await db.run(({ orm }) =>
    orm
      .update(campaigns)
      .set({ status: to, changedAt: sql`clock_timestamp()` })
      .where(and(eq(campaigns.merchantId, merchantId), eq(id, campaignId), mayFollow[to]))
      .returning({ id }),
  )
  return changed.length === 1
}

export type NewTemplate = {
  id: string
  campaignId: string
  storeId?: string | undefined
  name: string
  kind: VoucherKind
  percentBp?: number | undefined
  valueMinor: number
  minSpendMinor: number
  traits: Traits
  quantity: number
  isFallback: boolean
  idempotencyKey?: string | undefined
  requestHash?: string | undefined
}

/**
 * Adds vouchers of one kind to a campaign that is not stopped; what a preset kind can cost at most is
 * booked beside the budget. Answers false when the key was used or there is a preset kind already.
 * @patent 11
 */
export async function addTemplate(
  db: Database,
  merchantId: string,
  template: NewTemplate,
): Promise<boolean> {
  const added = await db.run(
    ({ sql }) => sql`
      with template as (
        insert into voucher_templates (
          merchant_id, id, campaign_id, store_id, name, kind, percent_bp, value_minor, min_spend_minor,
          traits, quantity, is_fallback, idempotency_key, request_hash
        )
        select c.merchant_id, ${template.id}, c.id, ${template.storeId ?? null}, ${template.name},
               ${template.kind}, ${template.percentBp ?? null}::integer, ${template.valueMinor}::bigint,
               ${template.minSpendMinor}::bigint, ${JSON.stringify(template.traits)}::text::jsonb,
               ${template.quantity}::integer, ${template.isFallback}::boolean,
               ${template.idempotencyKey ?? null}, ${template.requestHash ?? null}
        from campaigns c
        where c.merchant_id = ${merchantId} and c.id = ${template.campaignId} and c.status <> 'stopped'
        on conflict do nothing
        returning merchant_id, id, campaign_id, value_minor, quantity, is_fallback
      ), booked as (
        insert into ledger (
          merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor
        )
        select t.merchant_id, t.campaign_id, c.currency, 'fallback', t.id, 'merchant', 'fallback',
               t.value_minor * t.quantity
        from template t join campaigns c on c.merchant_id = t.merchant_id and c.id = t.campaign_id
        where t.is_fallback
      )
      select id from template`,
  )
  return added.length === 1
}

export async function templateByKey(
  db: Database,
  merchantId: string,
  idempotencyKey: string,
): Promise<{ templateId: string; campaignId: string; requestHash: string | null } | undefined> {
  const { id, campaignId, requestHash } = voucherTemplates
  const [template] = await db.run(({ orm }) =>
    orm
      .select({ templateId: id, campaignId, requestHash })
      .from(voucherTemplates)
      .where(
        and(
          eq(voucherTemplates.merchantId, merchantId),
          eq(voucherTemplates.idempotencyKey, idempotencyKey),
        ),
      ),
  )
  return template
}

function selectCampaigns(sql: Connection['sql']) {
  return sql`
    select c.id as campaign_id, c.name, c.status, c.mode, c.currency, c.zone, c.starts_at, c.ends_at,
           c.budget_minor, c.reserved_minor, c.issued_minor, c.slots_per_share, t.templates
    from campaigns c
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
               'templateId', v.id, 'name', v.name, 'kind', v.kind, 'percentBp', v.percent_bp,
               'valueMinor', v.value_minor, 'quantity', v.quantity, 'issued', v.issued,
               'isFallback', v.is_fallback)) order by v.is_fallback, v.id), '[]') as templates
      from voucher_templates v where v.merchant_id = c.merchant_id and v.campaign_id = c.id
    ) t`
}

import { and, eq } from 'drizzle-orm'
import type { CampaignTerms } from '../domain/campaign-terms.ts'
import type { Rule } from '../domain/rule.ts'
import type { CampaignView } from '../domain/views.ts'
import type { Traits } from '../matching/features.ts'
import type { Connection, Database } from './database.ts'
import { campaigns } from './schema/campaigns.ts'

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
  terms: CampaignTerms
  offer: { id: string; title: string; body: string; rule: Rule | null; traits: Traits }
  /** Of the row in the log of changes, and who asked. */
  changeId: string
  by: string
  idempotencyKey?: string | undefined
  requestHash?: string | undefined
}

/** Adds a campaign as a draft with its offer and its budget booked. Answers false when the key was used. */
export async function addCampaign(
  db: Database,
  merchantId: string,
  campaign: NewCampaign,
): Promise<boolean> {
  const { offer, terms } = campaign
  const added = await db.run(
    ({ sql }) => sql`
      with campaign as (
        insert into campaigns (
          merchant_id, id, name, mode, currency, zone, starts_at, ends_at, budget_minor, slots_per_share,
          pot_minor, draw_min_minor, draw_max_minor, share_ttl_seconds, valid_days, sharer_may_claim,
          claim_scope, max_vouchers, day_max_vouchers, day_budget_minor, open_weekdays, open_from_minute,
          open_to_minute, person_limit, person_period, store_ids, on_cancelled_share, on_refund,
          reward_after, reward_for, idempotency_key, request_hash
        ) values (
          ${merchantId}, ${campaign.id}, ${campaign.name}, ${campaign.mode}, ${campaign.currency},
          ${campaign.zone}, ${campaign.startsAt}, ${campaign.endsAt}, ${campaign.budgetMinor},
          ${campaign.slotsPerShare}, ${campaign.potMinor ?? null}, ${campaign.drawMinMinor ?? null},
          ${campaign.drawMaxMinor ?? null}, ${campaign.shareTtlSeconds}, ${campaign.validDays},
          ${campaign.sharerMayClaim}, ${campaign.claimScope}, ${terms.maxVouchers}, ${terms.dayMaxVouchers},
          ${terms.dayBudgetMinor}, ${terms.openWeekdays}, ${terms.openFromMinute}, ${terms.openToMinute},
          ${terms.personLimit}, ${terms.personPeriod}, ${terms.storeIds}::text[],
          ${terms.onCancelledShare}, ${terms.onRefund}, ${terms.rewardAfter}, ${terms.rewardFor},
          ${campaign.idempotencyKey ?? null}, ${campaign.requestHash ?? null}
        )
        on conflict (merchant_id, idempotency_key) where idempotency_key is not null do nothing
        returning merchant_id, id, currency, name, budget_minor, ends_at
      ), offer as (
        insert into offers (merchant_id, id, campaign_id, title, body, rule, traits)
        select merchant_id, ${offer.id}, id, ${offer.title}, ${offer.body},
               ${offer.rule && JSON.stringify(offer.rule)}::text::jsonb, ${JSON.stringify(offer.traits)}::text::jsonb
        from campaign
      ), logged as (
        insert into audit_log (merchant_id, id, subject, subject_id, action, by_id, detail)
        select merchant_id, ${campaign.changeId}, 'campaign', id, 'created', ${campaign.by},
               jsonb_build_object('after', jsonb_build_object(
                 'name', name, 'budget_minor', budget_minor, 'ends_at', ends_at))
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

function selectCampaigns(sql: Connection['sql']) {
  return sql`
    select c.id as campaign_id, c.name, c.status, c.mode, c.currency, c.zone, c.starts_at, c.ends_at,
           c.budget_minor, c.reserved_minor, c.issued_minor, c.issued_count, c.slots_per_share, c.pot_minor,
           c.draw_min_minor, c.draw_max_minor, c.share_ttl_seconds, c.valid_days, c.sharer_may_claim,
           c.claim_scope, c.max_vouchers, c.day_max_vouchers, c.day_budget_minor, c.open_weekdays,
           c.open_from_minute, c.open_to_minute, c.person_limit, c.person_period,
           to_json(c.store_ids) as store_ids, c.on_cancelled_share, c.on_refund, c.reward_after, c.reward_for,
           case when c.day = t.today then c.day_count else 0 end as day_count,
           case when c.day = t.today then c.day_minor else 0 end as day_minor,
           t.offers, t.templates
    from campaigns c
    cross join lateral (
      select (clock_timestamp() at time zone c.zone)::date as today,
        (
          select coalesce(jsonb_agg(jsonb_build_object(
                   'offerId', f.id, 'title', f.title, 'body', f.body, 'rule', f.rule) order by f.id), '[]')
          from offers f where f.merchant_id = c.merchant_id and f.campaign_id = c.id
        ) as offers,
        (
          select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                   'templateId', v.id, 'name', v.name, 'kind', v.kind, 'percentBp', v.percent_bp,
                   'valueMinor', v.value_minor, 'minSpendMinor', v.min_spend_minor, 'quantity', v.quantity,
                   'issued', v.issued, 'isFallback', v.is_fallback, 'isReward', v.is_reward,
                   'storeId', v.store_id, 'storeName', s.name, 'useWeekdays', v.use_weekdays,
                   'useFromMinute', v.use_from_minute, 'useToMinute', v.use_to_minute,
                   'leastBp', v.least_bp, 'mostBp', v.most_bp))
                   order by v.is_fallback or v.is_reward, v.is_reward, v.id), '[]')
          from voucher_templates v
          left join stores s on s.merchant_id = v.merchant_id and s.id = v.store_id
          where v.merchant_id = c.merchant_id and v.campaign_id = c.id
        ) as templates
    ) t`
}

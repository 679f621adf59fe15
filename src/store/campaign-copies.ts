import type { Database } from './database.ts'

export type NewCopy = {
  id: string
  name: string
  startsAt: Date
  endsAt: Date
  /** At least as many as the campaign has kinds of vouchers and offers. */
  templateIds: readonly string[]
  offerIds: readonly string[]
  changeId: string
  by: string
  idempotencyKey?: string | undefined
  requestHash?: string | undefined
}

/**
 * Makes a draft of the same terms, kinds and offers, with a budget of its own and nothing given. Codes
 * that were made beforehand stay with the old one. Answers false when the key was used, when there is no
 * such campaign, or when it has more kinds or offers than ids were given.
 */
export async function copyCampaign(
  db: Database,
  merchantId: string,
  campaignId: string,
  copy: NewCopy,
): Promise<boolean> {
  const added = await db.run(
    ({ sql }) => sql`
      with kinds as materialized (
        select v.*, row_number() over (order by v.id) as n from voucher_templates v
        where v.merchant_id = ${merchantId} and v.campaign_id = ${campaignId}
      ), texts as materialized (
        select f.*, row_number() over (order by f.id) as n from offers f
        where f.merchant_id = ${merchantId} and f.campaign_id = ${campaignId}
      ), campaign as (
        insert into campaigns (
          merchant_id, id, name, mode, currency, zone, starts_at, ends_at, budget_minor, slots_per_share,
          pot_minor, draw_min_minor, draw_max_minor, share_ttl_seconds, valid_days, sharer_may_claim,
          claim_scope, max_vouchers, day_max_vouchers, day_budget_minor, open_weekdays, open_from_minute,
          open_to_minute, person_limit, person_period, store_ids, on_cancelled_share, on_refund,
          reward_after, reward_for, least_bp, idempotency_key, request_hash
        )
        select c.merchant_id, ${copy.id}, ${copy.name}, c.mode, c.currency, c.zone,
               ${copy.startsAt}::timestamptz, ${copy.endsAt}::timestamptz, c.budget_minor, c.slots_per_share,
               c.pot_minor, c.draw_min_minor, c.draw_max_minor, c.share_ttl_seconds, c.valid_days,
               c.sharer_may_claim, c.claim_scope, c.max_vouchers, c.day_max_vouchers, c.day_budget_minor,
               c.open_weekdays, c.open_from_minute, c.open_to_minute, c.person_limit, c.person_period,
               c.store_ids, c.on_cancelled_share, c.on_refund, c.reward_after, c.reward_for, c.least_bp,
               ${copy.idempotencyKey ?? null}, ${copy.requestHash ?? null}
        from campaigns c
        where c.merchant_id = ${merchantId} and c.id = ${campaignId}
          and (select count(*) from kinds) <= ${copy.templateIds.length}::integer
          and (select count(*) from texts) <= ${copy.offerIds.length}::integer
        on conflict (merchant_id, idempotency_key) where idempotency_key is not null do nothing
        returning merchant_id, id, currency, name, budget_minor
      ), templates as (
        insert into voucher_templates (
          merchant_id, id, campaign_id, store_id, name, kind, percent_bp, value_minor, min_spend_minor,
          traits, quantity, is_fallback, is_reward, use_weekdays, use_from_minute, use_to_minute,
          least_bp, most_bp
        )
        select c.merchant_id, (${copy.templateIds as string[]}::text[])[k.n], c.id, k.store_id, k.name,
               k.kind, k.percent_bp, k.value_minor, k.min_spend_minor, k.traits, k.quantity, k.is_fallback,
               k.is_reward, k.use_weekdays, k.use_from_minute, k.use_to_minute, k.least_bp, k.most_bp
        from campaign c cross join kinds k
        returning merchant_id, id, campaign_id, value_minor, quantity, is_fallback, is_reward
      ), offer as (
        insert into offers (merchant_id, id, campaign_id, title, body, rule, traits)
        select c.merchant_id, (${copy.offerIds as string[]}::text[])[x.n], c.id, x.title, x.body, x.rule, x.traits
        from campaign c cross join texts x
      ), logged as (
        insert into audit_log (merchant_id, id, subject, subject_id, action, by_id, detail)
        select c.merchant_id, ${copy.changeId}, 'campaign', c.id, 'copied', ${copy.by},
               jsonb_build_object('after', jsonb_build_object(
                 'name', c.name, 'budget_minor', c.budget_minor, 'copy_of', ${campaignId}::text))
        from campaign c
      ), booked as (
        insert into ledger (
          merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor
        )
        select t.merchant_id, t.campaign_id, c.currency, a.account, t.id, 'merchant', a.account,
               t.value_minor * t.quantity
        from templates t
        join campaign c on c.merchant_id = t.merchant_id and c.id = t.campaign_id
        cross join lateral (
          select case when t.is_fallback then 'fallback' when t.is_reward then 'reward' end as account
        ) a
        where a.account is not null
      )
      insert into ledger (
        merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor
      )
      select c.merchant_id, c.id, c.currency, 'campaign', c.id, 'merchant', 'available', c.budget_minor
      from campaign c
      returning cause_id`,
  )
  return added.length === 1
}

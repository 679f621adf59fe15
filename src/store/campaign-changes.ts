import type { CampaignTerms } from '../domain/campaign-terms.ts'
import type { Rule } from '../domain/rule.ts'
import type { CampaignStatus } from '../domain/views.ts'
import type { Database } from './database.ts'

/** The row of the log that a change writes, and the request that it answers: asked again, it does nothing. */
export type Logged = {
  changeId: string
  by: string
  requestId?: string | undefined
  requestHash?: string | undefined
}

export type CampaignChange = Partial<
  CampaignTerms & {
    name: string
    startsAt: Date
    endsAt: Date
    budgetMinor: number
    validDays: number
    shareTtlSeconds: number
    sharerMayClaim: boolean
    /** What is said of it, and with which orders it is shown. */
    offer: { title?: string; body?: string; rule?: Rule | null }
  }
>

/** `fault` says why nothing was changed, `used` how much is used of what was to be lowered. */
export type Changed = { fault: string | null; used: number | null; changeId: string | null }

/**
 * Changes what a campaign is to do from now on. Nothing goes below what is used: the row is locked and
 * judged as it was locked. A budget that is raised or lowered is booked under the change's id.
 */
export async function changeTerms(
  db: Database,
  merchantId: string,
  campaignId: string,
  change: CampaignChange,
  { changeId, by, requestId, requestHash }: Logged,
): Promise<Changed | undefined> {
  const { offer = {}, ...terms } = change
  const wanted = JSON.stringify(inColumns(terms))
  const said = JSON.stringify(offer)
  const [changed] = await db.run(
    ({ sql }) => sql<Changed[]>`
      with wanted as materialized (
        select c as was, jsonb_populate_record(c, ${wanted}::text::jsonb) as new,
               (clock_timestamp() at time zone c.zone)::date as today
        from campaigns c where c.merchant_id = ${merchantId} and c.id = ${campaignId}
        for update
      ), offer as materialized (
        select f as was, jsonb_populate_record(f, ${said}::text::jsonb) as new
        from offers f
        where f.merchant_id = ${merchantId} and f.campaign_id = ${campaignId} and ${said}::text <> '{}'
        order by f.id limit 1 for update
      ), counted as (
        select w.*, (w.was).reserved_minor + (w.was).issued_minor as spent_minor,
               case when (w.was).day = w.today then (w.was).day_count else 0 end as day_count,
               case when (w.was).day = w.today then (w.was).day_minor else 0 end as day_minor
        from wanted w
      ), judged as (
        select w.*, f.fault,
               case f.fault when 'below_used_budget' then w.spent_minor
                 when 'below_used_vouchers' then (w.was).issued_count
                 when 'below_used_day_vouchers' then w.day_count
                 when 'below_used_day_budget' then w.day_minor end as used,
               d.before, d.after
        from counted w
        cross join lateral (
          select case
            when (w.was).status = 'stopped' then 'stopped'
            when (w.new).starts_at <> (w.was).starts_at and (w.was).status <> 'draft' then 'started'
            when (w.new).ends_at <= (w.new).starts_at then 'ends_before_start'
            when (w.new).ends_at <> (w.was).ends_at and (w.new).ends_at <= clock_timestamp() then 'over'
            when (w.new).budget_minor < w.spent_minor then 'below_used_budget'
            when (w.new).max_vouchers < (w.was).issued_count then 'below_used_vouchers'
            when (w.new).day_max_vouchers < w.day_count then 'below_used_day_vouchers'
            when (w.new).day_budget_minor < w.day_minor then 'below_used_day_budget'
            when (w.new).open_from_minute = (w.new).open_to_minute then 'hours_empty'
            when (w.was).status <> 'draft' and cardinality((w.new).store_ids) > 0
              and ((w.was).store_ids = '{}' or not (w.was).store_ids <@ (w.new).store_ids) then 'stores_promised'
            when cardinality((w.new).store_ids) > 0 and exists (
              select from voucher_templates v
              where v.merchant_id = (w.was).merchant_id and v.campaign_id = (w.was).id
                and v.store_id <> all ((w.new).store_ids)
            ) then 'stores_of_vouchers'
          end as fault
        ) f
        cross join lateral (
          select jsonb_object_agg(x.key, x.was) as before, jsonb_object_agg(x.key, x.new) as after
          from (
            select key, to_jsonb(w.was) -> key as was, to_jsonb(w.new) -> key as new
            from jsonb_object_keys(${wanted}::text::jsonb) key
            union all
            select 'offer_' || key, to_jsonb(o.was) -> key, to_jsonb(o.new) -> key
            from offer o, jsonb_object_keys(${said}::text::jsonb) key
          ) x
          where x.was is distinct from x.new
        ) d
      ), logged as (
        insert into audit_log (merchant_id, id, subject, subject_id, action, by_id, detail, request_id)
        select (j.was).merchant_id, ${changeId}, 'campaign', (j.was).id, 'changed', ${by},
               jsonb_build_object(
                 'before', j.before, 'after', j.after, 'request_hash', ${requestHash ?? null}::text),
               ${requestId ?? null}
        from judged j where j.fault is null and j.after is not null
        on conflict (merchant_id, request_id) where request_id is not null do nothing
        returning id
      ), changed as (
        update campaigns x set
          name = (j.new).name, starts_at = (j.new).starts_at, ends_at = (j.new).ends_at,
          budget_minor = (j.new).budget_minor, valid_days = (j.new).valid_days,
          share_ttl_seconds = (j.new).share_ttl_seconds, sharer_may_claim = (j.new).sharer_may_claim,
          max_vouchers = (j.new).max_vouchers, day_max_vouchers = (j.new).day_max_vouchers,
          day_budget_minor = (j.new).day_budget_minor, open_weekdays = (j.new).open_weekdays,
          open_from_minute = (j.new).open_from_minute, open_to_minute = (j.new).open_to_minute,
          person_limit = (j.new).person_limit, person_period = (j.new).person_period,
          store_ids = (j.new).store_ids, on_cancelled_share = (j.new).on_cancelled_share,
          on_refund = (j.new).on_refund, reward_after = (j.new).reward_after,
          reward_for = (j.new).reward_for, day = j.today, day_count = j.day_count,
          day_minor = j.day_minor, changed_at = clock_timestamp()
        from judged j, logged l
        where x.merchant_id = (j.was).merchant_id and x.id = (j.was).id
      ), said as (
        update offers x set title = (o.new).title, body = (o.new).body, rule = (o.new).rule
        from offer o, logged l
        where x.merchant_id = (o.was).merchant_id and x.id = (o.was).id
      ), booked as (
        insert into ledger (
          merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor
        )
        select (j.was).merchant_id, (j.was).id, (j.was).currency, 'budget', l.id,
               case when d.more > 0 then 'merchant' else 'available' end,
               case when d.more > 0 then 'available' else 'merchant' end, abs(d.more)
        from judged j cross join logged l
        cross join lateral (select (j.new).budget_minor - (j.was).budget_minor as more) d
        where d.more <> 0
      )
      select j.fault, j.used, l.id as change_id from judged j left join logged l on true`,
  )
  return changed
}

/** Starts, resumes, pauses or stops a campaign; a stopped one stays stopped. */
export async function setCampaignStatus(
  db: Database,
  merchantId: string,
  campaignId: string,
  to: Exclude<CampaignStatus, 'draft'>,
  { changeId, by, requestId, requestHash }: Logged,
): Promise<(Changed & { name: string; status: CampaignStatus }) | undefined> {
  const [changed] = await db.run(
    ({ sql }) => sql<(Changed & { name: string; status: CampaignStatus })[]>`
      with before as materialized (
        select c.merchant_id, c.id, c.name, c.status, c.ends_at, c.reward_after
        from campaigns c where c.merchant_id = ${merchantId} and c.id = ${campaignId}
        for update
      ), judged as (
        select b.*, case
          when b.status = ${to} then 'unchanged'
          when b.status = 'stopped' then 'stopped'
          when ${to} = 'paused' and b.status = 'draft' then 'draft'
          when ${to} = 'active' and b.ends_at <= clock_timestamp() then 'over'
          when ${to} = 'active' and not exists (
            select from voucher_templates v
            where v.merchant_id = b.merchant_id and v.campaign_id = b.id
              and not v.is_fallback and not v.is_reward
          ) then 'no_vouchers'
          when ${to} = 'active' and b.reward_after is not null and not exists (
            select from voucher_templates v
            where v.merchant_id = b.merchant_id and v.campaign_id = b.id and v.is_reward
          ) then 'no_reward'
        end as fault
        from before b
      ), logged as (
        insert into audit_log (merchant_id, id, subject, subject_id, action, by_id, detail, request_id)
        select j.merchant_id, ${changeId}, 'campaign', j.id,
               case ${to} when 'active' then case j.status when 'draft' then 'started' else 'resumed' end
                 else ${to} end,
               ${by},
               jsonb_build_object(
                 'before', jsonb_build_object('status', j.status),
                 'after', jsonb_build_object('status', ${to}::text),
                 'request_hash', ${requestHash ?? null}::text),
               ${requestId ?? null}
        from judged j where j.fault is null
        on conflict (merchant_id, request_id) where request_id is not null do nothing
        returning id
      ), changed as (
        update campaigns x set status = ${to}, changed_at = clock_timestamp()
        from judged j, logged l where x.merchant_id = j.merchant_id and x.id = j.id
      )
      select j.fault, null::bigint as used, l.id as change_id, j.name, j.status
      from judged j left join logged l on true`,
  )
  return changed
}

/** How many there are of a kind, and how often the model may choose it, in basis points. */
export type TemplateChange = { quantity?: number; leastBp?: number; mostBp?: number }

/**
 * Raises or lowers how many there are of a kind, never below what is given, and how often the model may
 * choose it; the least of all kinds of a campaign come to 100 % at most. What it can cost is booked with it.
 */
export async function setTemplate(
  db: Database,
  merchantId: string,
  templateId: string,
  change: TemplateChange,
  { changeId, by, requestId, requestHash }: Logged,
): Promise<(Changed & { name: string; campaignId: string }) | undefined> {
  const wanted = JSON.stringify(inColumns(change))
  const [changed] = await db.run(
    ({ sql }) => sql<(Changed & { name: string; campaignId: string })[]>`
      with campaign as materialized (
        select c.merchant_id, c.id, c.status, c.currency, c.least_bp
        from campaigns c
        where c.merchant_id = ${merchantId} and c.id = (
          select t.campaign_id from voucher_templates t
          where t.merchant_id = ${merchantId} and t.id = ${templateId}
        )
        for update
      ), before as materialized (
        select t as was, jsonb_populate_record(t, ${wanted}::text::jsonb) as new, c.status, c.currency,
               c.least_bp, case when t.is_fallback then 'fallback' when t.is_reward then 'reward' end as account
        from voucher_templates t
        join campaign c on c.merchant_id = t.merchant_id and c.id = t.campaign_id
        where t.merchant_id = ${merchantId} and t.id = ${templateId}
        for update of t
      ), judged as (
        select b.*, (b.new).quantity - (b.was).quantity as more, (b.new).least_bp - (b.was).least_bp as more_bp,
               d.before, d.after, case
          when b.status = 'stopped' then 'stopped'
          when (b.new).quantity < (b.was).issued then 'below_used_quantity'
          when b.account is not null and ((b.new).least_bp > 0 or (b.new).most_bp < 10000) then 'no_choice'
          when (b.new).least_bp > (b.new).most_bp then 'least_above_most'
          when b.least_bp + (b.new).least_bp - (b.was).least_bp > 10000 then 'leasts_above_all'
        end as fault
        from before b
        cross join lateral (
          select jsonb_object_agg(key, to_jsonb(b.was) -> key) as before,
                 jsonb_object_agg(key, to_jsonb(b.new) -> key) as after
          from jsonb_object_keys(${wanted}::text::jsonb) key
          where to_jsonb(b.was) -> key is distinct from to_jsonb(b.new) -> key
        ) d
      ), logged as (
        insert into audit_log (merchant_id, id, subject, subject_id, action, by_id, detail, request_id)
        select (j.was).merchant_id, ${changeId}, 'template', (j.was).id, 'changed', ${by},
               jsonb_build_object(
                 'before', j.before, 'after', j.after, 'request_hash', ${requestHash ?? null}::text),
               ${requestId ?? null}
        from judged j where j.fault is null and j.after is not null
        on conflict (merchant_id, request_id) where request_id is not null do nothing
        returning id
      ), changed as (
        update voucher_templates x set
          quantity = (j.new).quantity, least_bp = (j.new).least_bp, most_bp = (j.new).most_bp
        from judged j, logged l where x.merchant_id = (j.was).merchant_id and x.id = (j.was).id
      ), counted as (
        update campaigns x set least_bp = x.least_bp + j.more_bp
        from judged j, logged l
        where x.merchant_id = (j.was).merchant_id and x.id = (j.was).campaign_id and j.more_bp <> 0
      ), booked as (
        insert into ledger (
          merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor
        )
        select (j.was).merchant_id, (j.was).campaign_id, j.currency, j.account, l.id,
               case when j.more > 0 then 'merchant' else j.account end,
               case when j.more > 0 then j.account else 'merchant' end,
               abs(j.more::bigint) * (j.was).value_minor
        from judged j cross join logged l where j.account is not null and j.more <> 0
      )
      select j.fault, case when j.fault = 'below_used_quantity' then (j.was).issued::bigint end as used,
             l.id as change_id, (j.was).name, (j.was).campaign_id
      from judged j left join logged l on true`,
  )
  return changed
}

/** The columns that a change speaks of. */
export function inColumns(change: object): Record<string, unknown> {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    given.map(([name, value]) => [name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`), value]),
  )
}

import { and, eq } from 'drizzle-orm'
import type { Hours } from '../domain/campaign-terms.ts'
import type { VoucherKind } from '../domain/views.ts'
import type { Traits } from '../matching/features.ts'
import type { Database } from './database.ts'
import { voucherTemplates } from './schema/campaigns.ts'

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
  isReward: boolean
  /** When it can be spent. */
  use: Hours
  /** How often the model may choose it, in basis points. */
  leastBp: number
  mostBp: number
  changeId: string
  by: string
  idempotencyKey?: string | undefined
  requestHash?: string | undefined
}

/**
 * Adds vouchers of one kind to a campaign that is not stopped and has their store; what a preset kind or
 * the sharer's can cost at most is booked beside the budget. Answers false when the key was used, when
 * there is such a kind already, or when the campaign's kinds must be chosen in more than 100 % of cases.
 * @patent 11
 */
export async function addTemplate(
  db: Database,
  merchantId: string,
  template: NewTemplate,
): Promise<boolean> {
  const { use } = template
  const added = await db.run(
    ({ sql }) => sql`
      with campaign as materialized (
        select c.merchant_id, c.id, c.store_ids from campaigns c
        where c.merchant_id = ${merchantId} and c.id = ${template.campaignId} and c.status <> 'stopped'
          and c.least_bp + ${template.leastBp}::integer <= 10000
        for update
      ), template as (
        insert into voucher_templates (
          merchant_id, id, campaign_id, store_id, name, kind, percent_bp, value_minor, min_spend_minor,
          traits, quantity, is_fallback, is_reward, use_weekdays, use_from_minute, use_to_minute,
          least_bp, most_bp, idempotency_key, request_hash
        )
        select c.merchant_id, ${template.id}, c.id, ${template.storeId ?? null}, ${template.name},
               ${template.kind}, ${template.percentBp ?? null}::integer, ${template.valueMinor}::bigint,
               ${template.minSpendMinor}::bigint, ${JSON.stringify(template.traits)}::text::jsonb,
               ${template.quantity}::integer, ${template.isFallback}::boolean, ${template.isReward}::boolean,
               ${use.weekdays}::smallint, ${use.fromMinute}::smallint, ${use.toMinute}::smallint,
               ${template.leastBp}::integer, ${template.mostBp}::integer,
               ${template.idempotencyKey ?? null}, ${template.requestHash ?? null}
        from campaign c
        where c.store_ids = '{}' or ${template.storeId ?? null}::text is null
          or ${template.storeId ?? null}::text = any (c.store_ids)
        on conflict do nothing
        returning merchant_id, id, campaign_id, name, value_minor, quantity, is_fallback, is_reward, least_bp
      ), counted as (
        update campaigns x set least_bp = x.least_bp + t.least_bp
        from template t where x.merchant_id = t.merchant_id and x.id = t.campaign_id and t.least_bp > 0
      ), logged as (
        insert into audit_log (merchant_id, id, subject, subject_id, action, by_id, detail)
        select merchant_id, ${template.changeId}, 'template', id, 'created', ${template.by},
               jsonb_build_object('after', jsonb_build_object(
                 'name', name, 'quantity', quantity, 'value_minor', value_minor))
        from template
      ), booked as (
        insert into ledger (
          merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor
        )
        select t.merchant_id, t.campaign_id, c.currency, a.account, t.id, 'merchant', a.account,
               t.value_minor * t.quantity
        from template t
        join campaigns c on c.merchant_id = t.merchant_id and c.id = t.campaign_id
        cross join lateral (
          select case when t.is_fallback then 'fallback' when t.is_reward then 'reward' end as account
        ) a
        where a.account is not null
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

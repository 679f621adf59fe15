import type postgres from 'postgres'

import { FIRST_PERSON } from './ground.ts'
import type { Place } from './places.ts'

/**
 * Fills shares with claims as if people 0 … count-1 had asked for each of them long ago: every row and
 * counter that claim_vouchers writes, so that `passalong audit` finds nothing. Each share must be of a
 * campaign of its own, and unopened.
 */
export async function fillVouchers(
  sql: postgres.Sql,
  places: readonly Place[],
  count: number,
): Promise<void> {
  for (const place of places) await fillShare(sql, place, count)
}

async function fillShare(sql: postgres.Sql, place: Place, count: number): Promise<void> {
  const { merchantId, campaignId, templateId, shareId } = place
  const last = FIRST_PERSON + count - 1
  // ids sort by time, and chance ends them; codes are chance alone
  await sql`
    with given as materialized (
      select 'telegram:' || p as person_id,
             right(${shareId}, 12) || lpad(to_hex(p), 8, '0') as id,
             upper(left(md5(${shareId} || p), 13)) as code
      from generate_series(${FIRST_PERSON}::bigint, ${last}::bigint) p
    ), claimed as (
      insert into claims (
        merchant_id, id, campaign_id, share_id, person_id, result, voucher_id, claimed_at
      )
      select ${merchantId}, 'clm_' || id, ${campaignId}, ${shareId}, person_id, 'allocated', 'vch_' || id,
             clock_timestamp()
      from given
    ), issued as (
      insert into vouchers (
        merchant_id, id, campaign_id, template_id, claim_id, holder_id, code, value_minor, issued_at, expires_at
      )
      select ${merchantId}, 'vch_' || id, ${campaignId}, ${templateId}, 'clm_' || id, person_id, code, 500,
             clock_timestamp(), clock_timestamp() + interval '30 days'
      from given
    ), booked as (
      insert into ledger (
        merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor
      )
      select ${merchantId}, ${campaignId}, 'GBP', 'voucher', 'vch_' || id, 'available', 'issued', 500 from given
    ), decided as (
      insert into decisions (
        merchant_id, point, subject_id, person_id, candidates, chosen_id, chosen_by, propensity, reasons,
        model, learnable
      )
      select ${merchantId}, 'voucher', 'clm_' || id, person_id,
             jsonb_build_array(jsonb_build_object('id', ${templateId}::text, 'probability', 0.9)),
             ${templateId}, 'draw', 0.9, '[{"why": "random"}]', '', false
      from given
    ), told as (
      insert into outbox (merchant_id, id, kind, person_id, payload, attempts, sent_at)
      select ${merchantId}, 'voucher:vch_' || id, 'voucher_issued', person_id,
             jsonb_build_object('voucherId', 'vch_' || id), 1, clock_timestamp()
      from given
    ), opened as (
      insert into usage_events (merchant_id, kind, subject_id, person_id, campaign_id)
      select ${merchantId}, 'share_opened', ${shareId}, person_id, ${campaignId} from given
    ), known as (
      insert into memberships (person_id, merchant_id) select person_id, ${merchantId} from given
      on conflict do nothing
    )
    insert into customers (merchant_id, person_id) select ${merchantId}, person_id from given
    on conflict do nothing`
  await sql`
    update shares set status = 'open', opened_at = clock_timestamp(), taken = ${count}
    where merchant_id = ${merchantId} and id = ${shareId}`
  await sql`
    update voucher_templates set issued = ${count}
    where merchant_id = ${merchantId} and id = ${templateId}`
  await sql`
    update campaigns set
      issued_minor = ${count * 500}, issued_count = ${count},
      day = (clock_timestamp() at time zone zone)::date, day_minor = ${count * 500}, day_count = ${count}
    where merchant_id = ${merchantId} and id = ${campaignId}`
}

import type postgres from 'postgres'

export type PastCampaign = {
  merchantId: string
  storeId: string
  campaignId: string
  templateId: string
  offerId: string
}

const PER_SHARE = 20
const DAYS = 200

/**
 * Fills a campaign as if so many vouchers had been claimed in the last 200 days, twenty of each share, a
 * third of them spent and a quarter as many people refused: what numbers are counted from, in the order of
 * its time, as it would have been written.
 */
export async function fillPast(
  sql: postgres.Sql,
  { merchantId, storeId, campaignId, templateId, offerId }: PastCampaign,
  vouchers: number,
): Promise<void> {
  const tail = campaignId.slice(-8)
  const shares = Math.ceil(vouchers / PER_SHARE)
  const id = (kind: string, n: postgres.Fragment) =>
    sql`${`${kind}_${tail}`}::text || lpad((${n})::text, 12, '0')`
  const n = sql`n`
  const share = sql`1 + n / ${PER_SHARE}::integer`
  const at = sql`clock_timestamp() - (${vouchers}::integer - n) * make_interval(secs => ${(DAYS * 86_400) / vouchers}::float8)`
  const shareAt = sql`clock_timestamp() - (${shares}::integer - n) * make_interval(secs => ${(DAYS * 86_400) / shares}::float8)`

  await sql`
    insert into orders (
      merchant_id, id, source_id, store_id, placed_at, currency, total_minor, lines, content_hash, reference, pin_sealed
    )
    select ${merchantId}, ${id('ord', n)}, ${tail} || '-' || n, ${storeId}, ${shareAt}, 'GBP', 2000, '[]', 'h',
           ${tail} || n, 'p'
    from generate_series(1, ${shares}::integer) n`
  await sql`
    insert into shares (
      merchant_id, id, campaign_id, offer_id, order_id, sharer_id, status, slots, taken, seed, seed_hash, reference,
      expires_at, created_at
    )
    select ${merchantId}, ${id('shr', n)}, ${campaignId}, ${offerId}, ${id('ord', n)}, 'telegram:' || n % 10000,
           'exhausted', ${PER_SHARE}::integer, ${PER_SHARE}::integer, 's', 'h', ${tail} || '-' || n, ${shareAt}, ${shareAt}
    from generate_series(1, ${shares}::integer) n`
  await sql`
    insert into usage_events (merchant_id, kind, subject_id, person_id, campaign_id, happened_at)
    select ${merchantId}, kind,
           case kind when 'order_queried' then ${id('ord', n)} when 'offer_shown' then ${id('ord', n)} || ':' || ${offerId}::text
                     else ${id('shr', n)} end,
           'telegram:' || n % 10000, nullif(${campaignId}, case kind when 'order_queried' then ${campaignId} end), ${shareAt}
    from generate_series(1, ${shares}::integer) n
    cross join unnest(array['order_queried', 'offer_shown', 'offer_shared']) kind`
  await sql`
    insert into usage_events (merchant_id, kind, subject_id, person_id, campaign_id, reason, happened_at)
    select ${merchantId}, kind, ${id('shr', share)}, 'telegram:late' || n, ${campaignId}, 'share_used_up', ${at}
    from generate_series(0, ${vouchers - 1}::integer, 4) n cross join unnest(array['share_opened', 'claim_refused']) kind`
  await sql`
    insert into claims (merchant_id, id, campaign_id, share_id, person_id, result, voucher_id, claimed_at)
    select ${merchantId}, ${id('clm', n)}, ${campaignId}, ${id('shr', share)}, 'telegram:' || n, 'allocated',
           ${id('vch', n)}, ${at}
    from generate_series(0, ${vouchers - 1}::integer) n`
  await sql`
    insert into vouchers (
      merchant_id, id, campaign_id, template_id, claim_id, holder_id, code, value_minor, redeemed_minor, status,
      issued_at, expires_at
    )
    select ${merchantId}, ${id('vch', n)}, ${campaignId}, ${templateId}, ${id('clm', n)}, 'telegram:' || n,
           upper(left(md5(${tail} || n), 13)), 500, case n % 3 when 0 then 500 else 0 end,
           case n % 3 when 0 then 'redeemed' else 'issued' end, ${at}, clock_timestamp() + interval '30 days'
    from generate_series(0, ${vouchers - 1}::integer) n`
  await sql`
    insert into redemptions (
      merchant_id, id, voucher_id, request_id, request_hash, amount_minor, balance_after_minor, redeemed_by, store_id,
      redeemed_at, order_minor
    )
    select ${merchantId}, ${id('rdm', n)}, ${id('vch', n)}, ${tail} || n, 'h', 500, 0, 'api', ${storeId}, ${at}, 2000
    from generate_series(0, ${vouchers - 1}::integer, 3) n`
  await sql`
    insert into ledger (
      merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor, booked_at
    )
    select ${merchantId}, ${campaignId}, 'GBP', cause,
           case cause when 'voucher' then ${id('vch', n)} else ${id('rdm', n)} end, from_account, to_account, 500, ${at}
    from generate_series(0, ${vouchers - 1}::integer) n
    join (values ('voucher', 'available', 'issued'), ('redemption', 'issued', 'redeemed'))
      entry (cause, from_account, to_account) on cause = 'voucher' or n % 3 = 0`
}

import type { Hours } from '../domain/campaign-terms.ts'
import type { VoucherView } from '../domain/views.ts'
import type { Connection, Database } from './database.ts'

export type StoredVoucher = Omit<
  VoucherView,
  'percentBp' | 'storeName' | 'storeAddress' | 'storeNames' | 'hours' | 'heldMinor'
> & {
  storeNames: string[] | null
  hours: Hours | null
  percentBp: number | null
  heldMinor: number
  storeName: string | null
  storeAddress: string | null
  holderId: string
  campaignId: string
  templateId: string
  claimId: string
}

export async function vouchersByIds(
  db: Database,
  merchantId: string,
  voucherIds: readonly string[],
): Promise<StoredVoucher[]> {
  return db.run(
    ({ sql }) => sql<StoredVoucher[]>`
      ${selectVouchers(sql)} where v.merchant_id = ${merchantId} and v.id = any (${voucherIds as string[]})`,
  )
}

/** @param codes spellings of what was typed, the likeliest first */
export async function voucherByCode(
  db: Database,
  merchantId: string,
  codes: string[],
): Promise<StoredVoucher | undefined> {
  const [voucher] = await db.run(
    ({ sql }) => sql<StoredVoucher[]>`
      ${selectVouchers(sql)} where v.merchant_id = ${merchantId} and v.code = any (${codes}::text[])
      order by array_position(${codes}::text[], v.code) limit 1`,
  )
  return voucher
}

/** A person's vouchers at all their merchants: those to spend first, soonest to expire; then the others. */
export async function vouchersOf(db: Database, personId: string): Promise<StoredVoucher[]> {
  return db.run(
    ({ sql }) => sql<StoredVoucher[]>`
      ${selectVouchers(sql)}
      where v.merchant_id in (select merchant_id from memberships where person_id = ${personId})
        and v.holder_id = ${personId}
      order by (v.status in ('issued', 'held', 'partially_redeemed') and v.expires_at > clock_timestamp()) desc,
               v.expires_at, v.id
      limit 100`,
  )
}

/** Merchants that have vouchers past their end. */
export async function merchantsWithDueVouchers(db: Database): Promise<string[]> {
  const merchants = await db.run(
    ({ sql }) => sql<{ id: string }[]>`
      select m.id from merchants m where exists (
        select from vouchers v
        where v.merchant_id = m.id and v.status in ('issued', 'held', 'partially_redeemed')
          and v.expires_at <= clock_timestamp()
      )`,
  )
  return merchants.map(({ id }) => id)
}

/** Expires due vouchers of a merchant and books their rest; answers how many, at most `limit`. */
export async function expireVouchers(
  db: Database,
  merchantId: string,
  limit: number,
): Promise<number> {
  const [row] = await db.run(
    ({ sql }) => sql<{ count: number }[]>`select expire_vouchers(${merchantId}, ${limit}) as count`,
  )
  return row?.count ?? 0
}

function selectVouchers(sql: Connection['sql']) {
  return sql`
    select v.merchant_id, m.name as merchant_name, v.id as voucher_id, v.code, t.name, t.kind, t.percent_bp,
           v.value_minor, v.value_minor - v.redeemed_minor - v.unused_minor as balance_minor, c.currency,
           kept.amount as held_minor, t.min_spend_minor, s.name as store_name, s.address as store_address,
           case when t.store_id is null and cardinality(c.store_ids) > 0 then (
             select json_agg(x.name order by x.name) from stores x
             where x.merchant_id = v.merchant_id and x.id = any (c.store_ids)
           ) end as store_names,
           case when (t.use_weekdays, t.use_from_minute, t.use_to_minute) <> (127, 0, 1440)
             then json_build_object(
               'weekdays', t.use_weekdays, 'fromMinute', t.use_from_minute, 'toMinute', t.use_to_minute
             ) end as hours,
           case when v.status in ('issued', 'held', 'partially_redeemed') and v.expires_at <= clock_timestamp()
                then 'expired'
                else status_of_voucher(v.status, v.value_minor, v.redeemed_minor, v.unused_minor, kept.amount)
           end as status,
           v.issued_at, v.expires_at, coalesce(s.zone, c.zone) as zone, v.holder_id, v.campaign_id, v.template_id, v.claim_id
    from vouchers v
    join merchants m on m.id = v.merchant_id
    join voucher_templates t on t.merchant_id = v.merchant_id and t.id = v.template_id
    join campaigns c on c.merchant_id = v.merchant_id and c.id = v.campaign_id
    left join stores s on s.merchant_id = v.merchant_id and s.id = t.store_id
    cross join lateral (
      select case when v.held_minor = 0 then 0 else held_at(v.merchant_id, v.id, clock_timestamp()) end as amount
    ) kept`
}

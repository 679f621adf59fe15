import type { Database } from './database.ts'

/** A running campaign of which vouchers were given since its price was reckoned; amounts are minor units. */
export type CampaignToPace = {
  campaignId: string
  lambda: number
  seenCount: number
  seenMinor: number
  issuedCount: number
  issuedMinor: number
  leftMinor: number
  /** How many more it will give, if it goes on as it did so far. */
  leftCount: number
}

/** Only what the campaign's budget pays for counts. */
export async function campaignsToPace(db: Database, merchantId: string): Promise<CampaignToPace[]> {
  return db.run(
    ({ sql }) => sql<CampaignToPace[]>`
      select c.id as campaign_id, coalesce(p.lambda, 0) as lambda, coalesce(p.seen_count, 0) as seen_count,
             coalesce(p.seen_minor, 0) as seen_minor, c.issued_count::bigint as issued_count, c.issued_minor,
             c.budget_minor - c.issued_minor - c.reserved_minor as left_minor,
             least(
               c.issued_count * extract(epoch from c.ends_at - t.now)
                 / greatest(3600, extract(epoch from t.now - greatest(c.starts_at, c.created_at))),
               c.max_vouchers - c.issued_count, 1e9
             )::bigint as left_count
      from (select clock_timestamp() as now) t
      join campaigns c on c.merchant_id = ${merchantId} and c.status = 'active' and c.mode = 'matched'
        and c.starts_at <= t.now and t.now < c.ends_at
      left join pacings p on p.merchant_id = ${merchantId} and p.campaign_id = c.id
      where c.issued_count > coalesce(p.seen_count, 0)
      order by c.id`,
  )
}

/** Keeps a campaign's price, unless somebody else has reckoned it meanwhile. */
export async function keepPrice(
  db: Database,
  merchantId: string,
  { campaignId, seenCount, issuedCount, issuedMinor }: CampaignToPace,
  lambda: number,
): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      insert into pacings (merchant_id, campaign_id, lambda, seen_count, seen_minor)
      values (${merchantId}, ${campaignId}, ${lambda}, ${issuedCount}, ${issuedMinor})
      on conflict (merchant_id, campaign_id) do update set
        lambda = excluded.lambda, seen_count = excluded.seen_count, seen_minor = excluded.seen_minor,
        paced_at = clock_timestamp()
      where pacings.seen_count = ${seenCount}`,
  )
}

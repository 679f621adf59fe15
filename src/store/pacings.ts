import type { Database } from './database.ts'

/** A running campaign of which vouchers were given since its price was reckoned; amounts are minor units. */
export type CampaignToPace = {
  campaignId: string
  lambda: number
  seenCount: number
  seenMinor: number
  /** Those that were decided: what the budget paid for, and what it did not, so that it lasts. */
  decidedCount: number
  issuedCount: number
  issuedMinor: number
  leftMinor: number
  /** How many it gives in a day, as lately; and how many more it will give if it goes on like that. */
  pace: number
  leftCount: number
}

/** What is so many days past counts a third in the pace. */
const MEMORY_DAYS = 2

export async function campaignsToPace(db: Database, merchantId: string): Promise<CampaignToPace[]> {
  return db.run(
    ({ sql }) => sql<CampaignToPace[]>`
      select c.id as campaign_id, coalesce(p.lambda, 0) as lambda, coalesce(p.seen_count, 0) as seen_count,
             coalesce(p.seen_minor, 0) as seen_minor, c.issued_count::bigint as issued_count, c.issued_minor,
             g.decided_count,
             c.budget_minor - c.issued_minor - c.reserved_minor as left_minor,
             g.pace, least(
               g.pace * extract(epoch from c.ends_at - t.now) / 86400
                 -- a campaign that is young has not been counted for long
                 / (1 - exp(- greatest(1, extract(epoch from t.now - greatest(c.starts_at, c.created_at)) / 86400)
                              / ${MEMORY_DAYS}::integer)),
               1e9
             )::bigint as left_count
      from (select clock_timestamp() as now) t
      join campaigns c on c.merchant_id = ${merchantId} and c.status = 'active' and c.mode = 'matched'
        and c.starts_at <= t.now and t.now < c.ends_at
      left join pacings p on p.merchant_id = ${merchantId} and p.campaign_id = c.id
      cross join lateral (
        select c.issued_count::bigint + c.paced_count as decided_count,
               greatest(1.0 / 1440, extract(epoch from
                 t.now - coalesce(p.paced_at, greatest(c.starts_at, c.created_at))
               ) / 86400) as days
      ) n
      cross join lateral (
        select n.decided_count,
               coalesce(p.pace, 0) * exp(- n.days / ${MEMORY_DAYS}::integer)
                 + (n.decided_count - coalesce(p.seen_count, 0)) / n.days
                   * (1 - exp(- n.days / ${MEMORY_DAYS}::integer)) as pace
      ) g
      where g.decided_count > coalesce(p.seen_count, 0)
      order by c.id`,
  )
}

/** Keeps a campaign's price, unless somebody else has reckoned it meanwhile. */
export async function keepPrice(
  db: Database,
  merchantId: string,
  { campaignId, seenCount, decidedCount, issuedMinor, pace }: CampaignToPace,
  lambda: number,
): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      insert into pacings (merchant_id, campaign_id, lambda, seen_count, seen_minor, pace)
      values (
        ${merchantId}, ${campaignId}, ${lambda}, ${decidedCount}, ${issuedMinor}, ${pace}::double precision
      )
      on conflict (merchant_id, campaign_id) do update set
        lambda = excluded.lambda, seen_count = excluded.seen_count, seen_minor = excluded.seen_minor,
        pace = excluded.pace, paced_at = clock_timestamp()
      where pacings.seen_count = ${seenCount}`,
  )
}

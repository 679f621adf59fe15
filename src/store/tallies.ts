import type { Database } from './database.ts'

/** Older than any statement that is under way, so that nothing is written behind what was counted. */
const LAG_MINUTES = 2

export type Span = { from: Date | null; until: Date }

/** What of a merchant's facts is to be counted next; nothing while there are none that are old enough. */
export async function nextSpan(db: Database, merchantId: string): Promise<Span | undefined> {
  const [span] = await db.run(
    ({ sql }) => sql<Span[]>`
      select t.counted_until as from, n.until
      from (
        select date_trunc('minute', clock_timestamp()) - make_interval(mins => ${LAG_MINUTES}) as until
      ) n
      left join tallied t on t.merchant_id = ${merchantId}
      where t.counted_until is null or t.counted_until < n.until`,
  )
  return span
}

/**
 * Adds the facts of a span to the tallies, if nobody else has done so: where the tallies end and what they
 * hold move in one statement. Answers how many sums were added.
 */
export async function tally(
  db: Database,
  merchantId: string,
  { from, until }: Span,
): Promise<number> {
  const [added] = await db.run(
    ({ sql }) => sql<{ count: number }[]>`
      with moved as (
        insert into tallied (merchant_id, counted_until) values (${merchantId}, ${until})
        on conflict (merchant_id) do update set counted_until = excluded.counted_until
          where tallied.counted_until = ${from}
        returning merchant_id
      ), facts as materialized (
        select m.merchant_id, f.campaign_id, f.day, f.store_id, f.share_id, f.what, f.amount
        from moved m
        cross join lateral facts_of(m.merchant_id, coalesce(${from}::timestamptz, '-infinity'), ${until}) f
      ), by_day as (
        insert into day_tallies (merchant_id, campaign_id, day, store_id, what, amount)
        select merchant_id, campaign_id, day, store_id, what, sum(amount) from facts
        group by merchant_id, campaign_id, day, store_id, what
        on conflict (merchant_id, campaign_id, day, store_id, what)
          do update set amount = day_tallies.amount + excluded.amount
      ), by_share as (
        insert into share_tallies (merchant_id, share_id, what, amount)
        select merchant_id, share_id, what, sum(amount) from facts where share_id <> ''
        group by merchant_id, share_id, what
        on conflict (merchant_id, share_id, what)
          do update set amount = share_tallies.amount + excluded.amount
      )
      select count(*)::integer as count from facts`,
  )
  return added?.count ?? 0
}

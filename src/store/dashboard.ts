import type { Connection, Database } from './database.ts'

/** So much of something on a day, as facts_of tells it; campaign '' is none. */
export type DaySum = { campaignId: string; day: string; what: string; amount: number }

/**
 * What happened with a merchant's campaigns, or with one of them, day by day from the first day on: what
 * has been counted, and what is newer. @patent 12
 */
export async function sumsByDay(
  db: Database,
  merchantId: string,
  campaignId?: string,
): Promise<DaySum[]> {
  return db.run(
    ({ sql }) => sql<DaySum[]>`
      select f.campaign_id, f.day::text, f.what, sum(f.amount)::bigint as amount
      from (${byDay(sql, merchantId)}) f
      where ${campaignId ?? null}::text is null or f.campaign_id = ${campaignId ?? null}
      group by f.campaign_id, f.day, f.what`,
  )
}

export type Window = { campaignId?: string | undefined; from: string; to: string }

/** Sums by store of the days asked for; store '' is where none is known. */
export async function sumsByStore(
  db: Database,
  merchantId: string,
  { campaignId, from, to }: Window,
): Promise<{ storeId: string; what: string; amount: number }[]> {
  return db.run(
    ({ sql }) => sql<{ storeId: string; what: string; amount: number }[]>`
      select f.store_id, f.what, sum(f.amount)::bigint as amount
      from (${byDay(sql, merchantId)}) f
      where (${campaignId ?? null}::text is null or f.campaign_id = ${campaignId ?? null})
        and f.day between ${from}::date and ${to}::date and f.what not in ('liability', 'issued')
      group by f.store_id, f.what`,
  )
}

/** What became of somebody's shares, without saying who it is: by their last share. */
export type SharerSums = {
  shares: number
  shareId: string
  orderNumber: string
  sums: Record<string, number>
}

/** Those of whose shares, made on the days asked for, most slots were taken: at most so many of them. */
export async function sumsBySharer(
  db: Database,
  merchantId: string,
  { campaignId, from, to, zone, most }: Window & { zone: string; most: number },
): Promise<SharerSums[]> {
  return db.run(
    ({ sql }) => sql<SharerSums[]>`
      with fresh as materialized (${newer(sql, merchantId)}), made as materialized (
        select s.id, s.sharer_id, s.order_id, s.taken, s.created_at from shares s
        where s.merchant_id = ${merchantId}
          and (${campaignId ?? null}::text is null or s.campaign_id = ${campaignId ?? null})
          and s.created_at >= ${from}::date::timestamp at time zone ${zone}
          and s.created_at < (${to}::date + 1)::timestamp at time zone ${zone}
      ), best as materialized (
        select sharer_id, count(*)::integer as shares, sum(taken) as taken,
               (array_agg(id order by created_at desc))[1] as share_id,
               (array_agg(order_id order by created_at desc))[1] as order_id
        from made group by sharer_id
        order by sum(taken) desc, count(*) desc, sharer_id limit ${most}
      ), own as materialized (
        select m.id, m.sharer_id from made m join best b on b.sharer_id = m.sharer_id
      ), sums as (
        select f.sharer_id, f.what, sum(f.amount)::bigint as amount
        from (
          select o.sharer_id, t.what, t.amount
          from share_tallies t join own o on o.id = t.share_id
          -- looked up one by one: there are few of them, and the planner cannot know that
          where t.merchant_id = ${merchantId} and t.share_id = any (array(select id from own))
          union all
          select o.sharer_id, n.what, n.amount from fresh n join own o on o.id = n.share_id
        ) f
        group by f.sharer_id, f.what
      )
      select b.shares, b.share_id, o.source_id as order_number,
             (select coalesce(jsonb_object_agg(s.what, s.amount), '{}') from sums s where s.sharer_id = b.sharer_id)
               as sums
      from best b
      join orders o on o.merchant_id = ${merchantId} and o.id = b.order_id
      order by b.taken desc, b.shares desc, b.sharer_id`,
  )
}

/** How many people have shared offers of a campaign. */
export async function sharersOf(
  db: Database,
  merchantId: string,
  campaignId: string,
): Promise<number> {
  const [row] = await db.run(
    ({ sql }) => sql<{ count: number }[]>`
      select count(distinct person_id)::integer as count from usage_events
      where merchant_id = ${merchantId} and campaign_id = ${campaignId} and kind = 'offer_shared'`,
  )
  return row?.count ?? 0
}

function byDay(sql: Connection['sql'], merchantId: string) {
  return sql`
    select t.campaign_id, t.day, t.store_id, t.what, t.amount from day_tallies t
    where t.merchant_id = ${merchantId}
    union all
    select n.campaign_id, n.day, n.store_id, n.what, n.amount from (${newer(sql, merchantId)}) n`
}

/** The facts that are in no tally yet, in the same moment as the tallies are read. */
function newer(sql: Connection['sql'], merchantId: string) {
  return sql`
    select f.* from (
      select coalesce(max(t.counted_until), '-infinity') as counted_until
      from tallied t where t.merchant_id = ${merchantId}
    ) t
    cross join lateral facts_of(${merchantId}, t.counted_until, 'infinity') f`
}

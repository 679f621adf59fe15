import type { Database } from './database.ts'

/** What a shop states of its own time stays as it was stated. */
const STATED = ['orders.placed_at', 'cancellations.cancelled_at']

/**
 * Moves the past of a merchant back by so many days: every moment and day that its rows hold, but for what
 * the shop states itself. Nothing of it may have been tallied.
 *
 * Only `passalong simulate` and the demonstration's shop do so, in a database that nobody else uses yet:
 * deadlines are the database's clock's, and this is how weeks are played in seconds.
 */
export async function age(db: Database, merchantId: string, days: number): Promise<void> {
  const tables = await timesOf(db)
  await db.run(({ sql }) => {
    const moved = tables.map(({ table, columns }, i) => {
      const set = columns.map(
        (column, k) =>
          sql`${k > 0 ? sql`, ` : sql``}${sql(column)} = ${sql(column)} - make_interval(days => ${days})`,
      )
      return sql`${i > 0 ? sql`, ` : sql``}${sql(`moved_${i}`)} as (
        update ${sql(table)} set ${set} where merchant_id = ${merchantId}
      )`
    })
    return sql`with ${moved} select 1`
  })
}

/** Gives up what a merchant's people were to be told in those weeks: it is long past, and none of them is there. */
export async function leaveUntold(db: Database, merchantId: string): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      update outbox set
        gave_up_at = clock_timestamp(), person_id = null, payload = '{}', last_error = 'unreachable'
      where merchant_id = ${merchantId} and sent_at is null and gave_up_at is null`,
  )
}

/** The tables of tenants that hold moments or days, and in which columns. */
async function timesOf(db: Database): Promise<{ table: string; columns: string[] }[]> {
  return db.run(
    ({ sql }) => sql<{ table: string; columns: string[] }[]>`
      select c.table_name as table, json_agg(c.column_name order by c.ordinal_position) as columns
      from information_schema.columns c
      join information_schema.columns m using (table_schema, table_name)
      where c.table_schema = 'public' and m.column_name = 'merchant_id'
        and c.data_type in ('timestamp with time zone', 'date')
        and c.table_name not in ('tallied', 'day_tallies')
        and c.table_name || '.' || c.column_name <> all (${STATED}::text[])
      group by c.table_name order by c.table_name`,
  )
}

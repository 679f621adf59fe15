import { sql } from 'drizzle-orm'
import { bigint, timestamp } from 'drizzle-orm/pg-core'

/** A moment in UTC, read as a `Date`. */
export function instant(name: string) {
  return timestamp(name, { withTimezone: true, mode: 'date' })
}

/** A count or an amount in minor units, read as a number. */
export function whole(name: string) {
  return bigint(name, { mode: 'number' })
}

/** The database's clock at the statement's own moment; `now()` would be when its transaction began. */
export const byClock = sql`clock_timestamp()`

/** Where nothing is known yet. */
export const empty = {}

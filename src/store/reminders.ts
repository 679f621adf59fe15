import type { Database } from './database.ts'

/** Merchants with vouchers whose last three days have begun. */
export async function merchantsToRemind(db: Database): Promise<string[]> {
  const merchants = await db.run(
    ({ sql }) => sql<{ id: string }[]>`
      select m.id from merchants m where exists (
        select from vouchers v
        where v.merchant_id = m.id and v.status in ('issued', 'held', 'partially_redeemed')
          and v.expires_at > clock_timestamp() and v.expires_at <= clock_timestamp() + interval '72 hours'
      )`,
  )
  return merchants.map(({ id }) => id)
}

/**
 * How far a round of reminders has come: the last voucher that was looked at. Its end is kept as the database
 * writes it, since a Date would lose its microseconds and the next look begin before it.
 */
export type ReminderPlace = { endsAt: string; voucherId: string }

/**
 * Looks at the next `look` vouchers that end soon and reminds those holders whose time has come; answers how
 * many, and where to go on when there may be more.
 */
export async function remindHolders(
  db: Database,
  merchantId: string,
  look: number,
  after?: ReminderPlace,
): Promise<{ reminded: number; next: ReminderPlace | undefined }> {
  type Row = { looked: number; reminded: number; lastAt: string | null; lastId: string | null }
  const [row] = await db.run(
    ({ sql }) => sql<Row[]>`
      select looked, reminded, last_at::text, last_id from remind_holders(
        ${merchantId}, ${after?.endsAt ?? '-infinity'}::text::timestamptz, ${after?.voucherId ?? ''}, ${look}
      )`,
  )
  const { looked = 0, reminded = 0, lastAt, lastId } = row ?? {}
  const isMore = looked === look && lastAt && lastId
  return { reminded, next: isMore ? { endsAt: lastAt, voucherId: lastId } : undefined }
}

/** Whether a reminder is still worth sending at this moment. */
export async function isReminderDue(
  db: Database,
  merchantId: string,
  voucherId: string,
): Promise<boolean> {
  const [row] = await db.run(
    ({ sql }) =>
      sql<{ due: boolean }[]>`select is_reminder_due(${merchantId}, ${voucherId}) as due`,
  )
  return row?.due ?? false
}

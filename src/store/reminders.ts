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

/** Reminds holders whose time has come, at most `limit` of them; answers how many. */
export async function remindHolders(
  db: Database,
  merchantId: string,
  limit: number,
): Promise<number> {
  const [row] = await db.run(
    ({ sql }) => sql<{ count: number }[]>`select remind_holders(${merchantId}, ${limit}) as count`,
  )
  return row?.count ?? 0
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

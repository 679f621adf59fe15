import type { Database } from './database.ts'

/**
 * Erases a person everywhere, in one statement: what they did stays as somebody's, so that the books
 * balance. Doing it again changes nothing.
 */
export async function erasePerson(db: Database, personId: string): Promise<void> {
  await db.run(({ sql }) => sql`select erase_person(${personId})`)
}

/** What a person would lose. */
export type Losses = {
  /** Vouchers with something left to spend. */
  vouchers: number
  /** Shares that friends can still open. */
  shares: number
}

export async function lossesOf(db: Database, personId: string): Promise<Losses> {
  const [losses] = await db.run(
    ({ sql }) => sql<Losses[]>`
      select
        (
          select count(*)::integer from vouchers v
          where v.merchant_id = any (m.ids) and v.holder_id = ${personId}
            and v.status in ('issued', 'held', 'partially_redeemed') and v.expires_at > clock_timestamp()
        ) as vouchers,
        (
          select count(*)::integer from shares s
          where s.merchant_id = any (m.ids) and s.sharer_id = ${personId}
            and s.status in ('draft', 'open') and s.expires_at > clock_timestamp()
        ) as shares
      from (select array(select merchants_with(${personId})) as ids) m`,
  )
  return losses ?? { vouchers: 0, shares: 0 }
}

/** The shops that would be left without an owner. */
export async function shopsOwnedAlone(
  db: Database,
  personId: string,
): Promise<{ merchantId: string; merchantName: string }[]> {
  return db.run(
    ({ sql }) => sql<{ merchantId: string; merchantName: string }[]>`
      select m.id as merchant_id, m.name as merchant_name
      from memberships b
      join staff s on s.merchant_id = b.merchant_id and s.person_id = b.person_id
        and s.role = 'owner' and s.removed_at is null
      join merchants m on m.id = s.merchant_id
      where b.person_id = ${personId} and not exists (
        select from staff o
        where o.merchant_id = s.merchant_id and o.person_id <> s.person_id
          and o.role = 'owner' and o.removed_at is null
      )
      order by m.name, m.id`,
  )
}

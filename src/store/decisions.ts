import type { MatchingPoint } from '../domain/views.ts'
import type { DecisionRecord } from '../domain/why.ts'
import type { Connection, Database } from './database.ts'

/** A decision; null where none is kept (any more); nothing where what was asked for is not there. */
type Found = DecisionRecord | null | undefined

/** The decision behind a voucher, for its holder. */
export async function decisionForHolder(
  db: Database,
  { voucherId, personId }: { voucherId: string; personId: string },
): Promise<Found> {
  const rows = await db.run(
    ({ sql }) => sql<Row[]>`
      ${selectOfVouchers(sql)}
      where v.merchant_id in (select merchant_id from memberships where person_id = ${personId})
        and v.id = ${voucherId} and v.holder_id = ${personId}`,
  )
  return foundIn(rows)
}

/** The decision behind a voucher of a merchant's. */
export async function decisionOnVoucher(
  db: Database,
  merchantId: string,
  voucherId: string,
): Promise<Found> {
  const rows = await db.run(
    ({ sql }) => sql<Row[]>`
      ${selectOfVouchers(sql)} where v.merchant_id = ${merchantId} and v.id = ${voucherId}`,
  )
  return foundIn(rows)
}

/**
 * The same by the voucher's code.
 *
 * @param codes spellings of what was typed, the likeliest first
 */
export async function decisionByCode(
  db: Database,
  merchantId: string,
  codes: string[],
): Promise<Found> {
  const rows = await db.run(
    ({ sql }) => sql<Row[]>`
      ${selectOfVouchers(sql)} where v.merchant_id = ${merchantId} and v.code = any (${codes}::text[])
      order by array_position(${codes}::text[], v.code) limit 1`,
  )
  return foundIn(rows)
}

/** The decision which offer was shown first for an order, for whoever holds it. */
export async function decisionOnOffers(
  db: Database,
  { orderId, personId }: { orderId: string; personId: string },
): Promise<Found> {
  const rows = await db.run(
    ({ sql }) => sql<Row[]>`
      select ${columns(sql)}, false as is_random, (
        select coalesce(json_agg(json_build_object('id', f.id, 'name', f.title, 'traits', f.traits)), '[]')
        from offers f
        where f.merchant_id = o.merchant_id and f.id in (
          select a ->> 'id' from json_array_elements(
            case json_typeof(d.candidates) when 'array' then d.candidates else d.candidates -> 'arms' end
          ) a
        )
      ) as kinds
      from orders o
      left join decisions d on d.merchant_id = o.merchant_id and d.point = 'offer' and d.subject_id = o.id
      where o.merchant_id in (select merchant_id from memberships where person_id = ${personId})
        and o.id = ${orderId} and o.holder_id = ${personId}`,
  )
  return foundIn(rows)
}

/** What was decided of whom, and on what. */
export type LoggedDecision = { personId: string; chosenBy: string; candidates: unknown }

/** The newest decisions of a merchant at a point, newest first. */
export async function newestDecisions(
  db: Database,
  merchantId: string,
  point: MatchingPoint,
  most: number,
): Promise<LoggedDecision[]> {
  return db.run(
    ({ sql }) => sql<LoggedDecision[]>`
      select person_id, chosen_by, candidates from decisions
      where merchant_id = ${merchantId} and point = ${point}
      order by decided_at desc, subject_id desc limit ${most}`,
  )
}

type Row = DecisionRecord | { point: null }

function foundIn([row]: Row[]): Found {
  return row && (row.point === null ? null : row)
}

function selectOfVouchers(sql: Connection['sql']) {
  return sql`
    select ${columns(sql)}, c.mode = 'random' as is_random, (
      select json_agg(json_build_object('id', t.id, 'name', t.name, 'traits', t.traits))
      from voucher_templates t where t.merchant_id = v.merchant_id and t.campaign_id = v.campaign_id
    ) as kinds
    from vouchers v
    join campaigns c on c.merchant_id = v.merchant_id and c.id = v.campaign_id
    left join decisions d on d.merchant_id = v.merchant_id and d.point = 'voucher' and d.subject_id = v.claim_id`
}

function columns(sql: Connection['sql']) {
  return sql`d.point, d.candidates, d.chosen_id, d.chosen_by, d.propensity, d.reasons, d.model`
}

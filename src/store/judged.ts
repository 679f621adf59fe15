import type { MatchingPoint } from '../domain/views.ts'
import type { Logged } from '../matching/decide.ts'
import type { Running } from '../matching/evidence.ts'
import type { Connection, Database } from './database.ts'
import type { PointToReport } from './reports.ts'

export type LiftSums = {
  isMoney: boolean
  reached: number
  stoppedAt: Date | null
  judgedFrom: Date | null
  all: Compared
  /** Of decisions that were made after `judgedFrom`. */
  judged: Compared
}

/** Sums of the lift, and how many people got the preset one, to compare with. */
type Compared = Running & { compared: number }

/** The sums of the lift of all decisions that are over; nothing where there is no model. */
export async function sumLift(
  db: Database,
  { merchantId, point }: PointToReport,
): Promise<LiftSums | undefined> {
  const [sums] = await db.run(
    ({ sql }) => sql<LiftSums[]>`
      select t.is_money, m.stopped_at, m.judged_from, l.reached, l."all", l.judged
      from models m
      cross join lateral (
        select margin_bp is not null as is_money from merchants where id = m.merchant_id
      ) t
      cross join lateral (
        select coalesce((
            select max(position) from outcomes where merchant_id = ${merchantId} and point = ${point}
          ), 0) as reached,
          ${running(sql, sql`true`)} as "all",
          ${running(sql, sql`x.decided_at > coalesce(m.judged_from, '-infinity')`)} as judged
        from (
          select case when t.is_money then o.lift_minor else o.lift_yes end as lift, o.decided_at,
                 o.person_id, o.is_preset
          from (${over(sql, merchantId, point)}) o
        ) x
        where x.lift is not null
      ) l
      where m.merchant_id = ${merchantId} and m.point = ${point}`,
  )
  return sums
}

function running(sql: Connection['sql'], which: ReturnType<Connection['sql']>) {
  return sql`
    json_build_object(
      'count', count(*) filter (where ${which}),
      'compared', count(distinct x.person_id) filter (where ${which} and x.is_preset),
      'mean', coalesce(avg(x.lift) filter (where ${which}), 0),
      'squares', coalesce(var_pop(x.lift) filter (where ${which}) * count(*) filter (where ${which}), 0))`
}

/**
 * What came of decisions, as far as all of their time have ended. Of a voucher that is known at its end,
 * whichever way it went; but that nobody took an offer is known before what became of those that were taken.
 */
function over(sql: Connection['sql'], merchantId: string, point: MatchingPoint) {
  if (point === 'voucher') {
    return sql`
      select o.lift_yes, o.lift_minor, v.issued_at as decided_at, v.holder_id as person_id,
             t.is_fallback as is_preset
      from outcomes o
      join vouchers v on v.merchant_id = ${merchantId} and v.claim_id = o.subject_id
      join voucher_templates t on t.merchant_id = ${merchantId} and t.id = v.template_id
      where o.merchant_id = ${merchantId} and o.point = 'voucher' and o.lift_yes is not null`
  }
  return sql`
    select o.lift_yes, o.lift_minor, d.decided_at, d.person_id,
           d.chosen_id is not distinct from (d.candidates ->> 'preset') as is_preset
    from outcomes o
    join decisions d
      on d.merchant_id = ${merchantId} and d.point = 'offer' and d.subject_id = o.subject_id
    join offers f on f.merchant_id = ${merchantId} and f.id = d.chosen_id
    join campaigns c on c.merchant_id = ${merchantId} and c.id = f.campaign_id
    where o.merchant_id = ${merchantId} and o.point = 'offer' and o.lift_yes is not null
      and ${offerIsOver(sql)}`
}

function offerIsOver(sql: Connection['sql']) {
  return sql`
    d.decided_at + make_interval(secs => 3 * c.share_ttl_seconds, days => c.valid_days + 2) < clock_timestamp()`
}

export type SettledRow = {
  subjectId: string
  chosenId: string
  candidates: Logged
  answer: number
  valueMinor: number | null
  /** Off where not all of its time has come to its end, or money counts and it has none. */
  counts: boolean
}

/** Decisions of which it is known what came of them, newest first: the next page before one. */
export async function settledDecisions(
  db: Database,
  { merchantId, point }: PointToReport,
  { before, isMoney, most }: { before: string; isMoney: boolean; most: number },
): Promise<SettledRow[]> {
  return db.run(
    ({ sql }) => sql<SettledRow[]>`
      with page as materialized (
        select subject_id, answer, value_minor from outcomes
        where merchant_id = ${merchantId} and point = ${point} and lift_yes is not null
          and subject_id < ${before}
        order by subject_id desc limit ${most}
      )
      select p.subject_id, d.chosen_id, d.candidates, p.answer,
             case when ${isMoney} then p.value_minor end as value_minor,
             json_typeof(d.candidates) = 'object' and d.chosen_id is not null
               and (not ${isMoney} or p.value_minor is not null)
               and (${point} = 'voucher' or ${offerIsOver(sql)}) is true as counts
      from page p
      join decisions d
        on d.merchant_id = ${merchantId} and d.point = ${point} and d.subject_id = p.subject_id
      left join offers f on f.merchant_id = ${merchantId} and f.id = d.chosen_id
      left join campaigns c on c.merchant_id = ${merchantId} and c.id = f.campaign_id
      order by p.subject_id desc`,
  )
}

/** What can be given at the moment of what the model chooses from, the preset vouchers left out. */
export async function armsAtHand(
  db: Database,
  { merchantId, point }: PointToReport,
): Promise<string[]> {
  const rows = await db.run(({ sql }) =>
    point === 'voucher'
      ? sql<{ id: string }[]>`
          select t.id from voucher_templates t
          join campaigns c on c.merchant_id = t.merchant_id and c.id = t.campaign_id
          where t.merchant_id = ${merchantId} and not t.is_fallback and not t.is_reward
            and t.issued < t.quantity and c.status = 'active' and c.ends_at > clock_timestamp()
          order by t.id`
      : sql<{ id: string }[]>`
          select f.id from offers f
          join campaigns c on c.merchant_id = f.merchant_id and c.id = f.campaign_id
          where f.merchant_id = ${merchantId} and c.status = 'active' and c.ends_at > clock_timestamp()
          order by f.id`,
  )
  return rows.map(({ id }) => id)
}

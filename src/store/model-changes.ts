import type { Point } from '../matching/learner.ts'
import type { Database } from './database.ts'

/** A model as whoever runs the installation sees it. */
export type ModelRow = {
  point: Point
  version: number
  isFrozen: boolean
  stoppedAt: Date | null
  gatheredUntil: Date | null
  /** How much was noted of what came of decisions, and up to where that was learnt. */
  outcomes: number
  reached: number | null
  learnt: number | null
}

export async function modelsAt(db: Database, merchantId: string): Promise<ModelRow[]> {
  return db.run(
    ({ sql }) => sql<ModelRow[]>`
      select m.point, m.version, m.is_frozen, m.stopped_at, m.gathered_until, s.reached, s.learnt,
             (
               select count(*)::integer from outcomes o
               where o.merchant_id = ${merchantId} and o.point = m.point
             ) as outcomes
      from models m
      left join model_states s on s.merchant_id = ${merchantId} and s.point = m.point and s.version = m.version
      where m.merchant_id = ${merchantId}
      order by m.point desc`,
  )
}

export type StateRow = { version: number; learnt: number; bytes: number; madeAt: Date }

/** The states that are kept, newest first. */
export async function statesAt(
  db: Database,
  merchantId: string,
  point: Point,
): Promise<StateRow[]> {
  return db.run(
    ({ sql }) => sql<StateRow[]>`
      select version, learnt, octet_length(state) as bytes, made_at from model_states
      where merchant_id = ${merchantId} and point = ${point}
      order by version desc`,
  )
}

/** Stops a model's learning or lets it go on; answers whether that is another than it was. */
export async function setFrozen(
  db: Database,
  merchantId: string,
  point: Point,
  isFrozen: boolean,
  changeId: string,
): Promise<boolean> {
  const changed = await db.run(
    ({ sql }) => sql`
      with changed as (
        update models set is_frozen = ${isFrozen}
        where merchant_id = ${merchantId} and point = ${point} and is_frozen <> ${isFrozen}
        returning merchant_id
      )
      insert into audit_log (merchant_id, id, subject, subject_id, action, by_id)
      select merchant_id, ${changeId}, 'merchant', merchant_id,
             ${`matching_${isFrozen ? 'frozen' : 'thawed'}_${point}`}, 'cli'
      from changed
      returning id`,
  )
  return changed.length === 1
}

/**
 * Lets another of the kept states decide, and freezes it there: without a version the newest before the one
 * that decides, and 0 is what was believed before anything was learnt. Answers the version, and nothing when
 * there is no such state.
 */
export async function decideBy(
  db: Database,
  merchantId: string,
  point: Point,
  version: number | undefined,
  changeId: string,
): Promise<number | undefined> {
  const [changed] = await db.run(
    ({ sql }) => sql<{ version: number }[]>`
      with wanted as (
        select max(k.version) as version
        from models m
        cross join lateral (
          select 0 as version
          union all
          select s.version from model_states s where s.merchant_id = ${merchantId} and s.point = ${point}
        ) k
        where m.merchant_id = ${merchantId} and m.point = ${point} and k.version <> m.version
          and case when ${version ?? null}::integer is null then k.version < m.version
              else k.version = ${version ?? null}::integer end
      ), changed as (
        update models m set version = w.version, is_frozen = true
        from wanted w
        where m.merchant_id = ${merchantId} and m.point = ${point} and w.version is not null
        returning m.merchant_id, m.version
      ), logged as (
        insert into audit_log (merchant_id, id, subject, subject_id, action, by_id, detail)
        select merchant_id, ${changeId}, 'merchant', merchant_id, ${`matching_back_${point}`}, 'cli',
               jsonb_build_object('after', jsonb_build_object('version', version))
        from changed
      )
      select version from changed`,
  )
  return changed?.version
}

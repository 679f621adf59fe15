import type { Point, Stage } from '../matching/learner.ts'
import type { Database } from './database.ts'
import type { Settled } from './settled.ts'

/** What came of a decision, with how much more it brought than the preset one would have. */
export type Outcome = Pick<Settled, 'subjectId' | 'stage' | 'answer' | 'valueMinor' | 'kind'> & {
  liftYes: number | null
  liftMinor: number | null
}

/**
 * Credits what came of decisions, each stage of each once, and what their people are known by it to have
 * tried; an answer stays, and only what it brought is put right. Of decisions that are unknown, another
 * merchant's or not to be learnt from nothing is noted. Positions are given in the order of the outcomes, and
 * one writer at a time, so that none appears behind one that was learnt. Answers how many are new, and how
 * many were put right.
 *
 * @patent 12
 */
export async function creditOutcomes(
  db: Database,
  merchantId: string,
  point: Point,
  outcomes: readonly Outcome[],
): Promise<{ count: number; corrected: number }> {
  const rows = JSON.stringify(outcomes.map((outcome, n) => ({ ...outcome, n })))
  const [credited] = await db.run(
    ({ sql }) => sql<{ count: number; corrected: number }[]>`
      with turn as materialized (
        select pg_advisory_xact_lock(hashtextextended(${`outcomes ${merchantId} ${point}`}, 0))
      ), given as materialized (
        select g.*, d.person_id
        from turn
        cross join json_to_recordset(${rows}::text::json) as g (
          n integer, "subjectId" text, stage text, answer smallint, "valueMinor" bigint, kind text,
          "liftYes" double precision, "liftMinor" double precision
        )
        join decisions d on d.merchant_id = ${merchantId} and d.point = ${point}
          and d.subject_id = g."subjectId" and d.learnable
      ), added as (
        insert into outcomes (
          merchant_id, point, subject_id, stage, answer, value_minor, lift_yes, lift_minor
        )
        select ${merchantId}, ${point}, g."subjectId", g.stage, g.answer, g."valueMinor", g."liftYes",
               g."liftMinor"
        from given g order by g.n
        on conflict do nothing
        returning subject_id, stage
      ), corrected as (
        update outcomes o set value_minor = g."valueMinor", lift_minor = g."liftMinor"
        from given g
        where o.merchant_id = ${merchantId} and o.point = ${point} and o.subject_id = g."subjectId"
          and o.stage = g.stage and o.answer = g.answer and o.value_minor <> g."valueMinor"
        returning 1
      ), by_kind as (
        select g.person_id, g.kind, count(*) as had, sum(g.answer) as yes
        from added a join given g on g."subjectId" = a.subject_id and g.stage = a.stage
        where g.kind is not null
        group by g.person_id, g.kind
      ), by_person as (
        select k.person_id, jsonb_object_agg(k.kind, jsonb_build_array(k.had, k.yes)) as more
        from by_kind k group by k.person_id
      ), known as (
        update customers c set tried = c.tried || (
          select jsonb_object_agg(e.key, jsonb_build_array(
            coalesce((c.tried -> e.key ->> 0)::integer, 0) + (e.value ->> 0)::integer,
            coalesce((c.tried -> e.key ->> 1)::integer, 0) + (e.value ->> 1)::integer
          )) from jsonb_each(b.more) e
        )
        from by_person b where c.merchant_id = ${merchantId} and c.person_id = b.person_id
      )
      select (select count(*)::integer from added) as count,
             (select count(*)::integer from corrected) as corrected`,
  )
  return credited ?? { count: 0, corrected: 0 }
}

/** An outcome as it is learnt from: what was decided on, and what was paid when it was first spent. */
export type StoredLesson = {
  position: number
  stage: Stage
  answer: 0 | 1
  candidates: unknown
  chosenId: string
  orderMinor: number | null
  costMinor: number | null
}

/** What came of a merchant's decisions, in order of position. What is learnt from never changes. */
export async function lessonsAfter(
  db: Database,
  merchantId: string,
  point: Point,
  position: number,
  most: number,
): Promise<StoredLesson[]> {
  return db.run(
    ({ sql }) => sql<StoredLesson[]>`
      with next as materialized (
        select o.position, o.stage, o.answer, o.subject_id from outcomes o
        where o.merchant_id = ${merchantId} and o.point = ${point} and o.position > ${position}
        order by o.position limit ${most}
      )
      select n.position, n.stage, n.answer, d.candidates, d.chosen_id, paid.order_minor,
             paid.amount_minor as cost_minor
      from next n
      join decisions d on d.merchant_id = ${merchantId} and d.point = ${point} and d.subject_id = n.subject_id
      left join lateral (
        select r.amount_minor, coalesce(r.order_minor, greatest(t.min_spend_minor, r.amount_minor)) as order_minor
        from vouchers v
        join voucher_templates t on t.merchant_id = ${merchantId} and t.id = v.template_id
        join redemptions r on r.merchant_id = ${merchantId} and r.voucher_id = v.id
        where v.merchant_id = ${merchantId} and v.claim_id = n.subject_id
        order by r.redeemed_at, r.id limit 1
      ) paid on n.answer = 1 and ${point} = 'voucher'
      order by n.position`,
  )
}

import type { BudgetPrice, MatchingPoint, MatchingReport } from '../domain/views.ts'
import { hearers } from './alerts.ts'
import type { Logged } from './campaign-changes.ts'
import type { Database } from './database.ts'

/** A report as it is kept: without what is read when it is shown, such as names. */
export type StoredReport = Pick<
  MatchingReport,
  'objective' | 'outcomes' | 'compared' | 'lift' | 'personal'
> & {
  /** The newest outcome that there was. */
  reached: number
  whatIf: Omit<MatchingReport['whatIf'][number], 'name'>[]
  arms: Omit<MatchingReport['arms'][number], 'name'>[]
  drivers: Omit<MatchingReport['drivers'][number], 'name'>[]
}

export type PointToReport = { merchantId: string; point: MatchingPoint }

/**
 * Where there is something new to report: outcomes, another objective, or a day that has passed and
 * ended decisions. Of one merchant, or of all.
 */
export async function pointsToReport(db: Database): Promise<PointToReport[]> {
  return db.run(
    ({ sql }) => sql<PointToReport[]>`
      select m.merchant_id, m.point from models m
      join merchants t on t.id = m.merchant_id
      where exists (
        select from outcomes o
        where o.merchant_id = m.merchant_id and o.point = m.point
          and o.position > coalesce((m.report ->> 'reached')::bigint, -1)
      ) or (m.report is not null and (
        (m.report ->> 'objective' = 'money') <> (t.margin_bp is not null)
        or m.reported_at < clock_timestamp() - interval '1 day'
      ))
      order by m.merchant_id, m.point`,
  )
}

/**
 * Keeps a report. Where the policy `isWorse` than the preset, everybody gets that from now on, and owners
 * and managers are told, once: unless somebody has switched it on again meanwhile. Answers whether it was
 * stopped by this.
 */
export async function keepReport(
  db: Database,
  { merchantId, point }: PointToReport,
  report: StoredReport,
  {
    isWorse,
    judgedFrom,
    changeId,
  }: { isWorse: boolean; judgedFrom: Date | null; changeId: string },
): Promise<boolean> {
  const { lift, objective } = report
  const [stop] = await db.run(
    ({ sql }) => sql<{ stops: boolean }[]>`
      with before as materialized (
        select m.merchant_id, m.point, clock_timestamp() as now,
               ${isWorse} and m.stopped_at is null
                 and m.judged_from is not distinct from ${judgedFrom}::timestamptz as stops
        from models m where m.merchant_id = ${merchantId} and m.point = ${point}
        for update
      ), kept as (
        update models x set
          report = ${JSON.stringify(report)}::text::json, reported_at = b.now,
          stopped_at = case when b.stops then b.now else x.stopped_at end
        from before b where x.merchant_id = b.merchant_id and x.point = b.point
      ), due as (
        select merchant_id, point, format('%s:%s', point, extract(epoch from now)) as mark from before where stops
      ), hearer as (
        ${hearers(sql, 'due')}
      ), raised as (
        insert into alerts (merchant_id, subject_id, measure, mark, level)
        select merchant_id, merchant_id, 'lift', mark, 0 from due
      ), logged as (
        insert into audit_log (merchant_id, id, subject, subject_id, action, by_id)
        select merchant_id, ${changeId}, 'merchant', merchant_id, format('matching_stopped_%s', point), 'model'
        from due
      ), told as (
        insert into outbox (merchant_id, id, kind, person_id, payload)
        select d.merchant_id, format('alert:%s:lift:%s:%s', d.merchant_id, d.mark, h.place),
               'alert', h.person_id,
               jsonb_build_object('measure', 'lift', 'level', 0, 'point', d.point,
                                  'used', ${lift?.count ?? 0}::integer, 'objective', ${objective}::text,
                                  'lift', ${JSON.stringify(lift)}::text::jsonb)
        from due d join hearer h on h.merchant_id = d.merchant_id
      )
      select stops from before`,
  )
  return stop?.stops ?? false
}

type KeptReport = PointToReport & {
  version: number
  learnt: number
  isFrozen: boolean
  stoppedAt: Date | null
  reportedAt: Date | null
  report: StoredReport | null
}

/** The reports of a merchant's models as they were kept last. */
export async function reportsOf(db: Database, merchantId: string): Promise<KeptReport[]> {
  return db.run(
    ({ sql }) => sql<KeptReport[]>`
      select m.merchant_id, m.point, m.version, coalesce(s.learnt, 0) as learnt, m.is_frozen, m.stopped_at,
             m.reported_at, m.report
      from models m
      left join model_states s
        on s.merchant_id = m.merchant_id and s.point = m.point and s.version = m.version
      where m.merchant_id = ${merchantId}
      order by m.point desc`,
  )
}

/** What kinds of vouchers and offers are called, by their ids. */
export async function namesOf(
  db: Database,
  merchantId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.run(
    ({ sql }) => sql<{ id: string; name: string }[]>`
      select id, name from voucher_templates where merchant_id = ${merchantId} and id = any (${ids as string[]})
      union all
      select id, title from offers where merchant_id = ${merchantId} and id = any (${ids as string[]})`,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** What the budgets of running campaigns ask at the moment, the dearest first. */
export async function budgetPrices(db: Database, merchantId: string): Promise<BudgetPrice[]> {
  return db.run(
    ({ sql }) => sql<BudgetPrice[]>`
      select p.campaign_id, c.name, p.lambda from pacings p
      join campaigns c on c.merchant_id = p.merchant_id and c.id = p.campaign_id
      where p.merchant_id = ${merchantId} and c.status = 'active' and c.ends_at > clock_timestamp()
      order by p.lambda desc, p.campaign_id`,
  )
}

/**
 * Lets a model that was stopped decide again; only decisions made from now on say whether it does worse.
 * Answers whether it was stopped.
 */
export async function resumeModel(
  db: Database,
  { merchantId, point }: PointToReport,
  { changeId, by, requestId, requestHash }: Logged,
): Promise<boolean> {
  const resumed = await db.run(
    ({ sql }) => sql`
      with before as materialized (
        select m.merchant_id, m.point from models m
        where m.merchant_id = ${merchantId} and m.point = ${point} and m.stopped_at is not null
        for update
      ), logged as (
        insert into audit_log (merchant_id, id, subject, subject_id, action, by_id, detail, request_id)
        select merchant_id, ${changeId}, 'merchant', merchant_id, format('matching_resumed_%s', point), ${by},
               jsonb_build_object('request_hash', ${requestHash ?? null}::text), ${requestId ?? null}
        from before
        on conflict (merchant_id, request_id) where request_id is not null do nothing
        returning id
      )
      update models x set
        stopped_at = null, judged_from = date_trunc('milliseconds', clock_timestamp())
      from before b, logged l where x.merchant_id = b.merchant_id and x.point = b.point
      returning x.point`,
  )
  return resumed.length === 1
}

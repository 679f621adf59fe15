import { and, asc, eq, gt } from 'drizzle-orm'
import type { ExportFormat, ExportKind } from '../domain/export-files.ts'
import type { Database } from './database.ts'
import { exportParts, exports as files } from './schema/exports.ts'

export type NewExport = {
  id: string
  kind: ExportKind
  format: ExportFormat
  /** '' is all of them. */
  campaignId: string
  requestedBy: string
  requestId?: string | undefined
}

export type ExportAsked = { outcome: 'started' | 'under_way' | 'repeated'; exportId: string }

/**
 * Asks for a file. One that the same person asked for and that is being made is answered again, as is what
 * was asked for with the same request id. Nothing comes back where the request id was used for another.
 */
export async function addExport(
  db: Database,
  merchantId: string,
  wanted: NewExport,
): Promise<ExportAsked | undefined> {
  const { kind, format, campaignId, requestedBy, requestId = null } = wanted
  const [asked] = await db.run(
    ({ sql }) => sql<ExportAsked[]>`
      with added as (
        insert into exports (merchant_id, id, kind, format, campaign_id, requested_by, request_id)
        values (${merchantId}, ${wanted.id}, ${kind}, ${format}, ${campaignId}, ${requestedBy}, ${requestId})
        on conflict do nothing
        returning id
      )
      select 'started' as outcome, id as export_id from added
      union all
      (
        select case when request_id = ${requestId} then 'repeated' else 'under_way' end, id
        from exports
        where merchant_id = ${merchantId} and requested_by = ${requestedBy} and kind = ${kind}
          and format = ${format} and campaign_id = ${campaignId}
          and (request_id = ${requestId} or status in ('waiting', 'running'))
        order by request_id = ${requestId} desc nulls last limit 1
      )
      limit 1`,
  )
  return asked
}

export type StoredExport = {
  exportId: string
  kind: ExportKind
  format: ExportFormat
  campaignId: string
  requestedBy: string
  status: 'waiting' | 'running' | 'done' | 'failed'
  rows: number
  bytes: number
  createdAt: Date
}

export async function exportOf(
  db: Database,
  merchantId: string,
  exportId: string,
): Promise<StoredExport | undefined> {
  const { id, kind, format, campaignId, requestedBy, status, rows, bytes, createdAt } = files
  const [found] = await db.run(({ orm }) =>
    orm
      .select({
        exportId: id,
        kind,
        format,
        campaignId,
        requestedBy,
        status,
        rows,
        bytes,
        createdAt,
      })
      .from(files)
      .where(and(eq(files.merchantId, merchantId), eq(id, exportId))),
  )
  return found
}

/** The next part of a file; nothing behind the last. */
export async function nextPart(
  db: Database,
  merchantId: string,
  exportId: string,
  after: number,
): Promise<{ number: number; body: Buffer } | undefined> {
  const [part] = await db.run(({ orm }) =>
    orm
      .select({ number: exportParts.number, body: exportParts.body })
      .from(exportParts)
      .where(
        and(
          eq(exportParts.merchantId, merchantId),
          eq(exportParts.exportId, exportId),
          gt(exportParts.number, after),
        ),
      )
      .orderBy(asc(exportParts.number))
      .limit(1),
  )
  return part
}

export type ExportJob = Omit<StoredExport, 'status'> & {
  merchantId: string
  parts: number
  reached: string | null
}

/** How often a file is begun again without getting any further. */
const MOST_ATTEMPTS = 5
/** Longer than a part ever takes; a process that dies gives its files up after this. */
const LEASE_SECONDS = 30

/**
 * Takes files that nobody makes, the oldest first. One on which several processes have died without
 * getting further has failed, and whoever asked is told.
 */
export async function leaseExports(db: Database, limit: number): Promise<ExportJob[]> {
  return db.run(
    ({ sql }) => sql<ExportJob[]>`
      with next as (
        select merchant_id, id from exports
        where status in ('waiting', 'running')
          and (leased_until is null or leased_until <= clock_timestamp())
        order by created_at limit ${limit} for update skip locked
      ), leased as (
        update exports e set
          status = case when e.attempts >= ${MOST_ATTEMPTS} then 'failed' else 'running' end,
          finished_at = case when e.attempts >= ${MOST_ATTEMPTS} then clock_timestamp() end,
          attempts = e.attempts + 1,
          leased_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
        from next where e.merchant_id = next.merchant_id and e.id = next.id
        returning e.*
      ), told as (
        insert into outbox (merchant_id, id, kind, person_id, payload)
        select merchant_id, 'export:' || id, 'export_failed', requested_by, jsonb_build_object('exportId', id)
        from leased where status = 'failed' and requested_by like '%:%'
        on conflict do nothing
      )
      select merchant_id, id as export_id, kind, format, campaign_id, requested_by, rows, bytes, created_at,
             parts, reached
      from leased where status = 'running' order by created_at`,
  )
}

export type NewPart = { body: Buffer; rows: number; reached: string | null; isLast: boolean }

/**
 * Adds a part behind those there are, keeps the lease, and with the last part tells whoever asked. Answers
 * false when somebody else has written it: then the file is theirs.
 */
export async function addPart(
  db: Database,
  { merchantId, exportId, parts }: Pick<ExportJob, 'merchantId' | 'exportId' | 'parts'>,
  { body, rows, reached, isLast }: NewPart,
): Promise<boolean> {
  const added = await db.run(
    ({ sql }) => sql`
      with own as (
        update exports set
          parts = parts + 1, rows = rows + ${rows}, bytes = bytes + ${body.length}, reached = ${reached},
          attempts = 0, status = ${isLast ? 'done' : 'running'},
          finished_at = case when ${isLast}::boolean then clock_timestamp() end,
          leased_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
        where merchant_id = ${merchantId} and id = ${exportId} and status = 'running' and parts = ${parts}
        returning merchant_id, id, parts, status, requested_by
      ), told as (
        insert into outbox (merchant_id, id, kind, person_id, payload)
        select merchant_id, 'export:' || id, 'export_ready', requested_by, jsonb_build_object('exportId', id)
        from own where status = 'done' and requested_by like '%:%'
        on conflict do nothing
      )
      insert into export_parts (merchant_id, export_id, number, body)
      select merchant_id, id, parts, ${body}::bytea from own
      returning number`,
  )
  return added.length === 1
}

/** Forgets files a week after they were asked for. Answers how many. */
export async function purgeExports(db: Database, days = 7): Promise<number> {
  const [purged] = await db.run(
    ({ sql }) => sql<{ count: number }[]>`
      with purged as (
        delete from exports where created_at < clock_timestamp() - make_interval(days => ${days})
        returning merchant_id
      )
      select count(*)::integer as count from purged`,
  )
  return purged?.count ?? 0
}

import type { Connection, Database } from './database.ts'

/** Codes that are made together. */
export type CodeBatch = {
  merchantId: string
  batchId: string
  templateId: string
  templateName: string
  source: 'generated' | 'imported'
  prefix: string
  codeLength: number | null
  wanted: number
  made: number
  /** How many came that were there already. */
  duplicates: number
  status: BatchStatus
  createdAt: Date
  finishedAt: Date | null
}

type BatchStatus = 'running' | 'done' | 'cancelled' | 'failed'

export type NewBatch = {
  batchId: string
  templateId: string
  prefix: string
  codeLength: number
  wanted: number
  /** How many different codes there are of this kind. */
  space: number
  by: string
  requestId: string
  changeId: string
  /** Who begins with it at once; left out: whoever has time. */
  worker?: string | undefined
}

export type StartedBatch = {
  outcome: 'started' | 'repeated' | 'conflict' | 'unknown_template' | 'too_many'
  batchId: string | null
}

/** How long a batch belongs to its worker after each chunk. */
const LEASE_SECONDS = 30

/** Begins a batch of codes to make; a request that is known begins nothing. */
export async function startBatch(
  db: Database,
  merchantId: string,
  batch: NewBatch,
): Promise<StartedBatch> {
  const [started] = await db.run(
    ({ sql }) => sql<StartedBatch[]>`
      select * from start_code_batch(
        ${merchantId}, ${batch.batchId}, ${batch.templateId}, ${batch.prefix}, ${batch.codeLength},
        ${batch.wanted}, ${String(batch.space)}::text::numeric, ${batch.by}, ${batch.requestId},
        ${batch.worker ?? null}, ${LEASE_SECONDS}, ${batch.changeId}
      )`,
  )
  return started ?? { outcome: 'unknown_template', batchId: null }
}

/** Takes batches that nobody works on, for as long as a chunk may take. */
export async function leaseBatches(
  db: Database,
  worker: string,
  limit: number,
): Promise<CodeBatch[]> {
  return db.run(
    ({ sql }) => sql<CodeBatch[]>`
      with free as (
        select b.merchant_id, b.id from code_batches b
        where b.status = 'running' and (b.leased_until is null or b.leased_until <= clock_timestamp())
        order by b.created_at limit ${limit} for update skip locked
      ), taken as (
        update code_batches b set
          worker = ${worker}, leased_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
        from free f where b.merchant_id = f.merchant_id and b.id = f.id
        returning b.*
      )
      ${selectBatches(sql, sql`taken`)}`,
  )
}

/** Lets go of a batch, so that somebody else may go on with it at once. */
export async function releaseBatch(
  db: Database,
  merchantId: string,
  batchId: string,
  worker: string,
): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      update code_batches set leased_until = null
      where merchant_id = ${merchantId} and id = ${batchId} and worker = ${worker}`,
  )
}

/** How far a batch has come; `lost` when another worker has taken it over. */
export type BatchProgress = { made: number; wanted: number; status: BatchStatus | 'lost' }

/** Puts a chunk of codes into the pool and counts it, as long as the batch is running and the worker's. */
export async function addCodes(
  db: Database,
  merchantId: string,
  batch: { batchId: string; worker: string },
  codes: readonly string[],
): Promise<BatchProgress | undefined> {
  const [progress] = await db.run(
    ({ sql }) => sql<BatchProgress[]>`
      select * from add_codes(
        ${merchantId}, ${batch.batchId}, ${batch.worker}, string_to_array(${codes.join(' ')}, ' '),
        ${LEASE_SECONDS}
      )`,
  )
  return progress
}

/** What became of a chunk of an import: the codes of it that were known, and where. */
export type ImportedChunk =
  | { outcome: 'unknown_template'; known: KnownCode[] }
  | { outcome: 'taken'; known: KnownCode[] }

type KnownCode = { code: string; known: 'import' | 'pool' | 'voucher' }

/** Takes a chunk of a merchant's own codes into the pool; none may stand in it twice. */
export async function importCodes(
  db: Database,
  merchantId: string,
  batch: { batchId: string; templateId: string; by: string; changeId: string },
  codes: readonly string[],
): Promise<ImportedChunk> {
  const rows = await db.run(
    ({ sql }) => sql<({ outcome: 'known' | 'unknown_template' } & KnownCode)[]>`
      select * from import_codes(
        ${merchantId}, ${batch.templateId}, ${batch.batchId}, ${batch.by},
        string_to_array(${codes.join(' ')}, ' '), ${batch.changeId}
      )`,
  )
  if (rows[0]?.outcome === 'unknown_template') return { outcome: 'unknown_template', known: [] }
  return { outcome: 'taken', known: rows.map(({ code, known }) => ({ code, known })) }
}

/** Stops a batch; what was made stays. Answers whether it was running. */
export async function cancelBatch(
  db: Database,
  merchantId: string,
  batchId: string,
  change: { changeId: string; by: string },
): Promise<boolean> {
  const cancelled = await db.run(
    ({ sql }) => sql`
      with cancelled as (
        update code_batches set status = 'cancelled', finished_at = clock_timestamp()
        where merchant_id = ${merchantId} and id = ${batchId} and status = 'running'
        returning merchant_id, id, template_id, made
      )
      insert into audit_log (merchant_id, id, subject, subject_id, action, by_id, detail)
      select merchant_id, ${change.changeId}, 'codes', template_id, 'cancel', ${change.by},
             jsonb_build_object('batch', id, 'after', jsonb_build_object('made', made))
      from cancelled
      returning id`,
  )
  return cancelled.length === 1
}

export async function batchOf(
  db: Database,
  merchantId: string,
  batchId: string,
): Promise<CodeBatch | undefined> {
  const [batch] = await db.run(
    ({ sql }) => sql<CodeBatch[]>`
      with batch as (
        select * from code_batches where merchant_id = ${merchantId} and id = ${batchId}
      )
      ${selectBatches(sql, sql`batch`)}`,
  )
  return batch
}

/** A merchant's batches, newest first. */
export async function batchesOf(db: Database, merchantId: string): Promise<CodeBatch[]> {
  return db.run(
    ({ sql }) => sql<CodeBatch[]>`
      with batch as (
        select * from code_batches where merchant_id = ${merchantId} order by created_at desc, id desc limit 20
      )
      ${selectBatches(sql, sql`batch`)}
      order by b.created_at desc, b.id desc`,
  )
}

function selectBatches(sql: Connection['sql'], from: ReturnType<Connection['sql']>) {
  return sql`
    select b.merchant_id, b.id as batch_id, b.template_id, t.name as template_name, b.source, b.prefix,
           b.code_length, b.wanted, b.made, b.duplicates, b.status, b.created_at, b.finished_at
    from ${from} b
    join voucher_templates t on t.merchant_id = b.merchant_id and t.id = b.template_id`
}

/** A code and what has become of it. */
export type CodeRow = {
  /** Where to go on: sorts as the rows do. */
  cursor: string
  code: string
  templateId: string
  templateName: string
  state: 'waiting' | 'given' | 'spent' | 'expired' | 'revoked'
  givenAt: Date | null
  expiresAt: Date | null
}

type CodesOf = { templateId?: string | undefined; campaignId?: string | undefined }

/**
 * Codes of a template, a campaign or all of a merchant's, a page at a time: first those of the pool in
 * their order, then those that were made as vouchers were issued.
 */
export async function codesAfter(
  db: Database,
  merchantId: string,
  of: CodesOf,
  after: string | undefined,
  limit: number,
): Promise<CodeRow[]> {
  const templateIds = await templatesIn(db, merchantId, of)
  const rows: CodeRow[] = []
  if (!after?.startsWith(ISSUED)) {
    const [, reached = '', position = '0'] = after?.split(':') ?? []
    for (const templateId of templateIds.filter((id) => id >= reached)) {
      const from = templateId === reached ? Number(position) : 0
      rows.push(...(await pooledAfter(db, merchantId, templateId, from, limit - rows.length)))
      if (rows.length === limit) return rows
    }
  }
  const last = after?.startsWith(ISSUED) ? after.slice(ISSUED.length) : ''
  rows.push(...(await issuedAfter(db, merchantId, templateIds, last, limit - rows.length)))
  return rows
}

const POOLED = 'p:'
const ISSUED = 'v:'

async function templatesIn(
  db: Database,
  merchantId: string,
  { templateId, campaignId }: CodesOf,
): Promise<string[]> {
  const rows = await db.run(
    ({ sql }) => sql<{ id: string }[]>`
      select t.id from voucher_templates t
      where t.merchant_id = ${merchantId} and (${templateId ?? null}::text is null or t.id = ${templateId ?? null})
        and (${campaignId ?? null}::text is null or t.campaign_id = ${campaignId ?? null})
      order by t.id collate "C"`,
  )
  return rows.map(({ id }) => id)
}

// A page is looked up by the keys of its rows: joined as sets, each page would read all vouchers anew.
function pooledAfter(
  db: Database,
  merchantId: string,
  templateId: string,
  position: number,
  limit: number,
): Promise<CodeRow[]> {
  return db.run(
    ({ sql }) => sql<CodeRow[]>`
      select ${POOLED} || k.template_id || ':' || lpad(k.position::text, 10, '0') as cursor, k.code, k.template_id,
             t.name as template_name, ${stateOf(sql)} as state, v.issued_at as given_at, v.expires_at
      from (
        select c.merchant_id, c.code, c.template_id, c.position from codes c
        where c.merchant_id = ${merchantId} and c.template_id = ${templateId} and c.position > ${position}
        order by c.position limit ${limit}
      ) k
      join voucher_templates t on t.merchant_id = k.merchant_id and t.id = k.template_id
      left join lateral (
        select x.status, x.issued_at, x.expires_at from vouchers x
        where x.merchant_id = k.merchant_id and x.code = k.code limit 1
      ) v on true
      order by k.position`,
  )
}

function issuedAfter(
  db: Database,
  merchantId: string,
  templateIds: readonly string[],
  after: string,
  limit: number,
): Promise<CodeRow[]> {
  return db.run(
    ({ sql }) => sql<CodeRow[]>`
      select ${ISSUED} || v.id as cursor, v.code, v.template_id, t.name as template_name, ${stateOf(sql)} as state,
             v.issued_at as given_at, v.expires_at
      from vouchers v
      join voucher_templates t on t.merchant_id = v.merchant_id and t.id = v.template_id
      where v.merchant_id = ${merchantId} and v.id > ${after} and v.template_id = any (${templateIds as string[]})
        and (select k.position from codes k where k.merchant_id = v.merchant_id and k.code = v.code) is null
      order by v.id limit ${limit}`,
  )
}

/** What has become of a code, by its voucher. */
function stateOf(sql: Connection['sql']) {
  return sql`
    case when v.status is null then 'waiting'
         when v.status = 'redeemed' then 'spent'
         when v.status in ('expired', 'revoked') then v.status
         when v.expires_at <= clock_timestamp() then 'expired'
         else 'given' end`
}

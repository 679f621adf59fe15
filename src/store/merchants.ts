import { eq } from 'drizzle-orm'
import type { MatchingSettings } from '../domain/views.ts'
import { inColumns, type Logged } from './campaign-changes.ts'
import type { Database } from './database.ts'
import { merchants } from './schema/merchants.ts'

export type Merchant = { id: string; name: string; currency: string }

const MERCHANT = { id: merchants.id, name: merchants.name, currency: merchants.currency }

/** Adds a merchant with its first API key and the invitation of its owner, all or nothing. */
export async function addMerchant(
  db: Database,
  merchant: Merchant,
  apiKeyDigest: string,
  changeId: string,
  invite: { id: string; digest: string; ttlSeconds: number },
): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      with merchant as (
        insert into merchants (id, name, currency) values (${merchant.id}, ${merchant.name}, ${merchant.currency})
        returning id, name, currency
      ), logged as (
        insert into audit_log (merchant_id, id, subject, subject_id, action, by_id, detail)
        select id, ${changeId}, 'merchant', id, 'created', 'cli',
               jsonb_build_object('after', jsonb_build_object('name', name, 'currency', currency))
        from merchant
      ), key as (
        insert into api_keys (digest, merchant_id, label) select ${apiKeyDigest}, id, 'first' from merchant
      ), invite as (
        insert into invites (merchant_id, id, role, expires_at)
        select id, ${invite.id}, 'owner', clock_timestamp() + make_interval(secs => ${invite.ttlSeconds}) from merchant
        returning merchant_id, id, expires_at
      )
      insert into link_references (digest, merchant_id, kind, target_id, expires_at)
      select ${invite.digest}, merchant_id, 'invite', id, expires_at from invite`,
  )
}

export async function merchantOf(db: Database, merchantId: string): Promise<Merchant | undefined> {
  const [merchant] = await db.run(({ orm }) =>
    orm.select(MERCHANT).from(merchants).where(eq(merchants.id, merchantId)),
  )
  return merchant
}

/** Every merchant of this installation, in the order in which they were added. */
export async function allMerchants(db: Database): Promise<Merchant[]> {
  return db.run(({ orm }) => orm.select(MERCHANT).from(merchants).orderBy(merchants.id))
}

/** The merchant that an API key belongs to, by the key's digest. */
export async function merchantOfKey(db: Database, digest: string): Promise<Merchant | undefined> {
  const [merchant] = await db.run(
    ({ sql }) => sql<Merchant[]>`
      select m.id, m.name, m.currency from api_keys k join merchants m on m.id = k.merchant_id
      where k.digest = ${digest} and k.revoked_at is null`,
  )
  return merchant
}

export async function hasMerchants(db: Database): Promise<boolean> {
  const rows = await db.run(({ orm }) => orm.select(MERCHANT).from(merchants).limit(1))
  return rows.length > 0
}

/** What a merchant told the model, and the currency that its money is in. */
export async function matchingSettingsOf(
  db: Database,
  merchantId: string,
): Promise<(MatchingSettings & { currency: string }) | undefined> {
  const { currency, marginBp, controlBp, poolsLearning } = merchants
  const [settings] = await db.run(({ orm }) =>
    orm
      .select({ currency, marginBp, controlBp, poolsLearning })
      .from(merchants)
      .where(eq(merchants.id, merchantId)),
  )
  return settings
}

/** Changes what a merchant tells the model; answers whether it changed. */
export async function setMatchingSettings(
  db: Database,
  merchantId: string,
  change: Partial<MatchingSettings>,
  { changeId, by, requestId, requestHash }: Logged,
): Promise<boolean> {
  const wanted = JSON.stringify(inColumns(change))
  const changed = await db.run(
    ({ sql }) => sql`
      with wanted as materialized (
        select m as was, jsonb_populate_record(m, ${wanted}::text::jsonb) as new
        from merchants m where m.id = ${merchantId}
        for update
      ), logged as (
        insert into audit_log (merchant_id, id, subject, subject_id, action, by_id, detail, request_id)
        select (w.was).id, ${changeId}, 'merchant', (w.was).id, 'changed', ${by},
               jsonb_build_object(
                 'before', d.before, 'after', d.after, 'request_hash', ${requestHash ?? null}::text),
               ${requestId ?? null}
        from wanted w
        cross join lateral (
          select jsonb_object_agg(key, to_jsonb(w.was) -> key) as before,
                 jsonb_object_agg(key, to_jsonb(w.new) -> key) as after
          from jsonb_object_keys(${wanted}::text::jsonb) key
          where to_jsonb(w.was) -> key is distinct from to_jsonb(w.new) -> key
        ) d
        where d.after is not null
        on conflict (merchant_id, request_id) where request_id is not null do nothing
        returning id
      )
      update merchants x set
        margin_bp = (w.new).margin_bp, control_bp = (w.new).control_bp,
        pools_learning = (w.new).pools_learning
      from wanted w, logged l where x.id = (w.was).id
      returning x.id`,
  )
  return changed.length === 1
}

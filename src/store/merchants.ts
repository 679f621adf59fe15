import type { Database } from './database.ts'

export type Merchant = { id: string; name: string; currency: string }

/** Adds a merchant with its first API key and the invitation of its owner, all or nothing. */
export async function addMerchant(
  db: Database,
  merchant: Merchant,
  apiKeyDigest: string,
  invite: { id: string; digest: string; ttlSeconds: number },
): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      with merchant as (
        insert into merchants (id, name, currency) values (${merchant.id}, ${merchant.name}, ${merchant.currency})
        returning id
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
  const [merchant] = await db.run(
    ({ sql }) => sql<Merchant[]>`select id, name, currency from merchants where id = ${merchantId}`,
  )
  return merchant
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
  const rows = await db.run(({ sql }) => sql`select 1 from merchants limit 1`)
  return rows.length > 0
}

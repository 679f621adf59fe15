import { and, eq } from 'drizzle-orm'

import type { Store } from '../domain/views.ts'
import type { Logged } from './campaign-changes.ts'
import type { Database } from './database.ts'
import { stores } from './schema/stores-and-staff.ts'

const STORE = {
  storeId: stores.id,
  sourceId: stores.sourceId,
  name: stores.name,
  address: stores.address,
  zone: stores.zone,
}

/** Adds a store; the merchant's own id of it is unique. Answers false when it was there. */
export async function addStore(
  db: Database,
  merchantId: string,
  { storeId, sourceId, name, address, zone }: Store,
  { changeId, by }: Logged,
): Promise<boolean> {
  const added = await db.run(
    ({ sql }) => sql`
      with store as (
        insert into stores (merchant_id, id, source_id, name, address, zone)
        values (${merchantId}, ${storeId}, ${sourceId}, ${name}, ${address}, ${zone})
        on conflict (merchant_id, source_id) do nothing
        returning merchant_id, id, source_id, name, address, zone
      )
      insert into audit_log (merchant_id, id, subject, subject_id, action, by_id, detail)
      select merchant_id, ${changeId}, 'store', id, 'created', ${by},
             jsonb_build_object('after', jsonb_build_object(
               'source_id', source_id, 'name', name, 'address', address, 'zone', zone))
      from store
      returning id`,
  )
  return added.length === 1
}

/** Changes what a store is called, where it is or what its clocks show; answers whether it changed. */
export async function setStore(
  db: Database,
  merchantId: string,
  sourceId: string,
  change: Partial<Pick<Store, 'name' | 'address' | 'zone'>>,
  { changeId, by, requestId, requestHash }: Logged,
): Promise<boolean> {
  const wanted = JSON.stringify(change)
  const changed = await db.run(
    ({ sql }) => sql`
      with wanted as materialized (
        select s as was, jsonb_populate_record(s, ${wanted}::text::jsonb) as new
        from stores s where s.merchant_id = ${merchantId} and s.source_id = ${sourceId}
        for update
      ), logged as (
        insert into audit_log (merchant_id, id, subject, subject_id, action, by_id, detail, request_id)
        select (w.was).merchant_id, ${changeId}, 'store', (w.was).id, 'changed', ${by},
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
      update stores x set name = (w.new).name, address = (w.new).address, zone = (w.new).zone
      from wanted w, logged l
      where x.merchant_id = (w.was).merchant_id and x.id = (w.was).id
      returning x.id`,
  )
  return changed.length === 1
}

export async function storesOf(db: Database, merchantId: string): Promise<Store[]> {
  return db.run(({ orm }) =>
    orm
      .select(STORE)
      .from(stores)
      .where(eq(stores.merchantId, merchantId))
      .orderBy(stores.sourceId),
  )
}

export async function storeBySource(
  db: Database,
  merchantId: string,
  sourceId: string,
): Promise<Store | undefined> {
  const [store] = await db.run(({ orm }) =>
    orm
      .select(STORE)
      .from(stores)
      .where(and(eq(stores.merchantId, merchantId), eq(stores.sourceId, sourceId))),
  )
  return store
}

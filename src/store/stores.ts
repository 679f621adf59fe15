import type { Database } from './database.ts'

export type Store = {
  storeId: string
  sourceId: string
  name: string
  address: string
  zone: string
}

/** Adds a store; the merchant's own id of it is unique. Answers false when it was there. */
export async function addStore(db: Database, merchantId: string, store: Store): Promise<boolean> {
  const added = await db.run(
    ({ sql }) => sql`
      insert into stores (merchant_id, id, source_id, name, address, zone)
      values (${merchantId}, ${store.storeId}, ${store.sourceId}, ${store.name}, ${store.address}, ${store.zone})
      on conflict (merchant_id, source_id) do nothing returning id`,
  )
  return added.length === 1
}

export async function storesOf(db: Database, merchantId: string): Promise<Store[]> {
  return db.run(
    ({ sql }) => sql<Store[]>`
      select id as store_id, source_id, name, address, zone from stores
      where merchant_id = ${merchantId} order by source_id`,
  )
}

export async function storeBySource(
  db: Database,
  merchantId: string,
  sourceId: string,
): Promise<Store | undefined> {
  const [store] = await db.run(
    ({ sql }) => sql<Store[]>`
      select id as store_id, source_id, name, address, zone from stores
      where merchant_id = ${merchantId} and source_id = ${sourceId}`,
  )
  return store
}

import { and, eq } from 'drizzle-orm'

import type { Store } from '../domain/views.ts'
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
  { storeId, ...store }: Store,
): Promise<boolean> {
  const added = await db.run(({ orm }) =>
    orm
      .insert(stores)
      .values({ merchantId, id: storeId, ...store })
      .onConflictDoNothing({ target: [stores.merchantId, stores.sourceId] })
      .returning({ id: stores.id }),
  )
  return added.length === 1
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

import type { OrderLine, OrderView } from '../domain/views.ts'
import type { Connection, Database } from './database.ts'

export type OrderRecord = {
  id: string
  source_id: string
  placed_at: Date
  currency: string
  total_minor: number
  customer_ref?: string | undefined
  country?: string | undefined
  lines: OrderLine[]
  tastes: Record<string, number>
  content_hash: string
  reference: string
  pin_sealed: string
}

export type IngestedOrder = {
  sourceId: string
  orderId: string
  outcome: 'taken' | 'changed' | 'unchanged'
  reference: string
  pinSealed: string
}

/** Takes in orders of one store in one statement; taking the same in again changes nothing. @patent 4 */
export async function ingestOrders(
  db: Database,
  merchantId: string,
  storeId: string,
  orders: readonly OrderRecord[],
): Promise<IngestedOrder[]> {
  const items = orders.map((order) => JSON.stringify(order))
  return db.run(
    ({ sql }) =>
      sql<
        IngestedOrder[]
      >`select * from ingest_orders(${merchantId}, ${storeId}, ${items}::text[])`,
  )
}

export type CancellationRecord = {
  id: string
  source_id: string
  order_source_id?: string | undefined
  customer_ref?: string | undefined
  cancelled_at: Date
  /** Left out: the whole order. */
  amount_minor?: number | undefined
  lines: OrderLine[]
}

export type IngestedCancellation = {
  sourceId: string
  outcome: 'taken' | 'unchanged'
  /** The order it belongs to; empty while it waits for its order. */
  orderSourceId: string | null
  /** What was told at first; empty when it was the whole order. */
  amountMinor: number | null
}

export async function ingestCancellations(
  db: Database,
  merchantId: string,
  cancellations: readonly CancellationRecord[],
): Promise<IngestedCancellation[]> {
  const items = cancellations.map((cancellation) => JSON.stringify(cancellation))
  return db.run(
    ({ sql }) =>
      sql<
        IngestedCancellation[]
      >`select * from ingest_cancellations(${merchantId}, ${items}::text[])`,
  )
}

/** An order with what decides who may see it. */
export type StoredOrder = OrderView & {
  storeId: string
  /** Of the store's clocks. */
  zone: string
  country: string | null
  holderId: string | null
  tastes: Record<string, number>
}

export async function orderOf(
  db: Database,
  merchantId: string,
  orderId: string,
): Promise<StoredOrder | undefined> {
  const [order] = await db.run(
    ({ sql }) => sql<StoredOrder[]>`
      ${selectOrders(sql)} where o.merchant_id = ${merchantId} and o.id = ${orderId}`,
  )
  return order
}

/** The order that the merchant knows by this number. */
export async function orderBySource(
  db: Database,
  merchantId: string,
  sourceId: string,
): Promise<StoredOrder | undefined> {
  const [order] = await db.run(
    ({ sql }) => sql<StoredOrder[]>`
      ${selectOrders(sql)} where o.merchant_id = ${merchantId} and o.source_id = ${sourceId}`,
  )
  return order
}

/** The orders that a person has bound, newest first, at all their merchants. */
export async function ordersOf(db: Database, personId: string): Promise<StoredOrder[]> {
  return db.run(
    ({ sql }) => sql<StoredOrder[]>`
      ${selectOrders(sql)}
      where o.merchant_id in (select merchant_id from memberships where person_id = ${personId})
        and o.holder_id = ${personId}
      order by o.placed_at desc, o.id desc limit 50`,
  )
}

/** Binds an order to the first who opens it. Answers who holds it now. */
export async function bindOrder(
  db: Database,
  merchantId: string,
  orderId: string,
  personId: string,
): Promise<string | undefined> {
  const [bound] = await db.run(
    ({ sql }) => sql<{ holder: string | null }[]>`
      select bind_order(${merchantId}, ${orderId}, ${personId}) as holder`,
  )
  return bound?.holder ?? undefined
}

export type PinTry = { merchantId: string; orderId: string; pinSealed: string }

/**
 * Takes one of the tries at an order's PIN, before the PIN is looked at, so that many tries at once
 * count too. Five in a row lock the order for 15 minutes, twenty for good. Answers nothing while it is
 * locked and for an order that is not there. An order number may be known to several merchants: the
 * store's id tells them apart as far as it can, and each of them has its own PIN.
 */
export async function takePinTries(
  db: Database,
  sourceId: string,
  storeSourceId: string,
): Promise<PinTry[]> {
  return db.run(
    ({ sql }) => sql<PinTry[]>`
      update orders o set
        pin_tries = pin_tries + 1,
        pin_locked_until = case
          when (pin_tries + 1) % 5 = 0 then clock_timestamp() + interval '15 minutes' end
      from stores s
      where s.merchant_id = o.merchant_id and s.id = o.store_id and s.source_id = ${storeSourceId}
        and o.source_id = ${sourceId}
        and o.pin_tries < 20
        and (o.pin_locked_until is null or o.pin_locked_until <= clock_timestamp())
      returning o.merchant_id, o.id as order_id, o.pin_sealed`,
  )
}

function selectOrders(sql: Connection['sql']) {
  return sql`
    select o.merchant_id, m.name as merchant_name, o.id as order_id, o.source_id, o.reference,
           o.store_id, s.name as store_name, s.address as store_address, s.zone, o.country, o.placed_at, o.currency,
           o.total_minor, o.cancelled_minor, o.status, o.lines, o.holder_id, o.tastes
    from orders o
    join merchants m on m.id = o.merchant_id
    join stores s on s.merchant_id = o.merchant_id and s.id = o.store_id`
}

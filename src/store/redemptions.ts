import type { HoldRefusal, SpendingRefusal } from '../domain/spending.ts'
import type { UsedView } from '../domain/views.ts'
import type { Connection, Database } from './database.ts'

/** What is typed and said at a till. */
export type TillOrder = {
  /** Spellings of the code that was typed, the likeliest first. */
  codes: string[]
  /** Left out: all there is, or a percentage of the order. */
  amountMinor?: number | undefined
  /** What the order comes to that is paid for. */
  orderMinor?: number | undefined
  currency?: string | undefined
  /** Ours or the merchant's own id of the store in which the till stands. */
  storeId?: string | undefined
}

export type RedeemOutcome =
  | 'redeemed'
  | 'repeated'
  | 'request_reused'
  | 'order_cancelled'
  | HoldRefusal
  | Exclude<SpendingRefusal, 'code_mistyped'>

export type RedeemOrder = TillOrder & {
  redemptionId: string
  /** The number on the receipt. */
  orderSourceId?: string | undefined
  holdId?: string | undefined
  requestId: string
  requestHash: string
  by: string
}

/** Spends a voucher in one statement: one till wins, a repeated request gets its first answer. */
export async function redeemVoucher(
  db: Database,
  merchantId: string,
  order: RedeemOrder,
): Promise<{ outcome: RedeemOutcome; redemptionId: string | null }> {
  const [row] = await db.run(
    ({ sql }) => sql<{ outcome: RedeemOutcome; redemptionId: string | null }[]>`
      select outcome, redemption_id from redeem_voucher(
        ${merchantId}, ${order.redemptionId}, ${order.codes}::text[], ${order.amountMinor ?? null}::bigint,
        ${order.orderMinor ?? null}::bigint, ${order.currency ?? null}, ${order.orderSourceId ?? null},
        ${order.storeId ?? null}, ${order.holdId ?? null}, ${order.requestId}, ${order.requestHash},
        ${order.by}
      )`,
  )
  return row ?? { outcome: 'unknown_code', redemptionId: null }
}

/** What somebody who redeemed so at that moment would be told. It decides nothing. */
export async function tryVoucher(
  db: Database,
  merchantId: string,
  order: TillOrder & { at?: Date | undefined },
): Promise<{
  outcome: 'valid' | Exclude<SpendingRefusal, 'code_mistyped'>
  amountMinor: number | null
  unusedMinor: number | null
}> {
  const [row] = await db.run(
    ({ sql }) => sql<Awaited<ReturnType<typeof tryVoucher>>[]>`
      select outcome, amount_minor, unused_minor from try_voucher(
        ${merchantId}, ${order.codes}::text[], ${order.amountMinor ?? null}::bigint,
        ${order.orderMinor ?? null}::bigint, ${order.currency ?? null}, ${order.storeId ?? null},
        coalesce(${order.at ?? null}::timestamptz, clock_timestamp())
      )`,
  )
  return row ?? { outcome: 'unknown_code', amountMinor: null, unusedMinor: null }
}

export type RollBackOutcome =
  | 'rolled_back'
  | 'repeated'
  | 'request_reused'
  | 'unknown_redemption'
  | 'nothing_left'
  | 'too_late'
  | 'amount_exceeds_redemption'
  | 'unknown_items'
  | 'items_worth_nothing'

export type ReturnedItem = { sku: string; quantity: number }

export type RollBackOrder = {
  rollbackId: string
  redemptionId: string
  /** Left out, and no items: all that is left of the redemption. */
  amountMinor?: number | undefined
  items?: readonly ReturnedItem[] | undefined
  requestId: string
  requestHash: string
  by: string
  reason: string
}

/** Undoes a redemption in one statement: whole, in part, or what items of its order stand for. */
export async function rollBackRedemption(
  db: Database,
  merchantId: string,
  order: RollBackOrder,
): Promise<{ outcome: RollBackOutcome; rollbackId: string | null }> {
  const items = order.items ? JSON.stringify(order.items) : null
  const [row] = await db.run(
    ({ sql }) => sql<{ outcome: RollBackOutcome; rollbackId: string | null }[]>`
      select outcome, rollback_id from roll_back_redemption(
        ${merchantId}, ${order.rollbackId}, ${order.redemptionId}, ${order.amountMinor ?? null}::bigint,
        ${items}::text::jsonb, ${order.requestId}, ${order.requestHash}, ${order.by}, ${order.reason}
      )`,
  )
  return row ?? { outcome: 'unknown_redemption', rollbackId: null }
}

export type StoredRedemption = {
  redemptionId: string
  voucherId: string
  amountMinor: number
  balanceAfterMinor: number
  unusedMinor: number
  rolledBackMinor: number
  status: 'succeeded' | 'partially_rolled_back' | 'rolled_back'
  redeemedAt: Date
  orderId: string | null
  orderMinor: number | null
}

export async function redemptionOf(
  db: Database,
  merchantId: string,
  redemptionId: string,
): Promise<StoredRedemption | undefined> {
  const [redemption] = await db.run(
    ({ sql }) => sql<StoredRedemption[]>`
      select r.id as redemption_id, r.voucher_id, r.amount_minor, r.balance_after_minor, r.unused_minor,
             r.rolled_back_minor, r.status, r.redeemed_at, r.order_source_id as order_id, r.order_minor
      from redemptions r
      where r.merchant_id = ${merchantId} and r.id = ${redemptionId}`,
  )
  return redemption
}

export type StoredRollback = {
  rollbackId: string
  redemptionId: string
  amountMinor: number
  balanceBeforeMinor: number
  balanceAfterMinor: number
  reason: string
  /** A person, `api`, or `refund`: the order was cancelled or paid back. */
  by: string
  rolledBackAt: Date
}

export async function rollbackOf(
  db: Database,
  merchantId: string,
  rollbackId: string,
): Promise<StoredRollback | undefined> {
  const [rollback] = await db.run(
    ({ sql }) => sql<StoredRollback[]>`
      select b.id as rollback_id, b.redemption_id, b.amount_minor, b.balance_before_minor, b.balance_after_minor,
             b.reason, b.rolled_back_by as by, b.rolled_back_at
      from rollbacks b where b.merchant_id = ${merchantId} and b.id = ${rollbackId}`,
  )
  return rollback
}

/** The last redemption of a voucher that stands: what a cashier is told who comes second. */
export async function lastRedemptionOf(
  db: Database,
  merchantId: string,
  voucherId: string,
): Promise<UsedView | undefined> {
  const [used] = await db.run(
    ({ sql }) => sql<StoredUse[]>`${selectUses(sql)}
    where r.merchant_id = ${merchantId} and r.voucher_id = ${voucherId} and r.status <> 'rolled_back'
    order by r.redeemed_at desc, r.id desc limit 1`,
  )
  if (!used) return undefined
  const { label, storeName, ...use } = used
  return { ...use, ...(label && { label }), ...(storeName && { storeName }) }
}

type StoredUse = Omit<UsedView, 'label' | 'storeName'> & {
  label: string | null
  storeName: string | null
}

function selectUses(sql: Connection['sql']) {
  return sql`
    select r.id as redemption_id, r.amount_minor - r.rolled_back_minor as amount_minor, r.redeemed_at,
           case r.redeemed_by when 'api' then 'till' else 'staff' end as by, w.label, s.name as store_name
    from redemptions r
    left join staff w on w.merchant_id = r.merchant_id and w.person_id = r.redeemed_by
    left join stores s on s.merchant_id = r.merchant_id and s.id = r.store_id`
}

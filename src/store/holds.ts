import type { SpendingRefusal } from '../domain/spending.ts'
import type { HoldStatus } from '../domain/views.ts'
import type { Database } from './database.ts'
import type { TillOrder } from './redemptions.ts'

export type HoldOutcome =
  | 'held_for_till'
  | 'repeated'
  | 'request_reused'
  | Exclude<SpendingRefusal, 'code_mistyped'>

export type HoldOrder = Pick<TillOrder, 'codes' | 'amountMinor' | 'storeId'> & {
  holdId: string
  ttlSeconds: number
  requestId: string
  requestHash: string
  by: string
}

/** Keeps an amount of a voucher for a till, in one statement. */
export async function holdVoucher(
  db: Database,
  merchantId: string,
  order: HoldOrder,
): Promise<{ outcome: HoldOutcome; holdId: string | null }> {
  const [row] = await db.run(
    ({ sql }) => sql<{ outcome: HoldOutcome; holdId: string | null }[]>`
      select outcome, hold_id from hold_voucher(
        ${merchantId}, ${order.holdId}, ${order.codes}::text[], ${order.amountMinor ?? null}::bigint,
        ${order.storeId ?? null}, ${order.ttlSeconds}, ${order.requestId}, ${order.requestHash}, ${order.by}
      )`,
  )
  return row ?? { outcome: 'unknown_code', holdId: null }
}

export type ReleaseOutcome = 'released' | 'unchanged' | 'hold_over' | 'unknown_hold'

/** Gives back what a hold keeps: once, whatever is repeated. */
export async function releaseHold(
  db: Database,
  merchantId: string,
  holdId: string,
): Promise<ReleaseOutcome> {
  const [row] = await db.run(
    ({ sql }) => sql<{ outcome: ReleaseOutcome }[]>`
      select release_hold(${merchantId}, ${holdId}) as outcome`,
  )
  return row?.outcome ?? 'unknown_hold'
}

export type StoredHold = {
  holdId: string
  voucherId: string
  amountMinor: number
  status: HoldStatus
  expiresAt: Date
}

export async function holdOf(
  db: Database,
  merchantId: string,
  holdId: string,
): Promise<StoredHold | undefined> {
  const [hold] = await db.run(
    ({ sql }) => sql<StoredHold[]>`
      select h.id as hold_id, h.voucher_id, h.amount_minor, h.expires_at,
             case when h.status = 'held' and h.expires_at <= clock_timestamp() then 'expired' else h.status end
               as status
      from holds h where h.merchant_id = ${merchantId} and h.id = ${holdId}`,
  )
  return hold
}

/** Merchants that have holds past their end. */
export async function merchantsWithDueHolds(db: Database): Promise<string[]> {
  const rows = await db.run(
    ({ sql }) => sql<{ merchantId: string }[]>`
      select distinct merchant_id from holds where status = 'held' and expires_at <= clock_timestamp()`,
  )
  return rows.map(({ merchantId }) => merchantId)
}

/** Ends due holds of a merchant; answers of how many vouchers, at most `limit`. */
export async function expireHolds(
  db: Database,
  merchantId: string,
  limit: number,
): Promise<number> {
  const [row] = await db.run(
    ({ sql }) => sql<{ count: number }[]>`select expire_holds(${merchantId}, ${limit}) as count`,
  )
  return row?.count ?? 0
}

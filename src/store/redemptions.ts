import { and, eq } from 'drizzle-orm'
import type { Database } from './database.ts'
import { redemptions } from './schema/redemptions.ts'

export type RedeemOutcome =
  | 'redeemed'
  | 'repeated'
  | 'request_reused'
  | 'unknown_code'
  | 'already_redeemed'
  | 'expired'
  | 'revoked'
  | 'held'
  | 'amount_exceeds_balance'

export type RedeemOrder = {
  redemptionId: string
  code: string
  /** Left out: all there is. */
  amountMinor?: number | undefined
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
        ${merchantId}, ${order.redemptionId}, ${order.code}, ${order.amountMinor ?? null}::bigint,
        ${order.requestId}, ${order.requestHash}, ${order.by}, null
      )`,
  )
  return row ?? { outcome: 'unknown_code', redemptionId: null }
}

export type RollBackOutcome =
  | 'rolled_back'
  | 'repeated'
  | 'request_reused'
  | 'unknown_redemption'
  | 'nothing_left'
  | 'amount_exceeds_redemption'

export type RollBackOrder = {
  rollbackId: string
  redemptionId: string
  /** Left out: all that is left of the redemption. */
  amountMinor?: number | undefined
  requestId: string
  requestHash: string
  by: string
  reason: string
}

/** Undoes a redemption in one statement, whole or in part. */
export async function rollBackRedemption(
  db: Database,
  merchantId: string,
  order: RollBackOrder,
): Promise<{ outcome: RollBackOutcome; rollbackId: string | null }> {
  const [row] = await db.run(
    ({ sql }) => sql<{ outcome: RollBackOutcome; rollbackId: string | null }[]>`
      select outcome, rollback_id from roll_back_redemption(
        ${merchantId}, ${order.rollbackId}, ${order.redemptionId}, ${order.amountMinor ?? null}::bigint,
        ${order.requestId}, ${order.requestHash}, ${order.by}, ${order.reason}
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
}

export async function redemptionOf(
  db: Database,
  merchantId: string,
  redemptionId: string,
): Promise<StoredRedemption | undefined> {
  const { id, voucherId, amountMinor, balanceAfterMinor, unusedMinor } = redemptions
  const { rolledBackMinor, status, redeemedAt } = redemptions
  const [redemption] = await db.run(({ orm }) =>
    orm
      .select({
        redemptionId: id,
        voucherId,
        amountMinor,
        balanceAfterMinor,
        unusedMinor,
        rolledBackMinor,
        status,
        redeemedAt,
      })
      .from(redemptions)
      .where(and(eq(redemptions.merchantId, merchantId), eq(id, redemptionId))),
  )
  return redemption
}

/** The last redemption of a voucher: what a cashier is told who comes second. */
export async function lastRedemptionOf(
  db: Database,
  merchantId: string,
  code: string,
): Promise<{ redeemedAt: Date } | undefined> {
  const [redemption] = await db.run(
    ({ sql }) => sql<{ redeemedAt: Date }[]>`
      select r.redeemed_at from redemptions r
      join vouchers v on v.merchant_id = r.merchant_id and v.id = r.voucher_id
      where r.merchant_id = ${merchantId} and v.code = ${code} and r.status <> 'rolled_back'
      order by r.redeemed_at desc limit 1`,
  )
  return redemption
}

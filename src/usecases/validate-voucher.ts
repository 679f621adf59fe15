import type { AppContext } from '../context.ts'
import { spellingsOf } from '../domain/code.ts'
import type { SpendingRefusal } from '../domain/spending.ts'
import { tryVoucher } from '../store/redemptions.ts'
import { refuseFalseAmounts } from './false-amounts.ts'
import type { RedeemRequest } from './redeem-voucher.ts'
import { type TillVoucher, tillVoucher, wrongCode } from './till-refusal.ts'

export type ValidateRequest = Pick<
  RedeemRequest,
  'merchantId' | 'code' | 'amountMinor' | 'orderMinor' | 'currency' | 'storeId' | 'by'
> & {
  /** When it would be spent; now when left out. */
  at?: Date | undefined
}

export type ValidateResult = TillVoucher &
  (
    | {
        outcome: 'valid'
        /** What would be spent, and what would be lost with it, since only a gift balance keeps a rest. */
        amountMinor: number
        unusedMinor: number
      }
    | { outcome: SpendingRefusal }
  )

/** Whether a voucher would be taken, and for how much. It decides nothing: only the redemption does. */
export async function validateVoucher(
  app: AppContext,
  request: ValidateRequest,
): Promise<ValidateResult> {
  const { merchantId, code, by, ...order } = request
  refuseFalseAmounts(order.amountMinor, order.orderMinor)
  const codes = spellingsOf(code)
  const tried = await tryVoucher(app.db, merchantId, { ...order, codes })
  if (tried.outcome === 'unknown_code') {
    return { outcome: await wrongCode(app, merchantId, { code, by }) }
  }
  const shown = await tillVoucher(app, merchantId, codes)
  if (tried.outcome !== 'valid') return { outcome: tried.outcome, ...shown }
  return {
    outcome: 'valid',
    amountMinor: tried.amountMinor ?? 0,
    unusedMinor: tried.unusedMinor ?? 0,
    ...shown,
  }
}

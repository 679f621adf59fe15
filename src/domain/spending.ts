/** Why a voucher is not taken at a till. */
export const SPENDING_REFUSALS = [
  'unknown_code',
  'code_mistyped',
  'already_redeemed',
  'expired',
  'revoked',
  'held',
  'currency_mismatch',
  'unknown_store',
  'wrong_store',
  'outside_hours',
  'order_amount_required',
  'min_spend_not_met',
  'amount_required',
  'nothing_off',
  'amount_exceeds_balance',
] as const

export type SpendingRefusal = (typeof SPENDING_REFUSALS)[number]

/** Why a hold is not good for a redemption. */
export type HoldRefusal = 'unknown_hold' | 'hold_over' | 'amount_exceeds_hold'

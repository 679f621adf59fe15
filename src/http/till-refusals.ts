import type { UsedView } from '../domain/views.ts'
import { AppError, type ErrorCode } from '../errors.ts'
import type { RedeemRefusal } from '../usecases/redeem-voucher.ts'
import type { RollBackRefusal } from '../usecases/roll-back-redemption.ts'

type Answer = readonly [ErrorCode, string]

const REDEEM: Record<RedeemRefusal, Answer> = {
  unknown_code: ['ERR_VOUCHER_NOT_FOUND', 'There is no voucher with this code.'],
  code_mistyped: [
    'ERR_VOUCHER_NOT_FOUND',
    'The code is mistyped: its check character does not fit.',
  ],
  already_redeemed: ['ERR_VOUCHER_ALREADY_REDEEMED', 'This voucher was used'],
  expired: ['ERR_VOUCHER_EXPIRED', 'This voucher has expired.'],
  revoked: ['ERR_VOUCHER_REVOKED', 'This voucher was withdrawn.'],
  held: ['ERR_VOUCHER_HELD', 'Another till holds this voucher at the moment.'],
  currency_mismatch: ['ERR_CURRENCY_MISMATCH', 'The voucher is of another currency.'],
  unknown_store: ['ERR_STORE_NOT_FOUND', 'There is no such store at this merchant.'],
  wrong_store: ['ERR_VOUCHER_WRONG_STORE', 'This voucher is not valid in this store.'],
  outside_hours: ['ERR_VOUCHER_OUTSIDE_HOURS', 'This voucher is not valid at this time.'],
  order_cancelled: ['ERR_ORDER_CANCELLED', 'The order was cancelled.'],
  order_amount_required: [
    'ERR_ORDER_AMOUNT_REQUIRED',
    'This voucher has a minimum spend: say what the order comes to (orderMinor).',
  ],
  min_spend_not_met: ['ERR_MIN_SPEND_NOT_MET', 'The order does not come to the minimum spend.'],
  amount_required: [
    'ERR_ORDER_AMOUNT_REQUIRED',
    'A percentage needs what the order comes to (orderMinor), or the amount that it took off.',
  ],
  nothing_off: ['ERR_AMOUNT_INVALID', 'The order comes to so little that nothing is taken off.'],
  amount_exceeds_balance: ['ERR_AMOUNT_EXCEEDS_BALANCE', 'The voucher does not hold so much.'],
  unknown_hold: ['ERR_HOLD_NOT_FOUND', 'There is no such hold of this voucher.'],
  hold_over: ['ERR_HOLD_OVER', 'This hold is over.'],
  amount_exceeds_hold: ['ERR_AMOUNT_EXCEEDS_HOLD', 'The hold is for less.'],
}

const ROLL_BACK: Record<RollBackRefusal, Answer> = {
  unknown_redemption: ['ERR_REDEMPTION_NOT_FOUND', 'There is no such redemption.'],
  nothing_left: ['ERR_NOTHING_TO_ROLL_BACK', 'This redemption was rolled back already.'],
  too_late: ['ERR_TOO_LATE_TO_ROLL_BACK', 'This redemption was more than 180 days ago.'],
  amount_exceeds_redemption: ['ERR_AMOUNT_EXCEEDS_REDEMPTION', 'The redemption was for less.'],
  unknown_items: [
    'ERR_ITEMS_INVALID',
    'The order that this redemption paid for is not known, or did not hold so many of these items.',
  ],
  items_worth_nothing: ['ERR_ITEMS_INVALID', 'Nothing is to be given back for these items.'],
}

/** Why a voucher was not taken; of one that was used, also when and by whom. */
export function redeemRefused(reason: RedeemRefusal, used?: UsedView): AppError {
  const [code, message] = REDEEM[reason]
  if (reason !== 'already_redeemed') return new AppError(code, message)
  const when = used ? ` at ${used.redeemedAt.toISOString()} by ${userOf(used)}` : ''
  return new AppError(code, `${message}${when}.`)
}

export function rollBackRefused(reason: RollBackRefusal): AppError {
  return new AppError(...ROLL_BACK[reason])
}

function userOf({ by, label }: UsedView): string {
  return by === 'till' ? 'the till' : (label ?? 'a member of the staff')
}

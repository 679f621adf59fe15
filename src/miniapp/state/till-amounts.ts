import type { Voucher } from '../api/answers.ts'
import type { Validation } from '../api/shop-answers.ts'
import { type Fault, readAmount } from './read-field.ts'
import type { Amounts } from './till.ts'

/** What has to be typed before a voucher can be spent, and what may be. */
export type Asked = { order: boolean; part: boolean }

export function asksFor({ kind, minSpendMinor }: Voucher): Asked {
  return { order: kind === 'percent_off' || minSpendMinor > 0, part: kind === 'gift_balance' }
}

export type TypedAmounts = { order: string; part: string }

export type ReadAmounts = {
  /** Everything is there that is needed, and nothing is wrong with it. */
  isReady: boolean
  amounts: Amounts
  faults: Partial<Record<keyof TypedAmounts, Fault>>
}

/** The typed amounts in minor units. A part that is left out means all there is. */
export function readAmounts(typed: TypedAmounts, asked: Asked, currency: string): ReadAmounts {
  const read = (text: string) => (text.trim() === '' ? undefined : readAmount(text, currency))
  const order = asked.order ? read(typed.order) : undefined
  const part = asked.part ? read(typed.part) : undefined
  const faults = {
    ...(typeof order === 'string' && { order }),
    ...(typeof part === 'string' && { part }),
  }
  const amounts = {
    ...(typeof order === 'number' && { orderMinor: order }),
    ...(typeof part === 'number' && { amountMinor: part }),
  }
  const isMissing = asked.order && order === undefined
  return { isReady: !isMissing && Object.keys(faults).length === 0, amounts, faults }
}

/** Whether what is typed can still make the voucher valid, so that there is something to type. */
export function canBeMended({ outcome }: Validation): boolean {
  return MENDABLE.has(outcome)
}

const MENDABLE: ReadonlySet<Validation['outcome']> = new Set([
  'valid',
  'order_amount_required',
  'min_spend_not_met',
  'amount_required',
  'nothing_off',
  'amount_exceeds_balance',
])

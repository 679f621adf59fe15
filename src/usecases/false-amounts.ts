import { AppError } from '../errors.ts'

/** Refuses amounts that are none. Left out is none given. */
export function refuseFalseAmounts(...amounts: readonly (number | undefined)[]): void {
  for (const amount of amounts) {
    if (amount === undefined || (Number.isSafeInteger(amount) && amount > 0)) continue
    throw new AppError('ERR_AMOUNT_INVALID', 'An amount must be more than nothing, in minor units.')
  }
}

import { expect, test } from 'vitest'

import type { Validation } from '../../../src/miniapp/api/shop-answers.ts'
import { asksFor, canBeMended, readAmounts } from '../../../src/miniapp/state/till-amounts.ts'
import { voucher } from './sample.ts'

test('a plain voucher asks for nothing; a percentage and a minimum spend for the order’s amount', () => {
  const asked = [
    voucher(),
    voucher({ kind: 'free_item' }),
    voucher({ kind: 'percent_off' }),
    voucher({ minSpendMinor: 2000 }),
    voucher({ kind: 'gift_balance' }),
  ].map(asksFor)

  expect(asked).toEqual([
    { order: false, part: false },
    { order: false, part: false },
    { order: true, part: false },
    { order: true, part: false },
    { order: false, part: true },
  ])
})

test('the order’s amount must be there, a part may be left out', () => {
  const order = { order: true, part: false }
  const part = { order: false, part: true }
  const read = (typed: { order?: string; part?: string }, asked: typeof order, currency = 'GBP') =>
    readAmounts({ order: '', part: '', ...typed }, asked, currency)

  expect(read({}, order)).toEqual({ isReady: false, amounts: {}, faults: {} })
  expect(read({ order: '12.50' }, order).amounts).toEqual({ orderMinor: 1250 })
  expect(read({}, part)).toEqual({ isReady: true, amounts: {}, faults: {} })
  expect(read({ part: '300' }, part, 'JPY').amounts).toEqual({ amountMinor: 300 })
  expect(read({ part: '1.250' }, part, 'KWD').amounts).toEqual({ amountMinor: 1250 })
})

test.each(['-1', '1e3', '１２', '1,000.50', '0', 'abc'])('%s is no amount', (typed) => {
  const read = readAmounts({ order: typed, part: '' }, { order: true, part: false }, 'GBP')

  expect(read).toEqual({ isReady: false, amounts: {}, faults: { order: 'amount' } })
})

test('decimals that a currency does not have are told as such', () => {
  const faultOf = (typed: string, currency: string) =>
    readAmounts({ order: typed, part: '' }, { order: true, part: false }, currency).faults.order

  expect(faultOf('0.001', 'GBP')).toBe('decimals')
  expect(faultOf('0.5', 'JPY')).toBe('decimals')
  expect(faultOf('0.001', 'KWD')).toBeUndefined()
})

test('what another amount can mend is left to be typed again; what is over is over', () => {
  const outcomes = ['valid', 'min_spend_not_met', 'already_redeemed', 'expired'] as const

  expect(outcomes.map((outcome) => canBeMended({ outcome } as Validation))).toEqual([
    true,
    true,
    false,
    false,
  ])
})

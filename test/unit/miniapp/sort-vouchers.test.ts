import { expect, test } from 'vitest'

import { sortVouchers, statusOf } from '../../../src/miniapp/state/sort-vouchers.ts'
import { voucher } from './sample.ts'

const NOW = Date.parse('2026-11-22T12:00:00.000Z')

test('what can be spent comes first, soonest to end; what is over is apart, latest first', () => {
  const wallet = [
    voucher({ voucherId: 'later', expiresAt: '2026-12-20T00:00:00.000Z' }),
    voucher({ voucherId: 'used', status: 'redeemed' }),
    voucher({
      voucherId: 'soon',
      status: 'partially_redeemed',
      expiresAt: '2026-11-23T00:00:00.000Z',
    }),
    voucher({ voucherId: 'old', status: 'expired', expiresAt: '2026-10-01T00:00:00.000Z' }),
    voucher({ voucherId: 'withdrawn', status: 'revoked', expiresAt: '2026-11-30T00:00:00.000Z' }),
    voucher({ voucherId: 'held', status: 'held' }),
  ]

  const { usable, over } = sortVouchers(wallet, NOW)

  expect(usable.map(({ voucherId }) => voucherId)).toEqual(['soon', 'held', 'later'])
  expect(over.map(({ voucherId }) => voucherId)).toEqual(['used', 'withdrawn', 'old'])
})

test('a voucher whose time is over is not shown as usable, whatever the server still calls it', () => {
  const ended = { expiresAt: new Date(NOW).toISOString() }

  expect(statusOf(voucher(ended), NOW)).toBe('expired')
  expect(statusOf(voucher(ended), NOW - 1)).toBe('issued')
  expect(statusOf(voucher({ ...ended, status: 'redeemed' }), NOW)).toBe('redeemed')
})

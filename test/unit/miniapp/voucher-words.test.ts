import { expect, test } from 'vitest'

import {
  timeLeft,
  validUntil,
  worthOf,
  worthOfOffer,
} from '../../../src/miniapp/words/voucher-words.ts'
import { wordsIn } from '../../../src/miniapp/words/words.ts'
import { offer, voucher } from './sample.ts'

const english = wordsIn('en')
const chinese = wordsIn('zh')

test('each kind of voucher says what it gives', () => {
  const percent = voucher({ kind: 'percent_off', percentBp: 1250, valueMinor: 1000 })
  const item = voucher({ kind: 'free_item', valueMinor: 350 })
  const gift = voucher({ kind: 'gift_balance', valueMinor: 2000, balanceMinor: 2000 })

  expect(worthOf(voucher(), english)).toEqual({ big: '£5.00 off' })
  expect(worthOf(percent, english)).toEqual({ big: '12.5% off', small: 'up to £10.00 off' })
  expect(worthOf(item, english)).toEqual({ big: 'Free', small: 'worth £3.50' })
  expect(worthOf(gift, english)).toEqual({ big: '£20.00', small: 'to spend' })
})

test('percent off is counted in Chinese as what is left to pay', () => {
  const worth = (percentBp: number) =>
    worthOf(voucher({ kind: 'percent_off', percentBp }), chinese).big

  expect([2000, 1500, 333, 10_000].map(worth)).toEqual(['8 折', '8.5 折', '9.667 折', '免单'])
})

test('a gift balance that is partly spent shows what is left of it', () => {
  const gift = voucher({ kind: 'gift_balance', valueMinor: 2000, balanceMinor: 1200 })

  expect(worthOf(gift, english)).toEqual({ big: '£12.00', small: 'left of £20.00' })
})

test('a voucher that is all spent still says what it was', () => {
  const gift = voucher({ kind: 'gift_balance', valueMinor: 2000, balanceMinor: 0 })

  expect(worthOf(gift, english).big).toBe('£20.00')
  expect(worthOf(voucher({ balanceMinor: 0 }), english).big).toBe('£5.00 off')
})

test('an offer says what one friend gets: a range, one amount, or at most', () => {
  expect(worthOfOffer(offer(), english)).toBe('Up to £8.00 each')
  expect(worthOfOffer(offer({ fromMinor: 800 }), english)).toBe('Up to £8.00 each')
})

test('a voucher to the end of a day shows that day, another one the time as well', () => {
  const shanghai = { zone: 'Asia/Shanghai', expiresAt: '2026-12-05T16:00:00.000Z' }
  const halfPast = voucher({ expiresAt: '2026-12-05T14:30:00.000Z' })

  expect(validUntil(voucher(), english)).toBe('5 Dec 2026')
  expect(validUntil(voucher(shanghai), english)).toBe('5 Dec 2026')
  expect(validUntil(halfPast, english)).toBe('5 Dec 2026, 14:30')
})

test('the last week is counted in days, the last day in hours, and nothing is promised too long', () => {
  const end = Date.parse(voucher().expiresAt)
  const hours = (left: number) => timeLeft(voucher(), end - left * 3_600_000, english)

  expect([169, 167, 48, 47, 24, 23.9, 1.5, 0.5, -0.1].map(hours)).toEqual([
    undefined,
    '6 days left',
    '2 days left',
    '1 day left',
    '1 day left',
    '23 hours left',
    '1 hour left',
    'Ends within the hour',
    undefined,
  ])
})

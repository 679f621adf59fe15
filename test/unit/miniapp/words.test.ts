import { expect, test } from 'vitest'

import { wordsIn } from '../../../src/miniapp/words/words.ts'

/** Intl separates with several kinds of space. */
const plain = (text: string) => text.replace(/\s/g, ' ')

test('money is written from minor units, with as many decimals as its currency has', () => {
  const { money } = wordsIn('en')

  expect(money(500, 'GBP')).toBe('£5.00')
  expect(money(-1, 'GBP')).toBe('-£0.01')
  expect(money(500, 'JPY')).toBe('JP¥500')
  expect(plain(money(1234, 'KWD'))).toBe('KWD 1.234')
})

test('no amount is rounded, however large', () => {
  const { money } = wordsIn('en')

  expect(money(Number.MAX_SAFE_INTEGER, 'GBP')).toBe('£90,071,992,547,409.91')
})

test('English is written as the bot writes it, and Chinese as in China', () => {
  const noon = '2026-12-05T12:00:00.000Z'

  expect(wordsIn('en').day(noon)).toBe('5 Dec 2026')
  expect(wordsIn('en-us').day(noon)).toBe('5 Dec 2026')
  expect(wordsIn('ru').day(noon)).toBe('5 Dec 2026')
  expect(wordsIn('zh-hans').day(noon)).toBe('2026年12月5日')
  expect(wordsIn('zh').money(500, 'CNY')).toBe('¥5.00')
})

test('a day is the day in the shop’s zone, not in the reader’s', () => {
  const { day, moment } = wordsIn('en')
  const lateInShanghai = '2026-12-05T15:59:59.999Z'

  expect(day(lateInShanghai, 'Asia/Shanghai')).toBe('5 Dec 2026')
  expect(day(lateInShanghai, 'Pacific/Auckland')).toBe('6 Dec 2026')
  expect(moment(lateInShanghai, 'Asia/Shanghai')).toBe('5 Dec 2026, 23:59')
})

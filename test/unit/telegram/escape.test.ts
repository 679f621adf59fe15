import { expect, test } from 'vitest'

import { formatTyped } from '../../../src/sandbox/format-text.ts'
import { escapeHtml } from '../../../src/telegram/escape.ts'

test.each([
  'https://evil.example/x',
  'see http://evil.example',
  'evil.com',
  'www.evil.com',
  '@somebody',
  'mail me@evil.com',
  '/start now',
  '/help@other_bot',
  '#sale',
  '$USD',
  '+442071234567',
  'tg://user?id=1',
])('nothing in “%s” becomes a link', (text) => {
  const escaped = escapeHtml(text)

  expect(formatTyped(escaped).entities).toEqual([])
  expect(escaped).not.toMatch(/[\p{L}\p{N}]\.\p{L}{2}|:\/\/|(?<!\w)[@/#]\w|\+\d/u)
})

test('a person reads what was written', () => {
  const texts = [
    'Tea & cake <3',
    'US$5.00',
    '2.5 cm',
    'A/B',
    'Dr. Who',
    '1 + 1',
    '咖啡。蛋糕',
    'a@b',
  ]

  const read = texts.map((text) => escapeHtml(text).replaceAll('\u2060', ''))

  expect(read).toEqual(['Tea &amp; cake &lt;3', ...texts.slice(1)])
})

test('ordinary texts and amounts are left as they are', () => {
  const texts = ['US$5.00', '2.5 cm', 'A/B', 'Dr. Who', '1 + 1', '£15.30', 'T-light holder, 6 cm']

  expect(texts.map(escapeHtml)).toEqual(texts)
})

test('what Telegram could not read is left out', () => {
  expect(escapeHtml('a\0b\uD83D')).toBe('ab\uFFFD')
})

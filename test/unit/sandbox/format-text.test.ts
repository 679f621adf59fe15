import { expect, test } from 'vitest'
import { CAPTION, formatText, MESSAGE } from '../../../src/sandbox/format-text.ts'

test('HTML becomes plain text with entities, counted in UTF-16 units', () => {
  const formatted = html(
    '🎁 <b>Half <i>price</i></b> &lt;today&gt; &amp; <a href="https://t.me/x">more</a>',
  )

  expect(formatted).toEqual({
    text: '🎁 Half price <today> & more',
    entities: [
      { type: 'bold', offset: 3, length: 10 },
      { type: 'italic', offset: 8, length: 5 },
      { type: 'text_link', offset: 24, length: 4, url: 'https://t.me/x' },
    ],
  })
})

test('code, quotes and spoilers are known too', () => {
  const { entities } = html(
    '<code>A1</code><span class="tg-spoiler">B</span><blockquote expandable>C</blockquote>',
  )
  expect(entities.map((entity) => entity.type)).toEqual([
    'code',
    'spoiler',
    'expandable_blockquote',
  ])
})

test.each([
  ['<p>a</p>', 'Unsupported start tag "p" at byte offset 0'],
  ['5 < 6', 'Unsupported start tag "" at byte offset 2'],
  ['é<b>a', 'Can\'t find end tag corresponding to start tag "b"'],
  ['<b>a</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
  ['a</b>', 'Unexpected end tag at byte offset 1'],
  ['é<b', 'Unclosed start tag at byte offset 2'],
  ['<b>a</b', 'Unclosed end tag at byte offset 4'],
  [
    '<a href>x</a>',
    'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
  ],
  ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
])('broken HTML is refused in the words of the server: %s', (source, words) => {
  expect(() => html(source)).toThrow(`Bad Request: can't parse entities: ${words}`)
})

test('a bare ampersand is text', () => {
  expect(html('Fish & chips &nbsp; &#33;').text).toBe('Fish & chips &nbsp; !')
})

test('commands, addresses and names are found by themselves, outside other entities', () => {
  const { entities } = formatText(
    '/order@demo_bot see https://example.com/a. or @someone',
    {},
    MESSAGE,
  )
  expect(entities).toEqual([
    { type: 'bot_command', offset: 0, length: 15 },
    { type: 'url', offset: 20, length: 21 },
    { type: 'mention', offset: 46, length: 8 },
  ])
})

test('white space at the ends goes, and entities move with the text', () => {
  expect(html('\n  <b> a</b> \n')).toEqual({
    text: 'a',
    entities: [{ type: 'bold', offset: 0, length: 1 }],
  })
})

test('a text may have 4096 characters, however many bytes, after formatting', () => {
  const longest = '礼'.repeat(4096)

  expect(html(`<b>${longest}</b>`).text).toBe(longest)
  expect(() => html(`${longest}!`)).toThrow('Bad Request: message is too long')
  expect(() => formatText('x'.repeat(1025), {}, CAPTION)).toThrow(
    'Bad Request: message caption is too long',
  )
})

test('a text of nothing is refused', () => {
  expect(() => html('')).toThrow('Bad Request: message text is empty')
  expect(() => html('<b> </b>')).toThrow('Bad Request: text must be non-empty')
})

test('entities given by themselves must lie within the text', () => {
  const entities = [{ type: 'bold', offset: 1, length: 3 }]
  expect(() => formatText('abc', { entities }, MESSAGE)).toThrow('ENTITY_BOUNDS_INVALID')
})

test('Markdown is refused honestly: it is not played here', () => {
  expect(() => formatText('*a*', { parse_mode: 'MarkdownV2' }, MESSAGE)).toThrow(
    'Not Implemented: [sandbox] parse_mode MarkdownV2 is not played here',
  )
})

function html(source: string) {
  return formatText(source, { parse_mode: 'HTML' }, MESSAGE)
}

import { expect, test } from 'vitest'
import { checkMarkup } from '../../../src/sandbox/check-markup.ts'

const webApp = { text: 'Open', web_app: { url: 'https://passalong.example/app/' } }

test('a web_app button stands in a private chat, and nowhere else', () => {
  expect(() => checkMarkup({ inline_keyboard: [[webApp]] }, 'private')).not.toThrow()
  expect(() => checkMarkup({ inline_keyboard: [[webApp]] }, 'group')).toThrow('BUTTON_TYPE_INVALID')
  expect(() => checkMarkup({ inline_keyboard: [[webApp]] }, 'inline')).toThrow(
    'BUTTON_TYPE_INVALID',
  )
  expect(() => checkMarkup({ keyboard: [[webApp]] }, 'group')).toThrow('BUTTON_TYPE_INVALID')
})

test.each([
  [{ text: 'a', url: 'https://t.me/demo_bot?start=x' }],
  [{ text: 'a', url: 'tg://user?id=5' }],
  [{ text: 'a', url: 'example.com/path' }],
  [{ text: 'a', callback_data: 'x', style: 'success' as const }],
  [{ text: 'a', switch_inline_query_chosen_chat: { query: 'q', allow_group_chats: true } }],
  [{ text: 'a', copy_text: { text: 'CODE' } }],
  [{ text: 'a', disabled: {} }],
])('a button is fine: %j', (button) => {
  expect(() => checkMarkup({ inline_keyboard: [[button]] }, 'group')).not.toThrow()
})

test.each([
  [{ text: ' ', callback_data: 'x' }, 'inline keyboard button text must be non-empty'],
  [{ text: 'a' }, 'Text buttons are unallowed in the inline keyboard'],
  [
    { text: 'a', url: 'http://localhost:3000/' },
    "inline keyboard button URL 'http://localhost:3000/' is invalid: Wrong HTTP URL",
  ],
  [{ text: 'a', url: 'javascript:alert(1)' }, 'is invalid: Wrong HTTP URL'],
  [
    { text: 'a', web_app: { url: 'http://passalong.example' } },
    'is invalid: Only HTTPS links are allowed',
  ],
  [{ text: 'a', url: 'https://a.b', callback_data: 'x' }, 'a button does one thing'],
])('a button is refused: %j', (button, words) => {
  expect(() => checkMarkup({ inline_keyboard: [[button]] }, 'private')).toThrow(words)
})

test('a keyboard holds a hundred buttons, eight in a row', () => {
  const row = (length: number) => Array.from({ length }, () => ({ text: 'a', callback_data: 'x' }))
  const rows = (count: number) => Array.from({ length: count }, () => row(5))

  expect(() => checkMarkup({ inline_keyboard: rows(20) }, 'private')).not.toThrow()
  expect(() => checkMarkup({ inline_keyboard: rows(21) }, 'private')).toThrow(
    'Bad Request: reply markup is too long',
  )
  expect(() => checkMarkup({ inline_keyboard: [row(9)] }, 'private')).toThrow('8 buttons in a row')
})

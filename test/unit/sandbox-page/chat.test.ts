import { expect, test } from 'vitest'
import { readCommand, readInline } from '../../../src/sandbox/page/chat/read-inline.ts'
import { rowsOf } from '../../../src/sandbox/page/chat/rows.ts'
import { codesIn, codesNamed } from '../../../src/sandbox/page/chat/voucher-codes.ts'
import { sharedText } from '../../../src/sandbox/page/deeds/shared-text.ts'
import { tappable } from '../../../src/sandbox/page/deeds/tappable.ts'
import { stepOf } from '../../../src/sandbox/page/state/journey.ts'
import type { SimButton, SimMessage } from '../../../src/sandbox/sim.ts'

test('the bot is asked from the space after its name on', () => {
  expect(readInline('@passalong_bot', 'passalong_bot')).toBeUndefined()
  expect(readInline('@passalong_bot ', 'passalong_bot')).toBe('')
  expect(readInline('@Passalong_Bot  s_1 off_2 ', 'passalong_bot')).toBe('s_1 off_2')
  expect(readInline('ask @passalong_bot x', 'passalong_bot')).toBeUndefined()
})

test('a command is looked for until a space is typed', () => {
  expect(readCommand('/')).toBe('')
  expect(readCommand('/Red')).toBe('red')
  expect(readCommand('/redeem ')).toBeUndefined()
  expect(readCommand('and/or')).toBeUndefined()
})

test('messages that one sender sends in a row stand together, and a service line parts them', () => {
  const rows = rowsOf([
    message(1, { from: 5, date: 100 }),
    message(2, { from: 5, date: 130 }),
    message(3, { from: 5, date: 140, service: 'Mia joined the group' }),
    message(4, { from: 5, date: 150 }),
    message(5, { from: 5, date: 150 + 3600 }),
  ])

  expect(rows.map((row) => (row.kind === 'day' ? 'day' : [row.isFirst, row.isLast]))).toEqual([
    'day',
    [true, false],
    [false, true],
    [true, true],
    [true, true],
    [true, true],
  ])
})

test('a voucher’s code is known from its copy button, from code in the text, and from an answer', () => {
  const voucher = message(1, {
    text: 'Code 4VEK-HG7F-Y4KK-S',
    entities: [{ type: 'code', offset: 5, length: 16 }],
    reply_markup: {
      inline_keyboard: [[{ text: 'Copy', copy_text: { text: '4VEK-HG7F-Y4KK-S' } }]],
    },
  })

  expect(codesIn(voucher)).toEqual(['4VEK-HG7F-Y4KK-S'])
  expect(codesNamed('You got £2.00 off at LUMA.\nCode C0HN-ZN51-R9V2-Y, until 22 Dec')).toEqual([
    'C0HN-ZN51-R9V2-Y',
  ])
})

test('everybody taps the newest button that asks the bot and is not disabled', () => {
  const withButtons = (id: number, ...row: SimButton[]) =>
    message(id, { reply_markup: { inline_keyboard: [row] } })
  const old = withButtons(1, { text: 'Yesterday’s', callback_data: 'claim:1' })
  const open = withButtons(
    2,
    { text: 'Open', url: 'https://t.me/passalong_bot/app?startapp=x' },
    { text: 'Here', callback_data: 'claim:2' },
  )
  const closed = withButtons(3, { text: 'All taken', callback_data: 'claim:3', disabled: {} })

  expect(tappable([old, open, closed])?.button.text).toBe('Here')
  expect(tappable([closed])).toBeUndefined()
})

test('t.me/share/url means an address to send with a text under it', () => {
  const address = 'https://t.me/share/url?url=https%3A%2F%2Fshop.example%2Fs%2F1&text=For%20you'

  expect(sharedText(address)).toBe('https://shop.example/s/1\nFor you')
  expect(sharedText('https://t.me/passalong_bot')).toBeUndefined()
})

test('a later step done counts for the earlier ones', () => {
  const nothing = { opened: false, shared: false, tapped: false, redeemed: false }

  expect(stepOf(nothing)).toBe(0)
  expect(stepOf({ ...nothing, shared: true })).toBe(2)
  expect(stepOf({ ...nothing, redeemed: true })).toBe(4)
})

function message(
  id: number,
  with_: Partial<Omit<SimMessage, 'from'>> & { from?: number },
): SimMessage {
  const { from = 5, ...rest } = with_
  return {
    message_id: id,
    chat: -7,
    date: 100,
    ...rest,
    from: { id: from, first_name: `P${from}`, is_bot: false },
  }
}

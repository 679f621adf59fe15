import { expect, test } from 'vitest'
import { piecesOf } from '../../../src/sandbox/page/chat/pieces.ts'

test('a text without formats is one piece', () => {
  expect(piecesOf('Hello')).toEqual(['Hello'])
})

test('formats inside formats are nested, whatever order they come in', () => {
  const bold = { type: 'bold', offset: 0, length: 9 }
  const italic = { type: 'italic', offset: 0, length: 3 }
  const link = { type: 'text_link', offset: 4, length: 5, url: 'https://shop.example' }

  const pieces = piecesOf('Our offer today', [link, italic, bold])

  expect(pieces).toEqual([
    {
      entity: bold,
      pieces: [{ entity: italic, pieces: ['Our'] }, ' ', { entity: link, pieces: ['offer'] }],
    },
    ' today',
  ])
})

test('offsets count UTF-16 units, so what follows an emoji stands where it should', () => {
  const code = { type: 'code', offset: 3, length: 4 }

  expect(piecesOf('🎁 AB12', [code])).toEqual(['🎁 ', { entity: code, pieces: ['AB12'] }])
})

test('a format that leaves the one around it is cut there, and no letter is lost or doubled', () => {
  const bold = { type: 'bold', offset: 0, length: 4 }
  const italic = { type: 'italic', offset: 2, length: 6 }

  const pieces = piecesOf('abcdefgh', [bold, italic])

  expect(pieces).toEqual([
    { entity: bold, pieces: ['ab', { entity: italic, pieces: ['cd'] }] },
    'efgh',
  ])
})

test('a format of no letters is not drawn, and those after it are', () => {
  const nothing = { type: 'italic', offset: 0, length: 0 }
  const beyond = { type: 'bold', offset: 5, length: 2 }
  const bold = { type: 'bold', offset: 1, length: 1 }

  expect(piecesOf('ab', [nothing, bold, beyond])).toEqual(['a', { entity: bold, pieces: ['b'] }])
})

import { expect, test } from 'vitest'

import {
  ALPHABET,
  isMistyped,
  readCode,
  readOwnCode,
  readPrefix,
  spellCode,
  spellingsOf,
  withCheckCharacter,
} from '../../../src/domain/code.ts'
import { newCode } from '../../../src/ids.ts'

test('a code is read in any spelling that people write it in', () => {
  const code = withCheckCharacter('7KQ2M4XV9R0C')

  expect(readCode(spellCode(code).toLowerCase())).toBe(code)
  expect(readCode(` ${code.replace('0', 'o')} `)).toBe(code)
})

test('a code of any length with a prefix is read as well', () => {
  const code = withCheckCharacter('SAVE0A1B')

  expect(readCode(`save-oaib${code.at(-1)}`)).toBe(code)
  expect(readCode(code.toLowerCase())).toBe(code)
})

test('any single mistyped character is noticed', () => {
  for (let round = 0; round < 20; round++) {
    const code = newCode()
    for (let i = 0; i < code.length; i++) {
      for (const other of ALPHABET) {
        if (other === code[i]) continue
        const mistyped = code.slice(0, i) + other + code.slice(i + 1)
        expect(readCode(mistyped)).toBeUndefined()
        expect(isMistyped(mistyped)).toBe(true)
      }
    }
  }
})

test('what cannot be a code is not one', () => {
  for (const text of [
    '',
    '7KQ2',
    '７ＫＱ２Ｍ４ＸＶ９Ｒ０ＣＷ',
    'UUUUUUUUUUUUU',
    "' or 1=1 --",
    '0'.repeat(400),
  ]) {
    expect(readCode(text)).toBeUndefined()
    expect(isMistyped(text)).toBe(false)
  }
})

test('a code that a merchant brings keeps its hyphens and is known in capitals without blanks', () => {
  expect(readOwnCode(' summer-2026 ab ')).toBe('SUMMER-2026AB')
  expect(spellCode('SUMMER-2026AB')).toBe('SUMMER-2026AB')
  expect(spellingsOf('summer-2026ab')).toEqual(['SUMMER-2026AB'])
})

test.each(['', 'ab1', '=cmd|x', '-abc', 'a'.repeat(65), 'käse', '１２３４', 'a\u0000bcd', "a'b'c"])(
  'a merchant cannot bring this as a code: %j',
  (text) => {
    expect(readOwnCode(text)).toBeUndefined()
  },
)

test('what was typed is looked for as a code of ours and as one that a merchant brought', () => {
  const code = newCode()

  expect(spellingsOf(spellCode(code))).toEqual([code, spellCode(code)])
  expect(spellingsOf(code)).toEqual([code])
})

test('a prefix has none of the letters that look like digits', () => {
  expect(readPrefix('save-')).toEqual({ prefix: 'SAVE' })
  expect(readPrefix('spring')).toEqual({ refused: 'I' })
  expect(readPrefix('a&b')).toEqual({ refused: '&' })
})

test('codes do not repeat and carry sixty bits of chance', () => {
  const codes = new Set(Array.from({ length: 20_000 }, newCode))

  expect(codes.size).toBe(20_000)
  expect(ALPHABET.length ** 12).toBeGreaterThanOrEqual(2 ** 60)
})

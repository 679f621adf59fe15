import { expect, test } from 'vitest'

import { ALPHABET, readCode, spellCode, withCheckCharacter } from '../../../src/domain/code.ts'
import { newCode } from '../../../src/ids.ts'

test('a code is read in any spelling that people write it in', () => {
  const code = withCheckCharacter('7KQ2M4XV9R0C')

  expect(readCode(spellCode(code).toLowerCase())).toBe(code)
  expect(readCode(` ${code.replace('0', 'o')} `)).toBe(code)
})

test('any single mistyped character is noticed', () => {
  for (let round = 0; round < 20; round++) {
    const code = newCode()
    for (let i = 0; i < code.length; i++) {
      for (const other of ALPHABET) {
        if (other === code[i]) continue
        expect(readCode(code.slice(0, i) + other + code.slice(i + 1))).toBeUndefined()
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
  }
})

test('codes do not repeat and carry sixty bits of chance', () => {
  const codes = new Set(Array.from({ length: 20_000 }, newCode))

  expect(codes.size).toBe(20_000)
  expect(ALPHABET.length ** 12).toBeGreaterThanOrEqual(2 ** 60)
})

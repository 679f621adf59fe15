import { expect, test } from 'vitest'

import { readReceiptCode } from '../../../src/miniapp/state/receipt-code.ts'

const JWE = `${'e'.repeat(60)}..${'a'.repeat(16)}.${'b'.repeat(120)}.${'c'.repeat(22)}`
const ENCODED = 'ZXlK'.repeat(80)
const REFERENCE = 'Ab-3_efghijklmnopqrstu'

test('patent 5: a receipt’s QR is read in every form it comes in', () => {
  const read = [
    JWE,
    ` ${JWE}\n`,
    `https://shop.example/r/${JWE}`,
    `https://t.me/passalong_bot/app?startapp=${ENCODED}`,
    `https://t.me/passalong_bot?start=${REFERENCE}`,
    REFERENCE,
  ].map(readReceiptCode)

  expect(read).toEqual([
    { token: JWE },
    { token: JWE },
    { token: JWE },
    { token: ENCODED },
    { reference: REFERENCE },
    { reference: REFERENCE },
  ])
})

test('other QR codes are not sent anywhere', () => {
  const others = [
    '',
    'https://example.com/',
    'WIFI:S:cafe;P:secret;;',
    '5901234123457',
    `${JWE} ${JWE}`,
  ]

  expect(others.map(readReceiptCode)).toEqual(others.map(() => undefined))
})

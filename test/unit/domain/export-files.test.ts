import { expect, test } from 'vitest'

import {
  cellsOf,
  EXPORT_KINDS,
  fileNameOf,
  headOf,
  jsonLineOf,
} from '../../../src/domain/export-files.ts'

const ROW = {
  bookedAt: new Date('2026-11-22T10:00:00Z'),
  campaign: 'Autumn',
  cause: 'voucher',
  causeId: 'vch_1',
  fromAccount: 'available',
  toAccount: 'issued',
  amountMinor: 1234567,
}

test.each([
  ['JPY', '1234567'],
  ['GBP', '12345.67'],
  ['KWD', '1234.567'],
])('an amount in %s has its decimals', (currency, written) => {
  expect(cellsOf('ledger', { ...ROW, currency })).toEqual([
    '2026-11-22T10:00:00.000Z',
    'Autumn',
    'voucher',
    'vch_1',
    'available',
    'issued',
    currency,
    written,
  ])
})

test('what is not there is an empty cell, and nothing in JSON', () => {
  const row = { ...ROW, currency: 'GBP', campaign: null }

  expect(cellsOf('ledger', row)[1]).toBe('')
  expect(JSON.parse(jsonLineOf('ledger', row))).toEqual({
    bookedAt: '2026-11-22T10:00:00.000Z',
    cause: 'voucher',
    causeId: 'vch_1',
    fromAccount: 'available',
    toAccount: 'issued',
    currency: 'GBP',
    amountMinor: 1234567,
  })
})

test('a cursor or a person that a row may have is written nowhere', () => {
  const row = { ...ROW, currency: 'GBP', cursor: 'secret', holderId: 'telegram:42' }

  expect([cellsOf('ledger', row).join(), jsonLineOf('ledger', row)].join()).not.toMatch(
    /secret|telegram/,
  )
})

test('every kind has a head, and its file a name', () => {
  for (const kind of EXPORT_KINDS) expect(headOf(kind).join()).toMatch(/^[a-z_,]+$/)
  expect(headOf('ledger').at(-1)).toBe('amount')
  expect(fileNameOf('ledger', 'csv', '2026-11-22')).toBe('ledger-2026-11-22.csv')
  expect(fileNameOf('codes', 'json', '2026-11-22')).toBe('codes-2026-11-22.jsonl')
})

import { expect, test } from 'vitest'

import { type Candidate, chooseVoucher } from '../../../src/domain/choose-voucher.ts'

const candles: Candidate = { id: 'candles', score: 0.8, probability: 0.95, reasons: ['candles'] }
const kitchen: Candidate = { id: 'kitchen', score: 0, probability: 0.05, reasons: [] }

test('patent 9: a stranger gets the preset voucher, whatever there is', () => {
  expect(chooseVoucher(false, [candles, kitchen], 0)).toEqual({
    by: 'fallback',
    reason: 'stranger',
  })
})

test('patent 7 8: somebody known gets a voucher drawn with the probability that matching gave it', () => {
  expect(chooseVoucher(true, [candles, kitchen], 0.94)).toEqual({
    by: 'match',
    templateId: 'candles',
    propensity: 0.95,
    reasons: ['candles'],
  })
  expect(chooseVoucher(true, [candles, kitchen], 0.96)).toMatchObject({
    by: 'draw',
    templateId: 'kitchen',
  })
})

test('patent 9: where nothing is left to choose from, somebody known gets the preset voucher too', () => {
  expect(chooseVoucher(true, [], 0)).toEqual({ by: 'fallback', reason: 'none_left' })
})

test('a draw that rounding leaves beyond the last probability still chooses', () => {
  const thirds = ['a', 'b', 'c'].map((id) => ({ id, score: 0, probability: 0.333, reasons: [] }))

  expect(chooseVoucher(true, thirds, 0.9999)).toMatchObject({ templateId: 'c' })
})

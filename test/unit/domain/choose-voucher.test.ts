import { expect, test } from 'vitest'

import { type Situation, wayToVoucher } from '../../../src/domain/choose-voucher.ts'

const FRIEND: Situation = {
  isKnown: true,
  isPersonal: true,
  mode: 'matched',
  left: 3,
  hasPreset: true,
}

test('patent 9: a stranger gets the preset voucher, whatever there is', () => {
  expect(wayToVoucher({ ...FRIEND, isKnown: false })).toEqual({ by: 'preset', reason: 'stranger' })
  expect(wayToVoucher({ ...FRIEND, isKnown: false, mode: 'random', left: 0 })).toEqual({
    by: 'preset',
    reason: 'stranger',
  })
})

test('patent 7 8: somebody known is matched, or drawn one at random where amounts are', () => {
  expect(wayToVoucher(FRIEND)).toEqual({ by: 'match' })
  expect(wayToVoucher({ ...FRIEND, mode: 'random' })).toEqual({ by: 'draw', reason: 'random' })
})

test('patent 9: where nothing is left to choose from, somebody known gets the preset voucher too', () => {
  expect(wayToVoucher({ ...FRIEND, left: 0 })).toEqual({ by: 'preset', reason: 'none_left' })
})

test('whoever does not want to be matched gets the preset voucher, or any other when it is used up', () => {
  const private_ = { ...FRIEND, isPersonal: false }

  expect(wayToVoucher(private_)).toEqual({ by: 'preset', reason: 'not_personal' })
  expect(wayToVoucher({ ...private_, hasPreset: false })).toEqual({
    by: 'draw',
    reason: 'not_personal',
  })
})

import { expect, test } from 'vitest'

import { errandOf } from '../../../src/miniapp/state/start-param.ts'

test('without a parameter the wallet opens', () => {
  expect(errandOf('')).toEqual({ kind: 'screen', screen: 'vouchers' })
})

test('a screen can be asked for by name', () => {
  const named = ['vouchers', 'orders', 'shares', 'receipt'].map(errandOf)

  expect(named.map((errand) => errand.kind === 'screen' && errand.screen)).toEqual([
    'vouchers',
    'orders',
    'shares',
    'receipt',
  ])
})

test('everything else is a token, as it came', () => {
  expect(errandOf('ZXlKaGJHY2lPaUprYVhJaUxDSmw')).toEqual({
    kind: 'token',
    token: 'ZXlKaGJHY2lPaUprYVhJaUxDSmw',
  })
})

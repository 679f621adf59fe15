import { expect, test } from 'vitest'

import { errandOf } from '../../../src/miniapp/state/start-param.ts'

test('without a parameter the wallet opens', () => {
  expect(errandOf('')).toEqual({ kind: 'screen', screen: 'vouchers' })
})

test('a screen can be asked for by name', () => {
  const names = ['vouchers', 'receipt', 'shop', 'campaigns', 'numbers', 'settings']

  expect(names.map((name) => errandOf(name))).toEqual(
    names.map((screen) => ({ kind: 'screen', screen })),
  )
})

test('whoever worked at the till last begins there, unless a link asks for something else', () => {
  expect(errandOf('', 'shop')).toEqual({ kind: 'screen', screen: 'shop' })
  expect(errandOf('orders', 'shop')).toEqual({ kind: 'screen', screen: 'orders' })
})

test('everything else is a token, as it came', () => {
  expect(errandOf('ZXlKaGJHY2lPaUprYVhJaUxDSmw')).toEqual({
    kind: 'token',
    token: 'ZXlKaGJHY2lPaUprYVhJaUxDSmw',
  })
})

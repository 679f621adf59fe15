import { expect, test } from 'vitest'

import { fitsOrder } from '../../../src/domain/fit-offer.ts'

const order = { storeId: 'sto_1', currency: 'GBP', totalMinor: 1530, categories: ['candles'] }

test('patent 2: an offer without conditions matches any order that was paid', () => {
  expect(fitsOrder({}, 'GBP', order)).toBe(true)
  expect(fitsOrder({}, 'GBP', { ...order, totalMinor: 0 })).toBe(false)
})

test('patent 2: an offer matches when every condition it states holds', () => {
  expect(
    fitsOrder(
      {
        minTotalMinor: 1530,
        maxTotalMinor: 1530,
        categories: ['x', 'candles'],
        storeIds: ['sto_1'],
      },
      'GBP',
      order,
    ),
  ).toBe(true)
  expect(fitsOrder({ minTotalMinor: 1531 }, 'GBP', order)).toBe(false)
  expect(fitsOrder({ maxTotalMinor: 1529 }, 'GBP', order)).toBe(false)
  expect(fitsOrder({ categories: ['kitchen'] }, 'GBP', order)).toBe(false)
  expect(fitsOrder({ storeIds: ['sto_2'] }, 'GBP', order)).toBe(false)
})

test('amounts of another currency are not compared', () => {
  expect(fitsOrder({}, 'EUR', order)).toBe(false)
})

import { expect, test } from 'vitest'

import { percentOf } from '../../../src/miniapp/words/why-words.ts'

test('chances are told in whole per cent, and small ones in tenths, so that none looks like never', () => {
  const told = [1, 0.634, 0.01, 0.0042, 0.0002, 0].map((chance) => percentOf(chance, 'en-GB'))

  expect(told).toEqual(['100%', '63%', '1%', '0.4%', '<0.1%', '0%'])
})

import { expect, test } from 'vitest'

import { createDeeds } from '../../../src/simulate/deeds.ts'

const nothing = async () => undefined

function planned(...hours: number[]) {
  const deeds = createDeeds()
  for (const hour of hours) deeds.plan(hour, nothing)
  return deeds
}

test('what is planned comes in the order of its hours, one at a time', () => {
  const deeds = planned(5, 1, 3, 1)

  const hours = [1, 2, 3, 4, 5].map(() => deeds.next(24, 0).map(({ at }) => at))

  expect(hours).toEqual([[1], [1], [3], [5], []])
})

test('what is within some hours comes together', () => {
  const deeds = planned(1, 2, 3.9, 4, 9)

  const hours = [1, 2, 3].map(() => deeds.next(24, 3).map(({ at }) => at))

  expect(hours).toEqual([[1, 2, 3.9], [4], [9]])
})

test('what is planned for after the hour asked for waits', () => {
  const deeds = planned(23, 25)

  expect(deeds.next(24, 5).map(({ at }) => at)).toEqual([23])
  expect(deeds.next(24, 5)).toEqual([])
  expect(deeds.next(48, 5).map(({ at }) => at)).toEqual([25])
})

import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'

import { createRecent } from '../../src/recent.ts'

test('a value is remembered for its time, and until it is forgotten', async () => {
  const recent = createRecent<number>({ forMs: 200, most: 10 })
  recent.keep('a', 1)
  recent.keep('b', 2)
  recent.forget('b')

  expect([recent.get('a'), recent.get('b')]).toEqual([1, undefined])
  await sleep(210)
  expect(recent.get('a')).toBeUndefined()
})

test('past the most, the oldest makes room; keeping one again makes it new', () => {
  const recent = createRecent<number>({ forMs: 1000, most: 2 })
  recent.keep('a', 1)
  recent.keep('b', 2)
  recent.keep('a', 3)
  recent.keep('c', 4)

  expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([3, undefined, 4])
})

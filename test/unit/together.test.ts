import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'

import { createTogether } from '../../src/together.ts'

/** A runner that notes its batches and answers each ask with itself, once it is let go. */
function runner(takesMs = 0) {
  const batches: number[][] = []
  let running = 0
  let mostAtOnce = 0
  return {
    batches,
    mostAtOnce: () => mostAtOnce,
    run: async (asks: readonly number[]) => {
      batches.push([...asks])
      mostAtOnce = Math.max(mostAtOnce, ++running)
      await sleep(takesMs)
      running--
      return asks
    },
  }
}

test('what is asked in the same moment goes together, and each is answered its own', async () => {
  const together = createTogether()
  const { batches, run } = runner()

  expect(await Promise.all([1, 2, 3].map((ask) => together('a', ask, run)))).toEqual([1, 2, 3])
  expect(batches).toEqual([[1, 2, 3]])
})

test('what arrives while a batch runs goes together in the next, in order and never too many', async () => {
  const together = createTogether({ most: 3 })
  const { batches, run } = runner(10)
  const first = together('a', 0, run)
  await sleep(5)

  await Promise.all([first, ...[1, 2, 3, 4].map((ask) => together('a', ask, run))])
  expect(batches).toEqual([[0], [1, 2, 3], [4]])
})

test('one batch of a key runs at a time, and no key waits for another', async () => {
  const together = createTogether({ most: 1 })
  const one = runner(5)
  const all = runner(5)
  const asks = [1, 2, 3, 4]

  await Promise.all(asks.map((ask) => together('a', ask, one.run)))
  await Promise.all(asks.map((ask) => together(`key ${ask}`, ask, all.run)))
  expect([one.mostAtOnce(), all.mostAtOnce()]).toEqual([1, 4])
})

test('a batch that fails fails those in it, and nobody else', async () => {
  const together = createTogether({ most: 1 })
  const run = async (asks: readonly number[]) => {
    if (asks[0] === 1) throw new Error('broken')
    return asks
  }

  const answers = await Promise.allSettled([1, 2].map((ask) => together('a', ask, run)))
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
})

test('who would have to wait too long is refused, and all others are answered', async () => {
  const together = createTogether({ most: 2, longestMs: 30 })
  const { run } = runner(20)
  await together('a', 0, run)

  const asks = Array.from({ length: 20 }, (_, i) => together('a', i, run))
  const answers = await Promise.allSettled(asks)
  const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? answer.reason : []))
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.length).toBeLessThan(20)
  expect(refused.map(({ code }) => code)).toEqual(refused.map(() => 'ERR_BUSY'))
})

test('once nobody waits any more, the time of an earlier slow batch is forgotten', async () => {
  const together = createTogether({ most: 1, longestMs: 10 })
  const slow = runner(30)
  const quick = runner(0)
  await together('a', 0, slow.run)

  expect(await Promise.all([together('a', 1, quick.run)])).toEqual([1])
})

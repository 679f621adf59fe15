import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'

import { openDatabase } from '../../src/store/database.ts'
import { testDatabase } from '../helpers/database.ts'
import { urlThrough } from '../prove/ground.ts'
import { openProxy } from '../prove/proxy.ts'

test('a line that breaks at any moment, also while connecting, is an error of that statement only', async () => {
  await using database = await testDatabase()
  await using line = await openProxy(() => Number(new URL(database.url).port))
  const db = openDatabase(urlThrough(line, database.url), { deadlineMs: 300 })
  const unhandled: unknown[] = []
  const note = (error: unknown) => unhandled.push(error)
  process.on('unhandledRejection', note)

  for (let round = 0; round < 40; round++) {
    const asked = Promise.allSettled(
      Array.from({ length: 8 }, () => db.run(({ sql }) => sql`select ${['a']}::text[]`)),
    )
    await sleep(round % 12)
    line.reset()
    await asked
  }

  // what the last break has taken with it is given up at its deadline
  const ask = () => db.run(({ sql }) => sql`select unnest(${['a', '"', '\\', null]}::text[])`)
  const answered = await ask().catch(ask)
  expect(answered.map(({ unnest }) => unnest)).toEqual(['a', '"', '\\', null])
  expect(unhandled).toEqual([])
  process.off('unhandledRejection', note)
  await db.close()
})

test('whoever asks again at once after a break is answered, and need not wait for the deadline', async () => {
  await using database = await testDatabase()
  await using line = await openProxy(() => Number(new URL(database.url).port))
  const deadlineMs = 4000
  const db = openDatabase(urlThrough(line, database.url), { deadlineMs })
  const waits: number[] = []
  let isOver = false
  async function askOn(): Promise<void> {
    while (!isOver) {
      const begun = performance.now()
      await db.run(({ sql }) => sql`select pg_sleep(0.001)`).catch(() => undefined)
      waits.push(performance.now() - begun)
    }
  }

  const asking = Array.from({ length: 6 }, askOn)
  for (let i = 0; i < 25; i++) {
    await sleep(25)
    line.reset()
  }
  isOver = true
  await Promise.all(asking)

  expect(Math.max(...waits)).toBeLessThan(deadlineMs)
  await db.close()
})

test('a statement that failed after its first rows leaves no gap in the next one’s', async () => {
  await using database = await testDatabase()
  const db = openDatabase(database.url, { connections: 1 })

  const failing = db.run(({ sql }) => sql`select 1 / (4 - i) from generate_series(1, 10) i`)
  const next = db.run(({ sql }) => sql`select i from generate_series(1, 3) i`)
  await expect(failing).rejects.toThrow('division by zero')

  expect(JSON.stringify(await next)).toBe('[{"i":1},{"i":2},{"i":3}]')
  await db.close()
})

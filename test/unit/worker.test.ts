import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'

import { startWorker, type Work } from '../../src/worker.ts'

/** Jobs that wait in a list, and how many of them ran at once. */
function listOf(count: number, more: Partial<Work<number>> = {}) {
  const waiting = Array.from({ length: count }, (_, i) => i)
  const done: number[] = []
  const faults: unknown[] = []
  const seen = { running: 0, most: 0, takes: 0 }
  const work: Work<number> = {
    take: async (room) => {
      seen.takes++
      return waiting.splice(0, room)
    },
    run: async (job) => {
      seen.most = Math.max(seen.most, ++seen.running)
      await delay(2)
      seen.running--
      done.push(job)
    },
    most: 4,
    pollMs: 60_000,
    onFault: (fault) => faults.push(fault),
    ...more,
  }
  return { work, waiting, done, faults, seen }
}

test('everything that waits is run, no more at once than there is room for', async () => {
  const { work, done, seen } = listOf(50)

  const worker = startWorker(work)
  await expect.poll(() => done.length).toBe(50)
  await worker.stop()

  expect(new Set(done).size).toBe(50)
  expect(seen.most).toBe(4)
})

test('what comes later is run at once when woken, and at a poll when not', async () => {
  const woken = listOf(0)
  const polled = listOf(0, { pollMs: 20 })
  const workers = [startWorker(woken.work), startWorker(polled.work)]
  await delay(10)

  woken.waiting.push(1)
  polled.waiting.push(1)
  workers[0]?.wake()

  await expect.poll(() => [woken.done, polled.done]).toEqual([[1], [1]])
  await Promise.all(workers.map((worker) => worker.stop()))
})

test('a wake while jobs are being taken is not lost', async () => {
  let wake = () => {}
  const { work, waiting, done } = listOf(0)
  const take = async (room: number) => {
    const jobs = waiting.splice(0, room)
    await delay(5)
    if (jobs.length === 0 && done.length === 0) {
      waiting.push(7)
      wake()
    }
    return jobs
  }

  const worker = startWorker({ ...work, take })
  wake = worker.wake
  await expect.poll(() => done).toEqual([7])
  await worker.stop()
})

test('a fault in taking or running is told, and the worker goes on', async () => {
  const { work, done, faults } = listOf(3, { pollMs: 5 })
  let takes = 0
  const worker = startWorker({
    ...work,
    take: (room) => (++takes === 1 ? Promise.reject(new Error('no database')) : work.take(room)),
    run: (job) => (job === 1 ? Promise.reject(new Error('job 1')) : work.run(job)),
  })

  await expect.poll(() => new Set(done)).toEqual(new Set([0, 2]))
  await worker.stop()

  expect(faults.map(String)).toEqual(['Error: no database', 'Error: job 1'])
})

test('stopping waits for what is under way and takes nothing more', async () => {
  const { work, waiting, done } = listOf(8)
  const worker = startWorker(work)
  await delay(1)

  await worker.stop()
  const left = [...waiting]
  await delay(20)

  expect(done.length + left.length).toBe(8)
  expect(waiting).toEqual(left)
  expect(left.length).toBeGreaterThan(0)
})

test('a busy worker takes many at a time where it is told to wait for room', async () => {
  const [eager, patient] = [listOf(40), listOf(40, { least: 2 })]

  for (const { work, done } of [eager, patient]) {
    const worker = startWorker(work)
    await expect.poll(() => done.length).toBe(40)
    await worker.stop()
  }

  expect(patient.seen.takes).toBeLessThanOrEqual(eager.seen.takes)
})

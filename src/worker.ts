import { setTimeout as delay } from 'node:timers/promises'

export type Worker = {
  /** There may be something to do. */
  wake: () => void
  /** Takes nothing more and waits for what is under way. */
  stop: () => Promise<void>
}

export type Work<Job> = {
  /** Takes at most `room` jobs that nobody else has. */
  take(room: number): Promise<readonly Job[]>
  run(job: Job): Promise<void>
  /** No more jobs than this at once. */
  most: number
  /** New jobs are taken when there is room for this many; 1 when left out. */
  least?: number
  /** How often others' jobs are looked for. */
  pollMs: number
  /** Taking or running a job has thrown; the worker goes on. */
  onFault: (fault: unknown) => void
}

/**
 * Runs jobs side by side as they come: takes some when woken, when one has ended, and at every poll.
 * While the jobs are taken, ended jobs and wakes gather, so a busy worker takes many at a time.
 */
export function startWorker<Job>(work: Work<Job>): Worker {
  const { most, least = 1, pollMs, onFault } = work
  const running = new Set<Promise<void>>()
  let isStopped = false
  let woken = Promise.withResolvers<void>()
  const wake = (): void => woken.resolve()

  function start(job: Job): void {
    const run = work
      .run(job)
      .catch(onFault)
      .finally(() => {
        running.delete(run)
        wake()
      })
    running.add(run)
  }

  async function takeSome(): Promise<number> {
    const room = most - running.size
    if (room < Math.min(least, most)) return 0
    const jobs = await work.take(room)
    for (const job of jobs) start(job)
    return jobs.length
  }

  function noteFault(fault: unknown): number {
    onFault(fault)
    return 0
  }

  async function loop(): Promise<void> {
    while (!isStopped) {
      woken = Promise.withResolvers()
      const taken = await takeSome().catch(noteFault)
      if (taken === 0 && !isStopped) await promisedWithin(woken.promise, pollMs)
    }
    await Promise.all(running)
  }

  const ended = loop()
  return {
    wake,
    stop: async () => {
      isStopped = true
      wake()
      await ended
    },
  }
}

/** Waits for a promise, but no longer than so many milliseconds. */
async function promisedWithin(promise: Promise<void>, ms: number): Promise<void> {
  const timer = new AbortController()
  const timeout = delay(ms, undefined, { signal: timer.signal }).catch(() => undefined)
  await Promise.race([promise, timeout])
  timer.abort()
}

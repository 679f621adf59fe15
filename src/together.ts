import { setImmediate as nextTurn } from 'node:timers/promises'

import { AppError } from './errors.ts'

/** Runs asks of the same key in batches: those that arrive while a batch runs go together in the next. */
export type Together = <Ask, Answer>(
  key: string,
  ask: Ask,
  run: (asks: readonly Ask[]) => Promise<readonly Answer[]>,
) => Promise<Answer>

export type TogetherOptions = {
  /** At most so many asks go in one batch. */
  most?: number
  /** Whoever would have to wait longer is refused. */
  longestMs?: number
}

type Waiting = {
  ask: unknown
  resolve: (answer: unknown) => void
  reject: (error: unknown) => void
}

type Queue = {
  waiting: Waiting[]
  run: (asks: readonly unknown[]) => Promise<readonly unknown[]>
  /** How long turns take, and when this one began. */
  turnMs: number
  since: number
}

const HICCUP_MS = 1000
/** What the newest turn counts in the mean; one that failed is taken at its word. */
const NEWEST = 0.2

/**
 * No timer: an idle system adds no latency, a busy one batches by itself. Asks go in order of arrival, one
 * batch of a key at a time, keys by themselves; what arrives in the same turn of the event loop goes together.
 * All asks of a key are run by the same function, which answers in order.
 *
 * Whoever would have to wait longer than `longestMs`, as turns of their key go, is refused: ERR_BUSY.
 */
export function createTogether(options: TogetherOptions = {}): Together {
  const { most = 256, longestMs = 10_000 } = options
  const queues = new Map<string, Queue>()

  /** How many can wait, if turns go on as they do. That one takes a moment longer says nothing yet. */
  function room({ turnMs, since }: Queue): number {
    const expectedMs = Math.max(turnMs, performance.now() - since - HICCUP_MS, 1)
    return most * Math.max(1, Math.floor(longestMs / expectedMs))
  }

  async function drain(key: string, queue: Queue): Promise<void> {
    await nextTurn()
    while (queue.waiting.length > 0) await runBatch(queue)
    queues.delete(key)
  }

  async function runBatch(queue: Queue): Promise<void> {
    const batch = queue.waiting.splice(0, most)
    let weight = NEWEST
    try {
      const answers = await queue.run(batch.map(({ ask }) => ask))
      for (const [i, { resolve }] of batch.entries()) resolve(answers[i])
    } catch (error) {
      for (const { reject } of batch) reject(error)
      weight = 1
    }
    const now = performance.now()
    queue.turnMs += weight * (now - queue.since - queue.turnMs)
    queue.since = now
    for (const { reject } of queue.waiting.splice(room(queue))) reject(busy())
  }

  function open(key: string, run: Queue['run']): Queue {
    const queue = { waiting: [], run, turnMs: 0, since: performance.now() }
    queues.set(key, queue)
    void drain(key, queue)
    return queue
  }

  return (key, ask, run) =>
    new Promise((resolve, reject) => {
      const queue = queues.get(key) ?? open(key, run as Queue['run'])
      if (queue.waiting.length >= room(queue)) reject(busy())
      else queue.waiting.push({ ask, resolve: resolve as Waiting['resolve'], reject })
    })
}

function busy(): AppError {
  return new AppError('ERR_BUSY', 'Too many are waiting. Try again.')
}

/** Runs asks of the same key in batches: those that arrive while a batch runs go together in the next. */
export type Together = <Ask, Answer>(
  key: string,
  ask: Ask,
  run: (asks: readonly Ask[]) => Promise<readonly Answer[]>,
) => Promise<Answer>

type Waiting = { ask: unknown; resolve(answer: unknown): void; reject(error: unknown): void }

/**
 * No timer: an idle system adds no latency, a busy one batches by itself. At most `most` asks go in one
 * batch, in order of arrival; one batch of a key runs at a time. All asks of a key are run by the same
 * function, which answers in order.
 */
export function createTogether(most = 256): Together {
  const queues = new Map<string, Waiting[]>()

  async function drain(
    key: string,
    queue: Waiting[],
    run: (asks: never) => Promise<readonly unknown[]>,
  ): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, most)
      try {
        const answers = await run(batch.map((waiting) => waiting.ask) as never)
        for (const [i, waiting] of batch.entries()) waiting.resolve(answers[i])
      } catch (error) {
        for (const waiting of batch) waiting.reject(error)
      }
    }
    queues.delete(key)
  }

  return (key, ask, run) =>
    new Promise((resolve, reject) => {
      const waiting: Waiting = { ask, resolve: resolve as Waiting['resolve'], reject }
      const queue = queues.get(key)
      if (queue) {
        queue.push(waiting)
        return
      }
      const fresh = [waiting]
      queues.set(key, fresh)
      void drain(key, fresh, run)
    })
}

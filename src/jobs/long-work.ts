import type { AppContext } from '../context.ts'
import { makeCodes, takeCodeBatches } from '../usecases/make-codes.ts'
import { makeExport, takeExports } from '../usecases/make-export.ts'
import { startWorker, type Worker } from '../worker.ts'

/** Work that takes longer than a request may: how it is taken for some time, and done a piece at a time. */
type LongWork = {
  name: string
  take: (app: AppContext, room: number) => Promise<readonly Piece[]>
}

/** Stops between two pieces when the signal says so; another process goes on with it later. */
type Piece = (signal: AbortSignal) => Promise<void>

const WORK: readonly LongWork[] = [
  {
    name: 'make-codes',
    take: async (app, room) =>
      (await takeCodeBatches(app, room)).map(
        (batch) => (signal) => makeCodes(app, batch, { signal }),
      ),
  },
  {
    name: 'make-exports',
    take: async (app, room) =>
      (await takeExports(app, room)).map((job) => (signal) => makeExport(app, job, signal)),
  },
]

const POLL_MS = 2_000

/**
 * Does long work as it comes, one piece of each kind at a time. Who does it is written beside it with a
 * time: what a process that was killed has left is taken up by any other when that is over.
 */
export function startLongWork(app: AppContext): { wake(): void; stop(): Promise<void> } {
  const stopping = new AbortController()
  const workers: Worker[] = WORK.map(({ name, take }) =>
    startWorker<Piece>({
      take: (room) => take(app, room),
      run: (piece) => piece(stopping.signal),
      most: 1,
      pollMs: POLL_MS,
      onFault: (err) => app.log.error({ err, work: name }, 'long work failed'),
    }),
  )
  return {
    wake: () => {
      for (const worker of workers) worker.wake()
    },
    stop: async () => {
      stopping.abort()
      await Promise.all(workers.map((worker) => worker.stop()))
    },
  }
}

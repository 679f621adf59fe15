import type { AppContext } from '../context.ts'
import { newCodes, newReference } from '../ids.ts'
import {
  addCodes,
  type BatchProgress,
  type CodeBatch,
  leaseBatches,
  releaseBatch,
} from '../store/codes.ts'

/** So many codes are written in one statement: some tenths of a second, and a few hundred kilobytes. */
const CHUNK = 25_000

export type LeasedBatch = Pick<
  CodeBatch,
  'merchantId' | 'batchId' | 'prefix' | 'made' | 'wanted'
> & {
  codeLength: number
  worker: string
}

/** Takes batches that nobody works on. */
export async function takeCodeBatches(app: AppContext, room: number): Promise<LeasedBatch[]> {
  const worker = newReference()
  const batches = await leaseBatches(app.db, worker, room)
  return batches.flatMap((batch) =>
    batch.codeLength === null ? [] : { ...batch, codeLength: batch.codeLength, worker },
  )
}

/**
 * Makes the codes of a batch that this worker has taken, a chunk at a time, until all are made, somebody
 * cancels it, or the signal says to stop. Every chunk is whole in the pool or not there: whoever goes on
 * after this one was killed makes what is missing. A code that is taken already is made anew.
 */
export async function makeCodes(
  app: AppContext,
  batch: LeasedBatch,
  { signal, onProgress }: { signal: AbortSignal; onProgress?: (done: BatchProgress) => void },
): Promise<void> {
  const { merchantId, batchId, prefix, codeLength, worker } = batch
  let missing = batch.wanted - batch.made
  let next = newCodes(Math.min(CHUNK, missing), prefix, codeLength)
  while (!signal.aborted) {
    const writing = addCodes(app.db, merchantId, { batchId, worker }, next)
    // made while the database writes those before
    next = newCodes(Math.min(CHUNK, Math.max(1, missing - next.length)), prefix, codeLength)
    const done = await writing
    if (!done) return
    onProgress?.(done)
    if (done.status !== 'running') return
    missing = done.wanted - done.made
  }
  await releaseBatch(app.db, merchantId, batchId, worker)
}

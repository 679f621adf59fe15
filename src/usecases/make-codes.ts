import { setTimeout as sleep } from 'node:timers/promises'

import type { AppContext } from '../context.ts'
import { AppError } from '../errors.ts'
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
  const { prefix, codeLength } = batch
  let missing = batch.wanted - batch.made
  let next = newCodes(Math.min(CHUNK, missing), prefix, codeLength)
  while (!signal.aborted) {
    const writing = addPatiently(app, batch, next)
    // made while the database writes those before
    next = newCodes(Math.min(CHUNK, Math.max(1, missing - next.length)), prefix, codeLength)
    const done = await writing
    if (!done) return
    onProgress?.(done)
    if (done.status !== 'running') return
    missing = done.wanted - done.made
  }
  await releaseBatch(app.db, batch.merchantId, batch.batchId, batch.worker)
}

const MOST_TRIES = 5

/** While the database is busy, a chunk waits a little: the batch is the worker's for longer than that. */
async function addPatiently(
  app: AppContext,
  batch: LeasedBatch,
  codes: readonly string[],
  tries = 1,
): Promise<BatchProgress | undefined> {
  try {
    return await addCodes(app.db, batch.merchantId, batch, codes)
  } catch (error) {
    const isBusy = error instanceof AppError && error.code === 'ERR_BUSY'
    if (!isBusy || tries === MOST_TRIES) throw error
    await sleep(tries * 1000)
    return addPatiently(app, batch, codes, tries + 1)
  }
}

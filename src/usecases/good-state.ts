import { createHash } from 'node:crypto'

import type { AppContext } from '../context.ts'
import { decodeLearnt, type Learnt, type Point } from '../matching/learner.ts'
import { type StoredState, stateUpTo } from '../store/models.ts'

/** A state that is whole: what was learnt from all outcomes up to the position `reached`. */
export type GoodState = { version: number; reached: number; learnt: Learnt }

/** The newest whole state that is not newer than a version; each broken one is said in the log. */
export async function goodStateUpTo(
  { db, log }: Pick<AppContext, 'db' | 'log'>,
  merchantId: string,
  point: Point,
  version: number,
): Promise<GoodState | undefined> {
  for (let upTo = version; upTo > 0; ) {
    const stored = await stateUpTo(db, merchantId, point, upTo)
    if (stored?.version !== upTo) {
      log.warn({ merchantId, point, version: upTo }, 'a state of the model is missing')
    }
    if (!stored) return undefined
    try {
      const { version, reached } = stored
      return { version, reached, learnt: open(stored, point) }
    } catch (err) {
      log.warn(
        { err, merchantId, point, version: stored.version },
        'a state of the model is broken',
      )
      upTo = stored.version - 1
    }
  }
  return undefined
}

function open({ state, digest }: StoredState, point: Point): Learnt {
  if (digestOf(state) !== digest) throw new RangeError('the digest of a state is another')
  return decodeLearnt(state, point)
}

export function digestOf(state: Uint8Array): string {
  return createHash('sha256').update(state).digest('hex')
}

import { setImmediate } from 'node:timers/promises'

import type { AppContext } from '../context.ts'
import { KIND_FEATURES, PERSON_FEATURES } from '../matching/features.ts'
import { POINTS, type Point, STAGES, usualPriors } from '../matching/learner.ts'
import { newPool, type Pool, pour, priorFrom } from '../matching/pool.ts'
import { lessonsAfter } from '../store/outcomes.ts'
import { beforeNewest, dropPooled, keepPooled, merchantsWhoPool } from '../store/pooled-models.ts'
import { lessonOf } from './learn.ts'

/** Nobody's shop weighs more than this in the pool. */
const MOST_OF_ONE = 20_000
const PAGE = 500

/**
 * Learns anew what merchants begin with who begin from now on, from those who share what they learnt: only
 * how people and kinds of vouchers are, no voucher and no shop. Whoever shares no more is not in it the next
 * night. Answers from how many merchants it is.
 *
 * @patent 12
 */
export async function poolLearning(app: AppContext): Promise<number> {
  const merchantIds = await merchantsWhoPool(app.db)
  for (const point of POINTS) await poolAt(app, point, merchantIds)
  return merchantIds.length
}

async function poolAt(
  { db }: AppContext,
  point: Point,
  merchantIds: readonly string[],
): Promise<void> {
  const pools = usualPriors(point).map((prior) =>
    newPool(PERSON_FEATURES.length, KIND_FEATURES.length, prior),
  )
  let merchants = 0
  for (const merchantId of merchantIds) {
    if (await pourAll(db, merchantId, point, pools)) merchants++
  }
  if (merchants === 0) await dropPooled(db, point)
  else await keepPooled(db, point, pools.map(priorFrom), merchants)
}

/** Answers whether there was anything to learn from. */
async function pourAll(
  db: AppContext['db'],
  merchantId: string,
  point: Point,
  pools: readonly Pool[],
): Promise<boolean> {
  let at = await beforeNewest(db, merchantId, point, MOST_OF_ONE)
  let isAny = false
  for (;;) {
    const page = await lessonsAfter(db, merchantId, point, at, PAGE)
    for (const lesson of page.map(lessonOf)) {
      const pool = lesson && pools[STAGES[point].indexOf(lesson.stage)]
      if (pool) pour(pool, lesson)
      isAny ||= pool !== undefined
    }
    await setImmediate()
    at = page.at(-1)?.position ?? at
    if (page.length < PAGE) return isAny
  }
}

import type { AppContext } from '../context.ts'
import { liftOf } from '../matching/evidence.ts'
import { readLogged } from '../matching/kept.ts'
import type { Point } from '../matching/learner.ts'
import { settledOf } from '../matching/report.ts'
import { noteGathered } from '../store/models.ts'
import { creditOutcomes, type Outcome } from '../store/outcomes.ts'
import {
  endOfPage,
  type Settled,
  settledByTime,
  settledOffers,
  settledVouchers,
} from '../store/settled.ts'

type Place = { db: AppContext['db']; merchantId: string; point: Point }

const AT_ONCE = 2000
const MINUTE_MS = 60_000
/** Older than any statement that is under way, so that nothing is written behind what was seen. */
const LAG_MS = 2 * MINUTE_MS
/** By then what shares brought has been counted, and is put right. */
const COUNTED_MS = 6 * MINUTE_MS

/**
 * Notes what came of a merchant's decisions since the last time; once a day it also looks for what became
 * known in another order than usual, as when a campaign's dates were changed. Answers how much is new.
 *
 * @patent 12
 */
export async function gatherOutcomes(place: Place, gatheredUntil: Date | null): Promise<number> {
  const { db, merchantId, point } = place
  const claimsFrom = earlier(gatheredUntil, LAG_MS)
  const timeFrom = earlier(gatheredUntil, COUNTED_MS)
  let added = 0
  for (let from = timeFrom; ; ) {
    const { until, now } = await endOfPage(db, merchantId, from, AT_ONCE)
    const span = { from, until }
    added += await credit(
      place,
      point === 'voucher'
        ? await settledVouchers(db, merchantId, span)
        : await settledOffers(db, merchantId, { ...span, claimsFrom }),
    )
    if (until === null && point === 'offer') {
      added += await gatherByTime(place, isNewDay(gatheredUntil, now) ? null : timeFrom)
    }
    await noteGathered(db, merchantId, point, until ?? now)
    if (until === null) return added
    from = until
  }
}

function earlier(last: Date | null, byMs: number): Date | null {
  return last && new Date(last.getTime() - byMs)
}

function isNewDay(last: Date | null, now: Date): boolean {
  return last?.toISOString().slice(0, 10) !== now.toISOString().slice(0, 10)
}

async function gatherByTime(place: Place, from: Date | null): Promise<number> {
  let added = 0
  for (;;) {
    const settled = await settledByTime(place.db, place.merchantId, from, AT_ONCE)
    const more = await credit(place, settled)
    added += more
    if (more === 0 || settled.length < AT_ONCE) return added
  }
}

function credit({ db, merchantId, point }: Place, settled: readonly Settled[]): Promise<number> {
  if (settled.length === 0) return Promise.resolve(0)
  return creditOutcomes(
    db,
    merchantId,
    point,
    settled.map((one) => withLift(point, one)),
  )
}

/** How much more a decision brought than the preset one would have, once it is known for good. */
function withLift(point: Point, { candidates, chosenId, ...settled }: Settled): Outcome {
  const { stage, answer, valueMinor } = settled
  const isOpen = point === 'offer' && stage === 'claimed' && answer === 1
  const logged = readLogged(candidates)
  const lift = (came: { answer: number; valueMinor: number | null }): number | null => {
    if (isOpen || !logged || logged.preset === null) return null
    const outcome = settledOf(logged, chosenId, came)
    const much = outcome ? liftOf(outcome) : Number.NaN
    return Number.isFinite(much) ? much : null
  }
  return {
    ...settled,
    liftYes: lift({ answer, valueMinor: null }),
    liftMinor: valueMinor === null ? null : lift({ answer, valueMinor }),
  }
}

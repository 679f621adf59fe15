import type { AppContext } from '../context.ts'
import { liftOf } from '../matching/evidence.ts'
import { readLogged } from '../matching/kept.ts'
import type { Point } from '../matching/learner.ts'
import { settledOf } from '../matching/report.ts'
import { noteGathered } from '../store/models.ts'
import { creditOutcomes, type Outcome } from '../store/outcomes.ts'
import { pagesSince, type Settled, settledVouchers } from '../store/settled.ts'
import { settledByTime, settledOffers } from '../store/settled-offers.ts'

type Place = { db: AppContext['db']; merchantId: string; point: Point }

const AT_ONCE = 1000
const MINUTE_MS = 60_000
/** By then no statement is under way that was then, and what shares brought has been counted. */
const LAG_MS = 6 * MINUTE_MS

/**
 * Notes what came of a merchant's decisions since the last time; once a day it also looks for what became
 * known in another order than usual, as when a campaign's dates were changed. Answers how much is new.
 *
 * @patent 12
 */
export async function gatherOutcomes(place: Place, gatheredUntil: Date | null): Promise<number> {
  const { db, merchantId, point } = place
  const seenFrom = earlier(gatheredUntil, LAG_MS)
  const settled = point === 'voucher' ? settledVouchers : settledOffers
  const { ends, now } = await pagesSince(db, merchantId, seenFrom, AT_ONCE)
  let added = 0
  let from = seenFrom
  for (const until of [...ends, null]) {
    const span = { from, until, most: AT_ONCE }
    added += await creditAll(place, () => settled(db, merchantId, span))
    from = until
    if (until) await noteGathered(db, merchantId, point, until)
  }
  if (point === 'offer') {
    const since = isNewDay(gatheredUntil, now) ? null : seenFrom
    added += await creditAll(place, () => settledByTime(db, merchantId, since, AT_ONCE))
  }
  await noteGathered(db, merchantId, point, now)
  return added
}

function earlier(last: Date | null, byMs: number): Date | null {
  return last && new Date(last.getTime() - byMs)
}

function isNewDay(last: Date | null, now: Date): boolean {
  return last?.toISOString().slice(0, 10) !== now.toISOString().slice(0, 10)
}

/** Credits what is found until there is nothing new. */
async function creditAll(
  { db, merchantId, point }: Place,
  find: () => Promise<readonly Settled[]>,
): Promise<number> {
  let added = 0
  for (;;) {
    const found = await find()
    if (found.length === 0) return added
    const outcomes = found.map((settled) => withLift(point, settled))
    const { count, corrected } = await creditOutcomes(db, merchantId, point, outcomes)
    added += count
    if (found.length < AT_ONCE || count + corrected === 0) return added
  }
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

import type { AppContext } from '../context.ts'
import { liftOf } from '../matching/evidence.ts'
import { readLogged } from '../matching/kept.ts'
import type { Point, Stage } from '../matching/learner.ts'
import { settledOf } from '../matching/report.ts'
import { noteGathered } from '../store/models.ts'
import { creditOutcomes, type Outcome } from '../store/outcomes.ts'
import { pagesSince, type Settled, type Span, settledVouchers } from '../store/settled.ts'
import { type Life, livesAt, settledByTime, settledOffers } from '../store/settled-offers.ts'

type Place = { db: AppContext['db']; merchantId: string; point: Point }

const AT_ONCE = 1000
/** Where all is looked at, each look is long. */
const MOST_OF_ALL = 10_000
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** By then no statement is under way that was then, and what shares brought has been counted. */
const LAG_MS = 6 * MINUTE_MS

/** Notes what came of a merchant's decisions since the last time. Answers how much is new. @patent 12 */
export async function gatherOutcomes(place: Place, gatheredUntil: Date | null): Promise<number> {
  const { db, merchantId, point } = place
  const from = earlier(gatheredUntil, LAG_MS)
  const { ends, now } = await pagesSince(db, merchantId, from, AT_ONCE)
  const shown = { from, until: now, isAll: isNewDay(gatheredUntil, now) }
  let added = point === 'offer' ? await gatherShown(place, 'claimed', shown) : 0
  let last = from
  for (const end of [...ends, now]) {
    added += await gatherEnded(place, { from: last, until: end, most: AT_ONCE })
    last = end
    if (point === 'voucher') await noteGathered(db, merchantId, point, end)
  }
  if (point === 'voucher') return added
  added += await gatherShown(place, 'redeemed', shown)
  await noteGathered(db, merchantId, point, now)
  return added
}

/** Of offers, when all that their share gave has ended: a no would be known too. */
async function gatherEnded(place: Place, span: Span & { until: Date }): Promise<number> {
  const { db, merchantId, point } = place
  if (point === 'voucher') return creditAll(place, () => settledVouchers(db, merchantId, span))
  let added = 0
  for (const life of await livesAt(db, merchantId)) {
    const lateMs = life.shareTtlSeconds * 1000 + DAY_MS
    const ended = { from: earlier(span.from, lateMs), until: earlier(span.until, lateMs) }
    added += await creditAll(place, () => settledOffers(db, merchantId, life, ended, span))
  }
  return added
}

/**
 * Offers that were shown so long ago that what a stage waits for is over, if a share was made within the hour;
 * where it was made later, it is waited for once more. Once a day all are looked at, for what became known in
 * another order, as when a campaign's terms were changed.
 */
async function gatherShown(
  place: Place,
  stage: Stage,
  { from, until, isAll }: { from: Date | null; until: Date; isAll: boolean },
): Promise<number> {
  const { db, merchantId } = place
  const most = isAll ? MOST_OF_ALL : AT_ONCE
  let added = 0
  for (const life of await livesAt(db, merchantId)) {
    const [soon, late] = agesOf(life, stage)
    const spans = isAll
      ? [{ from: null, until: earlier(until, soon), most }]
      : [soon, late].map((age) => ({ from: earlier(from, age), until: earlier(until, age), most }))
    for (const span of spans) {
      added += await creditAll(place, () => settledByTime(db, merchantId, stage, life, span), most)
    }
  }
  return added
}

function agesOf({ shareTtlSeconds, validDays }: Life, stage: Stage): [number, number] {
  const shareMs = shareTtlSeconds * 1000
  if (stage === 'claimed') return [shareMs + HOUR_MS, 2 * shareMs]
  const spentMs = 2 * shareMs + (validDays + 2) * DAY_MS
  return [spentMs + HOUR_MS, spentMs + shareMs]
}

function earlier<When extends Date | null>(when: When, byMs: number): When {
  return (when && new Date(when.getTime() - byMs)) as When
}

function isNewDay(last: Date | null, now: Date): boolean {
  return last?.toISOString().slice(0, 10) !== now.toISOString().slice(0, 10)
}

/** Credits what is found until there is nothing new. */
async function creditAll(
  { db, merchantId, point }: Place,
  find: () => Promise<readonly Settled[]>,
  most = AT_ONCE,
): Promise<number> {
  let added = 0
  for (;;) {
    const found = await find()
    if (found.length === 0) return added
    const outcomes = found.map((settled) => withLift(point, settled))
    const { count, corrected } = await creditOutcomes(db, merchantId, point, outcomes)
    added += count
    if (found.length < most || count + corrected === 0) return added
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

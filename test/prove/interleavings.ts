import fc from 'fast-check'
import type { Connection, Database } from '../../src/store/database.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { revokeShare } from '../../src/usecases/revoke-share.ts'
import { addCampaign } from '../helpers/shop.ts'
import { judgeBooks } from './judge.ts'
import type { Place } from './place.ts'
import { count, type Tally } from './tally.ts'
import { addShareOf } from './world.ts'

const CAMPAIGN = {
  mode: 'random',
  potMinor: 1000,
  drawMinMinor: 300,
  drawMaxMinor: 700,
  slotsPerShare: 2,
  budgetMinor: 1500,
  fallback: { quantity: 1 },
} as const

/**
 * Two processes claim and a third stops the share, and fast-check says whose next statement is run, one
 * at a time, so that any order of statements may happen and a bad one happens again by its seed.
 */
export async function tryInterleavings(
  place: Place,
  tally: Tally,
  { runs, seed }: { runs: number; seed: number },
): Promise<void> {
  const property = fc.asyncProperty(fc.scheduler(), fc.boolean(), (scheduler, stops) =>
    interleave(place, tally, scheduler, stops),
  )
  const details = await fc.check(property, { numRuns: runs, seed })
  if (details.failed) tally.wrong.push(fc.defaultReportMessage(details) ?? 'failed')
  await judgeBooks(place.world.app.db, tally)
}

async function interleave(
  place: Place,
  tally: Tally,
  scheduler: fc.Scheduler,
  stops: boolean,
): Promise<void> {
  const { world } = place
  const { campaignId } = await addCampaign(world.app, world.shop, CAMPAIGN)
  const [first, second] = [await addShareOf(world, campaignId), await addShareOf(world, campaignId)]
  const oneByOne = inTurn()
  const process = () => place.process((db) => scheduled(db, scheduler, oneByOne))
  const [left, right, stopper] = [process(), process(), process()]
  const people = [world.nextKnown(), world.nextKnown(), world.nextKnown()]
  const claim = (app: typeof left, personId: string, { token }: { token: string }) =>
    claimShare(app, { personId, by: { kind: 'token', token } })

  const answers = await scheduler.waitFor(
    Promise.all([
      ...people.map((personId) => claim(left, personId, first)),
      ...people.map((personId) => claim(right, personId, second)),
      ...(stops
        ? [
            revokeShare(stopper, {
              personId: first.sharerId,
              merchantId: world.shop.merchantId,
              shareId: first.shareId,
            }),
          ]
        : []),
    ]),
  )
  count(tally, 'orders of statements tried')
  const given = answers.flatMap((answer) => ('voucher' in answer && answer.voucher) || [])
  tally.claims += people.length * 2
  const vouchers = new Set(given.map(({ voucherId }) => voucherId))
  if (vouchers.size > people.length) throw new Error(`${vouchers.size} vouchers for 3 people`)
  const allocated = answers.filter((answer) => 'result' in answer && answer.result === 'allocated')
  if (allocated.length > 2) throw new Error(`${allocated.length} took two slots`)
}

/** A database whose every statement waits until the scheduler lets it go, and for the one before it. */
function scheduled(
  db: Database,
  scheduler: fc.Scheduler,
  oneByOne: <T>(work: () => Promise<T>) => Promise<T>,
): Database {
  async function run<T>(statement: (on: Connection) => PromiseLike<T>): Promise<T> {
    await scheduler.schedule(Promise.resolve(), 'statement')
    return oneByOne(() => db.run(statement))
  }
  return { ...db, run }
}

function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work, work)
    last = mine.catch(() => undefined)
    return mine
  }
}

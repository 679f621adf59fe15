import { setImmediate as untilOthersRan } from 'node:timers/promises'

import type { AppContext } from '../context.ts'
import { LEAST_COMPARED, LEAST_JUDGED } from '../domain/lift.ts'
import type { MatchingPoint } from '../domain/views.ts'
import { newId } from '../ids.ts'
import { driversOf } from '../matching/drivers.ts'
import { alwaysValid } from '../matching/evidence.ts'
import { weightsOf } from '../matching/model.ts'
import {
  type Compared,
  compare,
  type Policy,
  type Settled,
  settledOf,
  tallyArms,
} from '../matching/report.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { armsAtHand, type LiftSums, settledDecisions, sumLift } from '../store/judged.ts'
import { keepReport, pointsToReport, type StoredReport } from '../store/reports.ts'
import { modelOf } from './current-model.ts'

type Place = { merchantId: string; point: MatchingPoint }

/** The sums of a merchant's whole past, and pages of it. */
const DEADLINE_MS = 60_000

/**
 * Reports how well the models do, of all merchants that have something new, on connections of its own.
 * What goes wrong with one merchant keeps no other waiting. @patent 12
 */
export async function reportMatchings(app: AppContext, directUrl: string): Promise<number> {
  const db = openDatabase(directUrl, { connections: 1, deadlineMs: DEADLINE_MS, prepare: false })
  const faults: unknown[] = []
  let made = 0
  try {
    for (const place of await pointsToReport(app.db)) {
      try {
        made += Number(await report(app, db, place))
      } catch (error) {
        faults.push(error)
      }
    }
  } finally {
    await db.close()
  }
  if (faults.length > 0) throw new AggregateError(faults, 'Not everything was reported.')
  return made
}

/** Reports how well one merchant's models do, at each point. @patent 12 */
export async function reportMatching(app: AppContext, merchantId: string): Promise<number> {
  let made = 0
  for (const point of ['voucher', 'offer'] as const) {
    made += Number(await report(app, app.db, { merchantId, point }))
  }
  return made
}

/** Of more than the newest decisions nothing but the lift is told. */
const MOST_SETTLED = 10_000

async function report(app: AppContext, db: Database, place: Place): Promise<boolean> {
  const sums = await sumLift(db, place)
  if (!sums) return false
  const { isMoney, reached, judgedFrom, all, judged } = sums
  const settled = await newestSettled(db, place, isMoney)
  const arms = await letOthersRun(() => tallyArms(settled))
  const presets = new Set(arms.filter(({ isPreset }) => isPreset).map(({ id }) => id))
  const atHand = (await armsAtHand(db, place)).filter((id) => !presets.has(id))
  const found: StoredReport = {
    objective: isMoney ? 'money' : 'redemptions',
    reached,
    outcomes: all.count,
    compared: all.compared,
    lift: liftOf(all),
    whatIf: await compareAll(settled, atHand),
    arms,
    drivers: await letOthersRun(() => driversOf(settled)),
    personal: await personalOf(app, place),
  }
  const isWorse = (liftOf(judged)?.high ?? 0) < 0
  const isStopped = await keepReport(db, place, found, {
    isWorse,
    judgedFrom,
    changeId: newId('chg'),
  })
  if (isStopped) {
    app.log.warn(place, 'a model did worse than the preset and was stopped')
    app.wakeOutbox()
  }
  return true
}

function liftOf(sums: LiftSums['all']): StoredReport['lift'] {
  const { count, compared } = sums
  if (count < LEAST_JUDGED || compared < LEAST_COMPARED) return null
  return { ...alwaysValid(sums), count }
}

const PAGE = 1000
/** Comes after every id. */
const NEWEST = 'z'

/** Page by page, so that nobody else waits while they are read. */
async function newestSettled(db: Database, place: Place, isMoney: boolean): Promise<Settled[]> {
  const all: Settled[] = []
  let before: string | undefined = NEWEST
  while (before !== undefined && all.length < MOST_SETTLED) {
    const rows = await settledDecisions(db, place, { before, isMoney, most: PAGE })
    for (const { candidates, chosenId, counts, ...came } of rows) {
      const settled = counts ? settledOf(candidates, chosenId, came) : undefined
      if (settled) all.push(settled)
    }
    before = rows.length === PAGE ? rows.at(-1)?.subjectId : undefined
  }
  return all
}

async function compareAll(
  settled: readonly Settled[],
  armIds: readonly string[],
): Promise<Compared[]> {
  const policies: Policy[] = [
    ...armIds.map((armId) => ({ policy: 'always' as const, armId })),
    { policy: 'random' },
    { policy: 'preset' },
  ]
  const compared: Compared[] = []
  for (const policy of policies) {
    const one = await letOthersRun(() => compare(settled, policy))
    if (one) compared.push(one)
  }
  return compared
}

/** What takes some milliseconds, after whatever else is to be done. */
async function letOthersRun<T>(work: () => T): Promise<T> {
  await untilOthersRan()
  return work()
}

/** A scale from which on a person's features may turn a choice round. */
const LARGE_SCALE = 1

/** What the evidence says for those members of the mixture that let people differ much. */
async function personalOf(app: AppContext, { merchantId, point }: Place): Promise<number | null> {
  const { learnt, priors } = await modelOf(app, merchantId, point)
  const [stage, prior] = [learnt.stages.at(-1), priors.at(-1)]
  if (!stage || !prior || stage.learnt === 0) return null
  return weightsOf(stage).reduce(
    (sum, weight, i) => ((prior.scales[i] ?? 0) >= LARGE_SCALE ? sum + weight : sum),
    0,
  )
}

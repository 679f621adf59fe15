import type { AppContext } from '../context.ts'
import { readPriors } from '../matching/kept.ts'
import { beginning, type Point, usualPriors } from '../matching/learner.ts'
import { type CurrentModel, type StoredModel, storedModel } from '../store/models.ts'
import { goodStateUpTo } from './good-state.ts'

export type { CurrentModel }

/** A new version decides everywhere after so long. */
const FRESH_MS = 10_000

/**
 * What decides at one of a merchant's points. Only the first who asks waits for the database; from then on
 * it is read beside the decisions. Where it cannot be read, what was known last goes on, or the prior.
 *
 * @patent 12
 */
export function modelOf(app: AppContext, merchantId: string, point: Point): Promise<CurrentModel> {
  const key = `${merchantId} ${point}`
  const known = app.currentModels.get(key)
  if (known && performance.now() < known.freshUntil) return known.current

  const reading = read(app, merchantId, point, known?.current)
  const current = known?.current ?? reading
  const freshUntil = performance.now() + FRESH_MS
  app.currentModels.keep(key, { current, freshUntil })
  if (known) void reading.then(() => app.currentModels.keep(key, { current: reading, freshUntil }))
  return current
}

/** Never fails. Answers what was known before as long as nothing about it has changed. */
async function read(
  app: AppContext,
  merchantId: string,
  point: Point,
  known: Promise<CurrentModel> | undefined,
): Promise<CurrentModel> {
  const before = await known
  try {
    const stored = await storedModel(app.db, merchantId, point)
    if (stored) return await assemble(app, merchantId, point, stored, before)
  } catch (err) {
    app.log.warn({ err, merchantId, point }, 'the model could not be read')
  }
  return before ?? fromPriors(point)
}

async function assemble(
  app: AppContext,
  merchantId: string,
  point: Point,
  { priors: kept, version, ...flags }: StoredModel,
  before: CurrentModel | undefined,
): Promise<CurrentModel> {
  const priors = readPriors(kept, point) ?? usualPriors(point)
  const isKnown = before?.version === version && version > 0
  const good = isKnown ? before : await goodStateUpTo(app, merchantId, point, version)
  const current: CurrentModel = {
    point,
    version: good?.version ?? 0,
    priors,
    learnt: good?.learnt ?? beginning(priors),
    ...flags,
  }
  return before && isSame(before, current) ? before : current
}

function isSame(one: CurrentModel, other: CurrentModel): boolean {
  const faceOf = ({ learnt, ...face }: CurrentModel) => JSON.stringify(face)
  return faceOf(one) === faceOf(other)
}

function fromPriors(point: Point): CurrentModel {
  const priors = usualPriors(point)
  const flags = { isStopped: false, marginBp: null, controlBp: 0 }
  return { point, version: 0, priors, learnt: beginning(priors), ...flags }
}

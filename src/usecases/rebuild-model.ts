import type { AppContext } from '../context.ts'
import { readPriors } from '../matching/kept.ts'
import { beginning, encodeLearnt, type Point, usualPriors } from '../matching/learner.ts'
import { learningModel, stateUpTo } from '../store/models.ts'
import { digestOf } from './good-state.ts'
import { foldOn, keep } from './learn.ts'

/** What folding everything anew came to: `count` lessons, and the version that was made of it, if any. */
export type Rebuilt =
  | { outcome: 'none' }
  | { outcome: 'identical' | 'overtaken'; count: number }
  | { outcome: 'rebuilt'; count: number; version: number }

/**
 * Folds a model's whole log anew, as far as the state that decides has learnt it. Where the two are not the
 * same to the last bit, or there is none, what was folded decides from now on, also where learning is frozen.
 *
 * @patent 12
 */
export async function rebuildModel(
  app: AppContext,
  merchantId: string,
  point: Point,
): Promise<Rebuilt> {
  const usual = usualPriors(point)
  const model = await learningModel(app.db, merchantId, point, usual)
  if (!model) return { outcome: 'none' }

  const { version: began } = model
  const priors = readPriors(model.priors, point) ?? usual
  const learnt = beginning(priors)
  const stored = await stateUpTo(app.db, merchantId, point, began)
  const isThere = stored?.version === began
  const place = { merchantId, point, priors }
  const from = { reached: 0, learnt }
  const upTo = isThere ? stored.reached : Number.POSITIVE_INFINITY
  const { reached, count } = await foldOn(app, place, from, Number.POSITIVE_INFINITY, upTo)
  const isSame = isThere
    ? digestOf(encodeLearnt(learnt)) === digestOf(stored.state)
    : count === 0 && began === 0
  if (isSame) return { outcome: 'identical', count }
  const version = await keep(app, merchantId, point, { began, reached, learnt }, true)
  return version === undefined
    ? { outcome: 'overtaken', count }
    : { outcome: 'rebuilt', count, version }
}

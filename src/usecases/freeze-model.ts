import type { AppContext } from '../context.ts'
import { newId } from '../ids.ts'
import type { Point } from '../matching/learner.ts'
import { decideBy, setFrozen } from '../store/model-changes.ts'

/**
 * Stops a model's learning, or lets it go on with all that came meanwhile. What came of decisions is noted
 * all the same. Answers whether that is another than it was. @patent 12
 */
export function freezeModel(
  { db }: AppContext,
  merchantId: string,
  point: Point,
  isFrozen: boolean,
): Promise<boolean> {
  return setFrozen(db, merchantId, point, isFrozen, newId('chg'))
}

/**
 * Lets an older state of a model decide again, frozen, or else it would learn the same again in a minute.
 * Answers its version; undefined when that is not kept, or there is none before.
 *
 * @patent 12
 */
export function goBack(
  { db }: AppContext,
  merchantId: string,
  point: Point,
  version?: number,
): Promise<number | undefined> {
  return decideBy(db, merchantId, point, version, newId('chg'))
}

import { KIND_FEATURES, PERSON_FEATURES } from '../../src/matching/features.ts'
import { beginning, encodeLearnt, fold, usualPriors } from '../../src/matching/learner.ts'
import { learningModel, saveState } from '../../src/store/models.ts'
import { digestOf } from '../../src/usecases/good-state.ts'
import type { Shop } from '../helpers/shop.ts'
import type { Ground } from './ground.ts'
import { drawsFrom } from './matching/chance.ts'

const LESSONS = 1000
const POINT = 'voucher'

/** Gives a shop's model some lessons of chance about these kinds, so that it decides with all it can know. */
export async function teachModel(
  { app, sql }: Ground,
  { merchantId }: Shop,
  templateIds: readonly string[],
): Promise<void> {
  const priors = usualPriors(POINT)
  const learnt = beginning(priors)
  const draw = drawsFrom(1)
  const values = (count: number) =>
    Array.from({ length: count }, () => Math.round(16 * draw()) / 16)
  for (let i = 0; i < LESSONS; i++) {
    const lesson = {
      stage: 'redeemed',
      person: [1, ...values(PERSON_FEATURES.length - 1)],
      arm: templateIds[i % templateIds.length] ?? '',
      kind: values(KIND_FEATURES.length),
      answer: draw() < 0.3 ? 1 : 0,
    } as const
    fold(learnt, POINT, lesson, priors)
  }
  await sql`
    insert into models (merchant_id, point, prior) values (${merchantId}, ${POINT}, ${sql.json(priors)})
    on conflict do nothing`
  const model = await learningModel(app.db, merchantId, POINT, priors)
  const state = encodeLearnt(learnt)
  await saveState(app.db, merchantId, POINT, {
    began: model?.version ?? 0,
    reached: 0,
    learnt: LESSONS,
    state,
    digest: digestOf(state),
    isAskedFor: false,
  })
}

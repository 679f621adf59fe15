import type { AppContext } from '../context.ts'
import type { Point } from '../matching/learner.ts'
import { type ModelRow, modelsAt, type StateRow, statesAt } from '../store/model-changes.ts'

export type ModelCard = ModelRow & { states: StateRow[] }

/** A merchant's models and the states that are kept of them, newest first; none before anything was decided. */
export async function showModels(
  { db }: AppContext,
  merchantId: string,
  point?: Point,
): Promise<ModelCard[]> {
  const models = await modelsAt(db, merchantId)
  return Promise.all(
    models
      .filter((model) => point === undefined || model.point === point)
      .map(async (model) => ({ ...model, states: await statesAt(db, merchantId, model.point) })),
  )
}

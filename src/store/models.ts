import type { Learnt, Point } from '../matching/learner.ts'
import type { Prior } from '../matching/model.ts'
import type { Database } from './database.ts'

/** What decides at one of a merchant's points; version 0 has learnt nothing yet. */
export type CurrentModel = {
  point: Point
  version: number
  /** One for each stage. */
  priors: readonly Prior[]
  learnt: Learnt
  /** It did worse than the preset: everybody gets that. */
  isStopped: boolean
  /** Basis points: what of an order is the merchant's own, and how many people get the preset to compare with. */
  marginBp: number | null
  controlBp: number
}

/** A model's row; of a merchant that has none yet, what it will begin with. */
export type StoredModel = Omit<CurrentModel, 'point' | 'priors' | 'learnt'> & { priors: unknown }

export async function storedModel(
  db: Database,
  merchantId: string,
  point: Point,
): Promise<StoredModel | undefined> {
  const [stored] = await db.run(
    ({ sql }) => sql<StoredModel[]>`
      select coalesce(m.version, 0) as version, coalesce(m.prior, p.prior) as priors,
             m.stopped_at is not null as is_stopped, n.margin_bp, n.control_bp
      from merchants n
      left join models m on m.merchant_id = n.id and m.point = ${point}
      left join pooled_models p on p.point = ${point}
      where n.id = ${merchantId}`,
  )
  return stored
}

/** A state as it was kept. */
export type StoredState = { version: number; reached: number; state: Uint8Array; digest: string }

/** The newest state that is not newer than this version. */
export async function stateUpTo(
  db: Database,
  merchantId: string,
  point: Point,
  version: number,
): Promise<StoredState | undefined> {
  const [state] = await db.run(
    ({ sql }) => sql<StoredState[]>`
      select version, reached, state, digest from model_states
      where merchant_id = ${merchantId} and point = ${point} and version <= ${version}
      order by version desc limit 1`,
  )
  return state
}

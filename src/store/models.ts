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

/** A model that is to learn. */
export type LearningModel = {
  version: number
  isFrozen: boolean
  priors: unknown
  /** Up to when it was seen what came of decisions; never ahead of the clock. */
  gatheredUntil: Date | null
}

/** Begins a model where its merchant has decided something at this point; until then there is none. */
export async function learningModel(
  db: Database,
  merchantId: string,
  point: Point,
  priors: readonly Prior[],
): Promise<LearningModel | undefined> {
  const [model] = await db.run(
    ({ sql }) => sql<LearningModel[]>`
      with begun as (
        insert into models (merchant_id, point, prior)
        select ${merchantId}, ${point}, coalesce(
          (select p.prior from pooled_models p where p.point = ${point}), ${JSON.stringify(priors)}::text::json
        )
        where not exists (select from models m where m.merchant_id = ${merchantId} and m.point = ${point})
          and exists (
            select from decisions d
            where d.merchant_id = ${merchantId} and d.point = ${point} and d.learnable
          )
        on conflict do nothing
        returning version, is_frozen, prior as priors, gathered_until
      )
      select * from begun
      union all
      select m.version, m.is_frozen, m.prior, least(m.gathered_until, clock_timestamp()) from models m
      where m.merchant_id = ${merchantId} and m.point = ${point}`,
  )
  return model
}

/** Whether something is noted that the state which decides has not learnt, or that state is not what was kept. */
export async function isBehind(db: Database, merchantId: string, point: Point): Promise<boolean> {
  const [model] = await db.run(
    ({ sql }) => sql<{ behind: boolean }[]>`
      select m.version > 0 and (s.version is null or s.digest <> encode(sha256(s.state), 'hex'))
             or exists (
               select from outcomes o
               where o.merchant_id = ${merchantId} and o.point = ${point} and o.position > coalesce(s.reached, 0)
             ) as behind
      from models m
      left join model_states s on s.merchant_id = ${merchantId} and s.point = ${point} and s.version = m.version
      where m.merchant_id = ${merchantId} and m.point = ${point}`,
  )
  return model?.behind ?? false
}

/** Notes up to when it was seen what came of decisions. */
export async function noteGathered(
  db: Database,
  merchantId: string,
  point: Point,
  until: Date,
): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      update models set gathered_until = ${until}
      where merchant_id = ${merchantId} and point = ${point}`,
  )
}

/** What was learnt, to be kept as the next version. */
export type NewState = {
  began: number
  reached: number
  learnt: number
  state: Uint8Array
  digest: string
  /** Also where learning is frozen. */
  isAskedFor: boolean
}

/**
 * Keeps a state as the next version, which decides from now on. Answers it, and nothing when another version
 * decides meanwhile or nothing is to be learnt any more: then nothing is kept.
 */
export async function saveState(
  db: Database,
  merchantId: string,
  point: Point,
  { began, reached, learnt, state, digest, isAskedFor }: NewState,
): Promise<number | undefined> {
  const [saved] = await db.run(
    ({ sql }) => sql<{ version: number }[]>`
      with moved as (
        update models m set version = 1 + (
          select coalesce(max(s.version), 0) from model_states s
          where s.merchant_id = ${merchantId} and s.point = ${point}
        )
        where m.merchant_id = ${merchantId} and m.point = ${point} and m.version = ${began}
          and (not m.is_frozen or ${isAskedFor})
        returning m.version
      )
      insert into model_states (merchant_id, point, version, reached, learnt, state, digest)
      select ${merchantId}, ${point}, version, ${reached}, ${learnt}, ${Buffer.from(state)}, ${digest}
      from moved
      returning version`,
  )
  return saved?.version
}

/** Lets go of all states but the newest five, the last of each of 14 days, and the one that decides. */
export async function pruneStates(db: Database, merchantId: string, point: Point): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      with kept as (
        (
          select s.version from model_states s where s.merchant_id = ${merchantId} and s.point = ${point}
          order by s.version desc limit 5
        )
        union
        (
          select max(s.version) from model_states s
          where s.merchant_id = ${merchantId} and s.point = ${point}
            and s.made_at > clock_timestamp() - interval '14 days'
          group by s.made_at::date
        )
        union
        select m.version from models m where m.merchant_id = ${merchantId} and m.point = ${point}
      )
      delete from model_states s
      where s.merchant_id = ${merchantId} and s.point = ${point}
        and s.version not in (select version from kept)`,
  )
}

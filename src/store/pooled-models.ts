import type { Point } from '../matching/learner.ts'
import type { Prior } from '../matching/model.ts'
import type { Database } from './database.ts'

/** Those who share what they learnt, at this moment. */
export async function merchantsWhoPool(db: Database): Promise<string[]> {
  const merchants = await db.run(
    ({ sql }) => sql<{ id: string }[]>`select id from merchants where pools_learning order by id`,
  )
  return merchants.map(({ id }) => id)
}

/** After which position the newest of a merchant's outcomes come, so many of them. */
export async function beforeNewest(
  db: Database,
  merchantId: string,
  point: Point,
  most: number,
): Promise<number> {
  const [last] = await db.run(
    ({ sql }) => sql<{ position: number }[]>`
      select position from outcomes where merchant_id = ${merchantId} and point = ${point}
      order by position desc offset ${most} limit 1`,
  )
  return last?.position ?? 0
}

/** What merchants who begin from now on begin with. */
export async function keepPooled(
  db: Database,
  point: Point,
  priors: readonly Prior[],
  merchants: number,
): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      insert into pooled_models (point, prior, merchants)
      values (${point}, ${JSON.stringify(priors)}::text::json, ${merchants})
      on conflict (point) do update set
        prior = excluded.prior, merchants = excluded.merchants, made_at = clock_timestamp()`,
  )
}

export async function dropPooled(db: Database, point: Point): Promise<void> {
  await db.run(({ sql }) => sql`delete from pooled_models where point = ${point}`)
}

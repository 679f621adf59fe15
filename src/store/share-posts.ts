import type { Language, ShareStatus } from '../domain/views.ts'
import type { Database } from './database.ts'

/** A share's message in some chat that shows an old state. */
export type StalePost = {
  merchantId: string
  shareId: string
  postId: string
  /** What it shows once it is edited. */
  state: string
  status: ShareStatus
  /** Of the sharer. */
  language: Language
}

/** Remembers a message of a share, so that it is kept up to date. */
export async function addPost(
  db: Database,
  post: { merchantId: string; shareId: string; postId: string },
): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      insert into share_posts (merchant_id, share_id, post_id)
      values (${post.merchantId}, ${post.shareId}, ${post.postId})
      on conflict do nothing`,
  )
}

/**
 * Takes posts that do not show what is left of their share, each at most every `everySeconds`. Taking
 * puts a post's next turn off by `leaseSeconds`, so that no two processes edit it at once.
 */
export async function leaseStalePosts(
  db: Database,
  lease: { limit: number; everySeconds: number; leaseSeconds: number },
): Promise<StalePost[]> {
  return db.run(
    ({ sql }) => sql<StalePost[]>`
      with stale as (
        select p.merchant_id, p.share_id, p.post_id, s.status, s.state, s.sharer_id
        from share_posts p
        cross join lateral (
          select s.sharer_id, s.status, case when s.status in ('draft', 'open')
            then 'open:' || (s.slots - s.taken) else s.status end as state
          from shares s where s.merchant_id = p.merchant_id and s.id = p.share_id
        ) s
        where p.gone_at is null and p.shown <> s.state
          and p.edited_at <= clock_timestamp() - make_interval(secs => ${lease.everySeconds})
        order by p.edited_at limit ${lease.limit} for update of p skip locked
      ), taken as (
        update share_posts p set edited_at = clock_timestamp() + make_interval(secs => ${lease.leaseSeconds})
        from stale s
        where p.merchant_id = s.merchant_id and p.share_id = s.share_id and p.post_id = s.post_id
        returning s.merchant_id, s.share_id, s.post_id, s.state, s.status, s.sharer_id
      )
      select t.merchant_id, t.share_id, t.post_id, t.state, t.status, coalesce(p.language, 'en') as language
      from taken t left join people p on p.id = t.sharer_id`,
  )
}

type Key = { merchantId: string; shareId: string; postId: string }

/** The post shows this state now; that a share is over is the last thing that it has to show. */
export async function markShown(
  db: Database,
  post: Key & { state: string; isOver: boolean },
): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      update share_posts set
        shown = ${post.state}, edited_at = clock_timestamp(),
        gone_at = case when ${post.isOver}::boolean then clock_timestamp() end
      where merchant_id = ${post.merchantId} and share_id = ${post.shareId} and post_id = ${post.postId}`,
  )
}

/** The post is not to be edited before `seconds` have passed. */
export async function putOffPost(db: Database, post: Key, seconds: number): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      update share_posts set edited_at = clock_timestamp() + make_interval(secs => ${seconds})
      where merchant_id = ${post.merchantId} and share_id = ${post.shareId} and post_id = ${post.postId}`,
  )
}

/** The post can be edited no more: somebody has deleted it. */
export async function markGone(db: Database, post: Key): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      update share_posts set gone_at = clock_timestamp()
      where merchant_id = ${post.merchantId} and share_id = ${post.shareId} and post_id = ${post.postId}`,
  )
}

/** Forgets where shares stood that are over for a day, and posts that were deleted. Answers how many. */
export async function purgePosts(db: Database, days = 1): Promise<number> {
  const [purged] = await db.run(
    ({ sql }) => sql<{ count: number }[]>`
      with purged as (
        delete from share_posts
        where merchant_id is not null and gone_at < clock_timestamp() - make_interval(days => ${days})
        returning merchant_id
      )
      select count(*)::integer as count from purged`,
  )
  return purged?.count ?? 0
}

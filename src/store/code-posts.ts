import type { Language } from '../domain/views.ts'
import type { CodeBatch } from './codes.ts'
import type { Database } from './database.ts'

/** The message about a batch of codes in somebody's chat, where it does not show how far the batch has come. */
export type StaleCodePost = {
  merchantId: string
  batchId: string
  personId: string
  /** Nothing until it was sent. */
  messageId: number | null
  /** What it shows once it is sent or edited. */
  state: string
  language: Language
} & Pick<CodeBatch, 'templateName' | 'wanted' | 'made' | 'status'>

/**
 * Takes messages that show an old state, each at most every `everySeconds`; a new one at once. Taking puts
 * a message's next turn off by `leaseSeconds`, so that no two processes edit it at once.
 */
export async function leaseCodePosts(
  db: Database,
  lease: { limit: number; everySeconds: number; leaseSeconds: number },
): Promise<StaleCodePost[]> {
  return db.run(
    ({ sql }) => sql<StaleCodePost[]>`
      with stale as (
        select p.merchant_id, p.batch_id, b.template_id, b.wanted, b.made, b.status,
               b.status || ':' || b.made as state
        from code_posts p
        join code_batches b on b.merchant_id = p.merchant_id and b.id = p.batch_id
        where p.gone_at is null and p.person_id like 'telegram:%' and p.shown <> b.status || ':' || b.made
          and p.edited_at <= clock_timestamp()
            - make_interval(secs => case when p.message_id is null then 0 else ${lease.everySeconds}::integer end)
        order by p.edited_at limit ${lease.limit} for update of p skip locked
      ), taken as (
        update code_posts p set edited_at = clock_timestamp() + make_interval(secs => ${lease.leaseSeconds})
        from stale s where p.merchant_id = s.merchant_id and p.batch_id = s.batch_id
        returning p.merchant_id, p.batch_id, p.person_id, p.message_id
      )
      select t.merchant_id, t.batch_id, t.person_id, t.message_id, s.state, s.wanted, s.made, s.status,
             v.name as template_name, coalesce(w.language, 'en') as language
      from taken t
      join stale s on s.merchant_id = t.merchant_id and s.batch_id = t.batch_id
      join voucher_templates v on v.merchant_id = s.merchant_id and v.id = s.template_id
      left join people w on w.id = t.person_id`,
  )
}

type Key = { merchantId: string; batchId: string }

/** The message is there and shows this state; that a batch is over is the last thing that it shows. */
export async function markCodePost(
  db: Database,
  {
    merchantId,
    batchId,
    messageId,
    state,
    isOver,
  }: Key & {
    messageId: number | null
    state: string
    isOver: boolean
  },
): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      update code_posts set
        shown = ${state}, message_id = ${messageId}, edited_at = clock_timestamp(),
        gone_at = case when ${isOver}::boolean then clock_timestamp() end
      where merchant_id = ${merchantId} and batch_id = ${batchId}`,
  )
}

/** The message is not to be edited before `seconds` have passed. */
export async function putOffCodePost(db: Database, key: Key, seconds: number): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      update code_posts set edited_at = clock_timestamp() + make_interval(secs => ${seconds})
      where merchant_id = ${key.merchantId} and batch_id = ${key.batchId}`,
  )
}

/** Nobody can be shown this any more. */
export async function endCodePost(db: Database, { merchantId, batchId }: Key): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      update code_posts set gone_at = clock_timestamp()
      where merchant_id = ${merchantId} and batch_id = ${batchId}`,
  )
}

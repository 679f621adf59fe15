import type { Connection, Database } from './database.ts'

/** An update that waits to be handled; `queue` is the chat or the person whose order it keeps. */
export type WaitingUpdate = {
  updateId: number
  queue: string
  payload: Record<string, unknown>
  /** This run counted. */
  attempts: number
}

/** Keeps an update. Answers false when it was known: deliveries repeat, and come in any order. */
export async function addUpdate(
  db: Database,
  botId: number,
  update: { updateId: number; queue: string; payload: string },
): Promise<boolean> {
  const added = await db.run(
    ({ sql }) => sql`
      insert into inbox (bot_id, update_id, queue, payload)
      values (${botId}, ${update.updateId}, ${update.queue}, ${update.payload}::text::jsonb)
      on conflict do nothing returning update_id`,
  )
  return added.length === 1
}

/**
 * Takes the earliest waiting update of each queue for `leaseSeconds`, at most `limit`, and counts the
 * run before it starts. A queue with an update under way gives none, whichever process has it.
 */
export async function leaseUpdates(
  db: Database,
  botId: number,
  lease: { limit: number; leaseSeconds: number; mostAttempts: number },
): Promise<WaitingUpdate[]> {
  return db.run(
    ({ sql }) => sql<WaitingUpdate[]>`
      with next as (
        select i.update_id from inbox i
        where i.bot_id = ${botId} and ${waits(sql, 'i')} and i.attempts < ${lease.mostAttempts}
          and (i.leased_until is null or i.leased_until <= clock_timestamp())
          and not exists (
            select 1 from inbox o
            where o.bot_id = i.bot_id and o.queue = i.queue and ${waits(sql, 'o')}
              and (o.leased_until > clock_timestamp()
                or (o.received_at, o.update_id) < (i.received_at, i.update_id))
          )
        order by i.received_at, i.update_id limit ${lease.limit} for update of i skip locked
      ), leased as (
        update inbox i set
          attempts = i.attempts + 1,
          leased_until = clock_timestamp() + make_interval(secs => ${lease.leaseSeconds})
        from next where i.bot_id = ${botId} and i.update_id = next.update_id
        returning i.update_id, i.queue, i.payload, i.attempts, i.received_at
      )
      select update_id, queue, payload, attempts from leased order by received_at, update_id`,
  )
}

/** An update that was handled keeps nothing of what was written and by whom: its id tells that it came. */
export async function markUpdateDone(db: Database, botId: number, updateId: number): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      update inbox set done_at = clock_timestamp(), leased_until = null, queue = '', payload = '{}'
      where bot_id = ${botId} and update_id = ${updateId}`,
  )
}

/** The update is tried again after a pause; its queue waits for it. */
export async function retryUpdate(
  db: Database,
  botId: number,
  updateId: number,
  retry: { afterSeconds: number; error: string },
): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      update inbox set
        leased_until = clock_timestamp() + make_interval(secs => ${retry.afterSeconds}),
        last_error = ${retry.error}
      where bot_id = ${botId} and update_id = ${updateId} and done_at is null`,
  )
}

/** Sets an update aside, so that its queue goes on. */
export async function setUpdateAside(
  db: Database,
  botId: number,
  updateId: number,
  error: string,
): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      update inbox set gave_up_at = clock_timestamp(), leased_until = null, last_error = ${error}
      where bot_id = ${botId} and update_id = ${updateId} and done_at is null`,
  )
}

/** Sets aside what has used up its runs without ever ending one, as when it kills the process. */
export async function setAbandonedAside(
  db: Database,
  botId: number,
  mostAttempts: number,
): Promise<number[]> {
  const abandoned = await db.run(
    ({ sql }) => sql<{ updateId: number }[]>`
      update inbox i set
        gave_up_at = clock_timestamp(), leased_until = null,
        last_error = coalesce(i.last_error, 'abandoned')
      where i.bot_id = ${botId} and ${waits(sql, 'i')} and i.attempts >= ${mostAttempts}
        and i.leased_until <= clock_timestamp()
      returning i.update_id`,
  )
  return abandoned.map(({ updateId }) => updateId)
}

/** Deletes updates received more than `days` ago, whose ids Telegram may use again. Answers how many. */
export async function purgeInbox(db: Database, days = 7): Promise<number> {
  const [purged] = await db.run(
    ({ sql }) => sql<{ count: number }[]>`
      with purged as (
        delete from inbox where received_at < clock_timestamp() - make_interval(days => ${days}) returning 1
      )
      select count(*)::integer as count from purged`,
  )
  return purged?.count ?? 0
}

function waits(sql: Connection['sql'], alias: 'i' | 'o') {
  return alias === 'i'
    ? sql`i.done_at is null and i.gave_up_at is null`
    : sql`o.done_at is null and o.gave_up_at is null`
}

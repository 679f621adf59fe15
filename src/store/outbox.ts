import type { ClaimResult, Language } from '../domain/views.ts'
import type { Database } from './database.ts'

/** The merchant of what the installation itself says. */
const INSTALLATION = ''

export type Message = {
  /** Natural key of the telling: the same id is told once. */
  id: string
  /** Left out: the installation. */
  merchantId?: string | undefined
  /** Left out: it goes to no person, as a message to a group. */
  personId?: string | undefined
  kind: string
  payload: Record<string, unknown>
}

export type LeasedMessage = {
  merchantId: string
  id: string
  kind: string
  personId: string | null
  payload: Record<string, unknown>
  /** This try counted. */
  attempts: number
  /** Of the person; nothing when it goes to nobody or to somebody unknown. */
  language: Language | null
  reachable: boolean | null
}

/** Keeps messages to be sent; those that are known already stay as they are. */
export async function addMessages(db: Database, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return
  const rows = messages.map(({ merchantId, id, kind, personId, payload }) => ({
    merchant_id: merchantId ?? INSTALLATION,
    id,
    kind,
    person_id: personId ?? null,
    payload,
  }))
  await db.run(
    ({ sql }) => sql`
      insert into outbox (merchant_id, id, kind, person_id, payload)
      select merchant_id, id, kind, person_id, payload
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
        as m (merchant_id text, id text, kind text, person_id text, payload jsonb)
      on conflict do nothing`,
  )
}

/** Merchants with something to send now, those who wait longest first. */
export async function merchantsWithDueMessages(db: Database, limit: number): Promise<string[]> {
  const merchants = await db.run(
    ({ sql }) => sql<{ merchantId: string }[]>`
      select merchant_id from outbox
      where sent_at is null and gave_up_at is null and due_at <= clock_timestamp()
        and (leased_until is null or leased_until <= clock_timestamp())
      group by merchant_id order by min(due_at) limit ${limit}`,
  )
  return merchants.map(({ merchantId }) => merchantId)
}

/**
 * Takes due messages of a merchant for `leaseSeconds` and counts the try before it starts. Of each
 * chat only the earliest unsent one is taken, so that its order holds and a chat that must wait holds
 * up no other.
 */
export async function leaseMessages(
  db: Database,
  merchantId: string,
  lease: { limit: number; leaseSeconds: number },
): Promise<LeasedMessage[]> {
  return db.run(
    ({ sql }) => sql<LeasedMessage[]>`
      with unsent as (
        select id, due_at, leased_until, row_number() over (
          partition by coalesce(person_id, payload -> 'params' ->> 'chat_id', id) order by created_at, id
        ) as place
        from outbox where merchant_id = ${merchantId} and sent_at is null and gave_up_at is null
      ), next as (
        select o.id from outbox o
        where o.merchant_id = ${merchantId} and o.sent_at is null and o.gave_up_at is null
          and o.due_at <= clock_timestamp() and (o.leased_until is null or o.leased_until <= clock_timestamp())
          and o.id in (select id from unsent where place = 1)
        order by o.due_at, o.id limit ${lease.limit} for update of o skip locked
      ), leased as (
        update outbox o set
          attempts = o.attempts + 1,
          leased_until = clock_timestamp() + make_interval(secs => ${lease.leaseSeconds})
        from next where o.merchant_id = ${merchantId} and o.id = next.id
        returning o.*
      )
      select l.merchant_id, l.id, l.kind, l.person_id, l.payload, l.attempts, p.language, p.reachable
      from leased l left join people p on p.id = l.person_id
      order by l.due_at, l.id`,
  )
}

type Key = { merchantId: string; id: string }

/** What was sent keeps nothing of whom or what: its id tells that it was. */
export async function markSent(db: Database, { merchantId, id }: Key): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      update outbox set sent_at = clock_timestamp(), leased_until = null, person_id = null, payload = '{}'
      where merchant_id = ${merchantId} and id = ${id}`,
  )
}

/** Puts a message off. Waiting on Telegram's word (`isTry: false`) is no try. */
export async function putOff(
  db: Database,
  { merchantId, id }: Key,
  pause: { seconds: number; isTry: boolean; error: string },
): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      update outbox set
        due_at = clock_timestamp() + make_interval(secs => ${pause.seconds}), leased_until = null,
        attempts = attempts - ${pause.isTry ? 0 : 1}::integer, last_error = ${pause.error}
      where merchant_id = ${merchantId} and id = ${id} and sent_at is null`,
  )
}

/** What was given up keeps as little as what was sent, and why. */
export async function giveUp(db: Database, { merchantId, id }: Key, error: string): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      update outbox set
        gave_up_at = clock_timestamp(), leased_until = null, person_id = null, payload = '{}',
        last_error = ${error}
      where merchant_id = ${merchantId} and id = ${id} and sent_at is null`,
  )
}

/** Gives a message up because the person cannot be reached, and remembers that of the person. */
export async function giveUpUnreachable(
  db: Database,
  { merchantId, id, personId }: Key & { personId: string | null },
): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      with person as (update people set reachable = false where id = ${personId} and reachable)
      update outbox set
        gave_up_at = clock_timestamp(), leased_until = null, person_id = null, payload = '{}',
        last_error = 'unreachable'
      where merchant_id = ${merchantId} and id = ${id} and sent_at is null`,
  )
}

/** A group has become a supergroup: everything of this merchant's that waits for it goes to its new chat. */
export async function moveChat(
  db: Database,
  merchantId: string,
  chat: { from: string; to: number },
): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      update outbox set
        payload = jsonb_set(payload, '{params,chat_id}', to_jsonb(${chat.to}::bigint)),
        due_at = clock_timestamp(), leased_until = null
      where merchant_id = ${merchantId} and sent_at is null and gave_up_at is null
        and payload -> 'params' ->> 'chat_id' = ${chat.from}`,
  )
}

/** Deletes what was sent or given up more than `days` ago. Answers how many. */
export async function purgeOutbox(db: Database, days = 30): Promise<number> {
  const [purged] = await db.run(
    ({ sql }) => sql<{ count: number }[]>`
      with purged as (
        delete from outbox
        where created_at < clock_timestamp() - make_interval(days => ${days})
          and coalesce(sent_at, gave_up_at) < clock_timestamp() - make_interval(days => ${days})
        returning merchant_id
      )
      select count(*)::integer as count from purged`,
  )
  return purged?.count ?? 0
}

/** Whether the bot may write to a person. */
export async function isReachable(db: Database, personId: string): Promise<boolean> {
  const [person] = await db.run(
    ({ sql }) => sql<{ reachable: boolean }[]>`select reachable from people where id = ${personId}`,
  )
  return person?.reachable ?? false
}

/** How a voucher was come by: what the notice of it says beside the voucher. */
export async function claimBehind(
  db: Database,
  merchantId: string,
  voucherId: string,
): Promise<
  { result: Extract<ClaimResult, 'allocated' | 'fallback'>; reason: string | null } | undefined
> {
  const [claim] = await db.run(
    ({ sql }) => sql<{ result: 'allocated' | 'fallback'; reason: string | null }[]>`
      select k.result, k.reason from vouchers v
      join claims k on k.merchant_id = v.merchant_id and k.campaign_id = v.campaign_id
        and k.person_id = v.holder_id and k.id = v.claim_id
      where v.merchant_id = ${merchantId} and v.id = ${voucherId}`,
  )
  return claim
}

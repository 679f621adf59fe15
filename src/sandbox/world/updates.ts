import type { TelegramUpdate } from '@gramio/types'
import type { World } from '../world.ts'

export type UpdateKind = Exclude<keyof TelegramUpdate, 'update_id'>

export interface WaitingUpdate {
  update: TelegramUpdate
  /** Updates of one key are delivered one after another. */
  key: string
  expiresAt: number
}

export interface UpdateQueue {
  nextId: number
  waiting: WaitingUpdate[]
  /** What the bot asked for last; undefined means everything but the rare kinds. */
  allowed: readonly string[] | undefined
  /** The one open long poll. */
  poll: { wake: () => void; end: (reason: string) => void } | undefined
  webhook: Webhook | undefined
  /** Called when something was queued; the webhook's deliverer listens here. */
  onQueued: (() => void) | undefined
}

export interface Webhook {
  url: string
  secretToken: string | undefined
  maxConnections: number
  ipAddress: string | undefined
  lastError: { date: number; message: string } | undefined
}

const NOT_BY_DEFAULT = ['chat_member', 'message_reaction', 'message_reaction_count']

/** How long Telegram keeps an update that nobody takes, in seconds. */
const KEPT_SECONDS: Partial<Record<UpdateKind, number>> = {
  callback_query: 150,
  inline_query: 30,
  chosen_inline_result: 600,
}

export function newUpdateQueue(firstId: number): UpdateQueue {
  return {
    nextId: firstId,
    waiting: [],
    allowed: undefined,
    poll: undefined,
    webhook: undefined,
    onQueued: undefined,
  }
}

/** Queues an update unless the bot did not ask for its kind. The bot has met whom it comes from. */
export function queueUpdate<K extends UpdateKind>(
  world: World,
  kind: K,
  payload: NonNullable<TelegramUpdate[K]>,
): void {
  const { allowed } = world.updates
  if (allowed ? !allowed.includes(kind) : NOT_BY_DEFAULT.includes(kind)) return
  const from = (payload as { from?: { id: number } }).from?.id
  if (from !== undefined) world.met.add(from)
  pushUpdate(world, { update_id: world.updates.nextId++, [kind]: payload })
}

/** Queues an update as it is. */
export function pushUpdate(world: World, update: TelegramUpdate): void {
  const kind = Object.keys(update).find((name) => name !== 'update_id') as UpdateKind
  const seconds = KEPT_SECONDS[kind] ?? 24 * 3600
  const expiresAt = world.now().getTime() + seconds * 1000
  world.updates.waiting.push({ update, key: orderKey(kind, update), expiresAt })
  world.updates.poll?.wake()
  world.updates.onQueued?.()
}

export function dropExpired(world: World): void {
  const now = world.now().getTime()
  world.updates.waiting = world.updates.waiting.filter((one) => one.expiresAt > now)
}

/** Messages keep the order of their chat, everything else that of the person. */
function orderKey(kind: UpdateKind, update: TelegramUpdate): string {
  const payload = update[kind] as { chat?: { id: number }; from?: { id: number } } | undefined
  const isMessage = payload?.chat !== undefined
  return isMessage ? `chat ${payload.chat?.id}` : `${kind} ${payload?.from?.id}`
}

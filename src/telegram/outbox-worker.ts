import type { AppContext } from '../context.ts'
import {
  giveUp,
  giveUpUnreachable,
  type LeasedMessage,
  leaseMessages,
  markSent,
  merchantsWithDueMessages,
  moveChat,
  putOff,
} from '../store/outbox.ts'
import { startWorker, type Worker } from '../worker.ts'
import { BotApiError } from './call.ts'
import type { Pace } from './pace.ts'
import { verdictOn } from './verdict.ts'

/** One call of the Bot API. */
export type Call = { method: string; params: Record<string, unknown> }

export type OutboxParts = {
  /** Throws a BotApiError. */
  send: (call: Call) => Promise<unknown>
  /** The words of a message; nothing when there is no longer anything to tell. */
  draw: (message: LeasedMessage) => Promise<Call | undefined>
  pace: Pace
}

const MOST_AT_ONCE = 50
const LEASE_SECONDS = 60
const MOST_TRIES = 10
const LONGEST_PAUSE_SECONDS = 900

/**
 * Sends what is in the outbox, in order per chat and within Telegram's limits. What cannot be sent now
 * is tried again; a message is given up when its person cannot be reached, when Telegram refuses it, or
 * after ten tries. Dying between sending and noting it sends a message twice, never not at all.
 */
export function startOutbox(app: AppContext, parts: OutboxParts, pollMs = 1_000): Worker {
  return startWorker({
    take: (room) => takeMessages(app, room),
    run: (message) => deliver(app, parts, message),
    most: MOST_AT_ONCE,
    least: MOST_AT_ONCE / 2,
    pollMs,
    onFault: (error) => app.log.warn({ err: error }, 'outbox is out of order'),
  })
}

/** A share of the room for each merchant that waits, so that a busy one does not fill it. */
async function takeMessages(app: AppContext, room: number): Promise<LeasedMessage[]> {
  const taken: LeasedMessage[] = []
  const merchants = await merchantsWithDueMessages(app.db, room)
  for (const [i, merchantId] of merchants.entries()) {
    const limit = Math.ceil((room - taken.length) / (merchants.length - i))
    if (limit <= 0) break
    taken.push(...(await leaseMessages(app.db, merchantId, { limit, leaseSeconds: LEASE_SECONDS })))
  }
  return taken
}

async function deliver(
  app: AppContext,
  { send, draw, pace }: OutboxParts,
  message: LeasedMessage,
): Promise<void> {
  // known before: whoever has let the bot write since stays as they are
  if (message.personId !== null && !message.reachable) return giveUp(app.db, message, 'unreachable')
  try {
    const call = await draw(message)
    if (!call) return await giveUp(app.db, message, 'nothing to tell')
    await pace(chatOf(message, call), () => send(call))
  } catch (error) {
    return settle(app, message, error)
  }
  await markSent(app.db, message)
}

async function settle(app: AppContext, message: LeasedMessage, error: unknown): Promise<void> {
  if (!(error instanceof BotApiError)) return tryAgain(app, message, error)
  const verdict = verdictOn(error)
  switch (verdict.kind) {
    case 'sent':
      return markSent(app.db, message)
    case 'wait':
      return putOff(app.db, message, {
        seconds: verdict.seconds,
        isTry: false,
        error: error.message,
      })
    case 'unreachable':
      return giveUpUnreachable(app.db, message)
    case 'moved':
      return moveChat(app.db, message.merchantId, {
        from: String(chatOf(message)),
        to: verdict.toChatId,
      })
    case 'gone':
      return giveUp(app.db, message, error.message)
    case 'again':
      return tryAgain(app, message, error)
    case 'refused':
      app.log.error({ err: error, id: message.id, kind: message.kind }, 'message refused')
      return giveUp(app.db, message, error.message)
  }
}

async function tryAgain(app: AppContext, message: LeasedMessage, error: unknown): Promise<void> {
  const { id, kind, attempts } = message
  const words = String(error).slice(0, 500)
  if (attempts >= MOST_TRIES) {
    app.log.error({ err: error, id, kind, attempts }, 'message given up')
    return giveUp(app.db, message, words)
  }
  app.log.warn({ err: error, id, kind, attempts }, 'message not sent')
  await putOff(app.db, message, {
    seconds: pauseSeconds(attempts, app.draw()),
    isTry: true,
    error: words,
  })
}

/** 1 to 2 s after the first try, then twice as long each time, up to a quarter of an hour. */
export function pauseSeconds(attempts: number, draw: number): number {
  return Math.min(LONGEST_PAUSE_SECONDS, 2 ** attempts) * (0.5 + draw / 2)
}

/** Whose limits a message counts against; nobody's when it goes to no chat. */
function chatOf(message: LeasedMessage, call?: Call): string | undefined {
  return message.personId ?? chatIn(call?.params) ?? chatIn(message.payload['params'])
}

function chatIn(params: unknown): string | undefined {
  const { chat_id } = (params ?? {}) as { chat_id?: number | string }
  return chat_id === undefined ? undefined : String(chat_id)
}

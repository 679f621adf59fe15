import { setTimeout as delay } from 'node:timers/promises'

import type { AppContext } from '../context.ts'
import { cutSecrets } from '../log.ts'
import {
  leaseUpdates,
  markUpdateDone,
  retryUpdate,
  setAbandonedAside,
  setUpdateAside,
  type WaitingUpdate,
} from '../store/inbox.ts'
import { startWorker, type Worker } from '../worker.ts'

/** What handles an update. It may run twice for the same one, so it writes only what is idempotent. */
export type HandleUpdate = (update: Record<string, unknown>) => Promise<void>

export type InboxOptions = {
  leaseSeconds: number
  deadlineMs: number
  pauseSeconds: number
  pollMs: number
}

const MOST_ATTEMPTS = 3
const MOST_AT_ONCE = 64
const USUAL: InboxOptions = { leaseSeconds: 30, deadlineMs: 20_000, pauseSeconds: 1, pollMs: 1_000 }

/**
 * Handles what is in the inbox: the updates of one chat or person one after the other, different ones
 * side by side. What fails three times is set aside with an alarm, and its queue goes on.
 */
export function startInbox(
  app: AppContext,
  handle: HandleUpdate,
  options: Partial<InboxOptions> = {},
): Worker {
  const settings = { ...USUAL, ...options }
  return startWorker({
    take: (room) => takeUpdates(app, room, settings),
    run: (update) => runUpdate(app, update, handle, settings),
    most: MOST_AT_ONCE,
    pollMs: settings.pollMs,
    onFault: (error) => app.log.warn({ err: error }, 'inbox is out of order'),
  })
}

async function takeUpdates(
  app: AppContext,
  limit: number,
  { leaseSeconds }: InboxOptions,
): Promise<WaitingUpdate[]> {
  const updates = await leaseUpdates(app.db, app.bot.id, {
    limit,
    leaseSeconds,
    mostAttempts: MOST_ATTEMPTS,
  })
  if (updates.length > 0) return updates
  for (const updateId of await setAbandonedAside(app.db, app.bot.id, MOST_ATTEMPTS)) {
    app.log.error({ updateId }, 'update abandoned and set aside')
  }
  return []
}

async function runUpdate(
  app: AppContext,
  update: WaitingUpdate,
  handle: HandleUpdate,
  { deadlineMs, pauseSeconds }: InboxOptions,
): Promise<void> {
  try {
    await inTime(handle(update.payload), deadlineMs)
  } catch (error) {
    return noteFailure(app, update, error, pauseSeconds)
  }
  await markUpdateDone(app.db, app.bot.id, update.updateId)
}

async function noteFailure(
  app: AppContext,
  { updateId, attempts }: WaitingUpdate,
  error: unknown,
  pauseSeconds: number,
): Promise<void> {
  const words = cutSecrets(String(error)).slice(0, 500)
  if (attempts < MOST_ATTEMPTS) {
    app.log.warn({ err: error, updateId, attempts }, 'update failed')
    await retryUpdate(app.db, app.bot.id, updateId, {
      afterSeconds: pauseSeconds * attempts,
      error: words,
    })
    return
  }
  app.log.error({ err: error, updateId, attempts }, 'update set aside')
  await setUpdateAside(app.db, app.bot.id, updateId, words)
}

/** A handler that takes too long has failed, though it may go on; what it writes later is idempotent. */
async function inTime(handled: Promise<void>, deadlineMs: number): Promise<void> {
  const timer = new AbortController()
  const tooLong = delay(deadlineMs, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`The update was not handled within ${deadlineMs} ms.`)
  })
  try {
    await Promise.race([handled, tooLong])
  } finally {
    timer.abort()
    tooLong.catch(() => undefined)
  }
}

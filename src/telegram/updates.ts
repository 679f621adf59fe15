import { setTimeout as delay } from 'node:timers/promises'
import type { Telegram } from 'telegraf'

import type { AppContext } from '../context.ts'
import { receiveUpdate } from '../usecases/receive-update.ts'
import { BotApiError, call } from './call.ts'
import { untilAnswered } from './until-answered.ts'

/** Every kind of update that the bot handles. Left out, Telegram would keep what was set before. */
export const ALLOWED_UPDATES = [
  'message',
  'callback_query',
  'inline_query',
  'chosen_inline_result',
  'my_chat_member',
] as const

/** Has updates delivered to `POST /telegram/webhook` under the public address. */
export async function setWebhook(
  app: AppContext,
  telegram: Telegram,
  signal: AbortSignal,
): Promise<void> {
  await untilAnswered(app.log, signal, () =>
    call(telegram, 'setWebhook', {
      url: `${app.config.PUBLIC_URL}/telegram/webhook`,
      secret_token: app.config.WEBHOOK_SECRET ?? '',
      allowed_updates: [...ALLOWED_UPDATES],
      max_connections: 20,
    }),
  )
  app.log.info('webhook set')
}

const POLL_SECONDS = 25

/**
 * Fetches updates until the signal: for a server that Telegram cannot reach. An update is confirmed,
 * by asking for those after it, only when all up to it are kept.
 */
export async function pollUpdates(
  app: AppContext,
  telegram: Telegram,
  signal: AbortSignal,
): Promise<void> {
  await untilAnswered(app.log, signal, () => call(telegram, 'deleteWebhook', {}))
  let offset = 0
  while (!signal.aborted) {
    try {
      offset = await pollOnce(app, telegram, offset, signal)
    } catch (error) {
      if (signal.aborted) return
      app.log.warn({ err: error }, 'updates not fetched')
      await delay(pauseMs(error), undefined, { signal }).catch(() => undefined)
    }
  }
}

async function pollOnce(
  app: AppContext,
  telegram: Telegram,
  offset: number,
  signal: AbortSignal,
): Promise<number> {
  const updates = await call(
    telegram,
    'getUpdates',
    { offset, timeout: POLL_SECONDS, allowed_updates: [...ALLOWED_UPDATES] },
    { patienceMs: (POLL_SECONDS + 10) * 1000, signal },
  )
  for (const update of updates)
    await receiveUpdate(app, { botId: app.bot.id, update: { ...update } })
  return Math.max(offset, ...updates.map(({ update_id }) => update_id + 1))
}

/** Another poller (409) has its time to end; a flood says itself how long. */
function pauseMs(error: unknown): number {
  if (!(error instanceof BotApiError)) return 1_000
  if (error.retryAfterSeconds !== undefined) return error.retryAfterSeconds * 1000
  return error.code === 409 ? 5_000 : 1_000
}

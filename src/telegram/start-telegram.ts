import type { APIMethods } from '@gramio/types'
import type { Update } from 'telegraf/types'

import { hasWebhook } from '../config.ts'
import type { AppContext } from '../context.ts'
import { createPictures } from '../pictures/draw-picture.ts'
import type { LeasedMessage } from '../store/outbox.ts'
import { createBot } from './bot.ts'
import { call } from './call.ts'
import { startCodePosts } from './code-posts-worker.ts'
import { announceCommands } from './commands.ts'
import { startInbox } from './inbox-worker.ts'
import { drawStored } from './notices.ts'
import { type Call, startOutbox } from './outbox-worker.ts'
import { createPace, type Pace } from './pace.ts'
import { startPosts } from './posts-worker.ts'
import { pollUpdates, setWebhook } from './updates.ts'

export type RunningTelegram = {
  wakeInbox: () => void
  wakeOutbox: () => void
  /** Fetches no more updates, ends what is under way, and keeps the rest for the next start. */
  stop(): Promise<void>
}

/**
 * Starts everything between this program and Telegram: updates come in by webhook, or by polling where
 * there is no https address, and messages go out.
 */
export function startTelegram(
  app: AppContext,
  { pace = createPace() }: { pace?: Pace } = {},
): RunningTelegram {
  const bot = createBot(app)
  const stopping = new AbortController()
  const send = ({ method, params }: Call) =>
    call(bot.telegram, method as keyof APIMethods, params as never)

  const inbox = startInbox(app, (update) => bot.handleUpdate(update as unknown as Update))
  const pictures = createPictures()
  const draw = (message: LeasedMessage) => drawStored(app, pictures, message)
  const outbox = startOutbox(app, { send, draw, pace })
  const posts = startPosts(app, { send, pace })
  const codePosts = startCodePosts(app, { send, pace })
  const receiving = receive(app, bot.telegram, stopping.signal)
  const announcing = announceCommands(app).catch((error: unknown) => {
    app.log.warn({ err: error }, 'commands not announced')
  })

  return {
    wakeInbox: () => inbox.wake(),
    wakeOutbox: () => outbox.wake(),
    stop: async () => {
      stopping.abort()
      await Promise.all([receiving, announcing])
      await inbox.stop()
      await Promise.all([outbox.stop(), posts.stop(), codePosts.stop()])
    },
  }
}

async function receive(
  app: AppContext,
  telegram: Parameters<typeof pollUpdates>[1],
  signal: AbortSignal,
): Promise<void> {
  const receiving = hasWebhook(app.config) ? setWebhook : pollUpdates
  await receiving(app, telegram, signal).catch((error: unknown) => {
    if (!signal.aborted) app.log.error({ err: error }, 'updates cannot be received')
  })
}

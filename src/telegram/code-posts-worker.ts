import type { AppContext } from '../context.ts'
import {
  endCodePost,
  leaseCodePosts,
  markCodePost,
  putOffCodePost,
  type StaleCodePost,
} from '../store/code-posts.ts'
import { startWorker, type Worker } from '../worker.ts'
import { BotApiError } from './call.ts'
import { drawBatch } from './draw/codes.ts'
import { editCall, sendCall } from './message.ts'
import type { PostsParts } from './posts-worker.ts'
import { textsIn } from './texts.ts'
import { verdictOn } from './verdict.ts'

const MOST_AT_ONCE = 10
const LEASE_SECONDS = 30
/** How long a message rests after a call that failed. */
const REST_SECONDS = 15

/**
 * Sends a message for every batch of codes that somebody has asked for in chat, and keeps it showing how
 * far that has come: edited at most every three seconds, and at the end. Dying between sending it and
 * noting it sends it twice, never not at all.
 */
export function startCodePosts(
  app: AppContext,
  parts: PostsParts,
  options = { everySeconds: 3, pollMs: 1_000 },
): Worker {
  const { everySeconds, pollMs } = options
  return startWorker({
    take: (limit) => leaseCodePosts(app.db, { limit, everySeconds, leaseSeconds: LEASE_SECONDS }),
    run: (post) => show(app, parts, post),
    most: MOST_AT_ONCE,
    pollMs,
    onFault: (error) => app.log.warn({ err: error }, 'messages about codes are out of order'),
  })
}

async function show(
  app: AppContext,
  { send, pace }: PostsParts,
  post: StaleCodePost,
): Promise<void> {
  const { personId, messageId, merchantId } = post
  const chatId = Number(personId.slice('telegram:'.length))
  const message = drawBatch(textsIn(post.language), merchantId, post)
  const call =
    messageId === null
      ? sendCall(chatId, message)
      : editCall({ chat_id: chatId, message_id: messageId }, message)
  const isOver = post.status !== 'running'
  try {
    const sent = (await pace(personId, () => send(call))) as { message_id?: number }
    await markCodePost(app.db, { ...post, messageId: messageId ?? sent.message_id ?? null, isOver })
  } catch (error) {
    await settle(app, { ...post, isOver }, error)
  }
}

async function settle(
  app: AppContext,
  post: StaleCodePost & { isOver: boolean },
  error: unknown,
): Promise<void> {
  if (!(error instanceof BotApiError)) throw error
  const verdict = verdictOn(error)
  switch (verdict.kind) {
    case 'sent':
      return markCodePost(app.db, post)
    case 'wait':
      return putOffCodePost(app.db, post, verdict.seconds)
    case 'again':
      app.log.warn({ err: error, batchId: post.batchId }, 'message about codes not sent')
      return putOffCodePost(app.db, post, REST_SECONDS)
    case 'gone':
    case 'unreachable':
    case 'moved':
    case 'refused':
      app.log.info({ err: error, batchId: post.batchId }, 'message about codes is gone')
      return endCodePost(app.db, post)
  }
}

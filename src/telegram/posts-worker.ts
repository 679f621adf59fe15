import type { AppContext } from '../context.ts'
import {
  leaseStalePosts,
  markGone,
  markShown,
  putOffPost,
  type StalePost,
} from '../store/share-posts.ts'
import { showShare } from '../usecases/show-share.ts'
import { startWorker, type Worker } from '../worker.ts'
import { BotApiError } from './call.ts'
import { drawShare, isOpen } from './draw/share.ts'
import { editCall } from './message.ts'
import type { Call } from './outbox-worker.ts'
import type { Pace } from './pace.ts'
import { textsIn } from './texts.ts'
import { verdictOn } from './verdict.ts'

export type PostsParts = {
  /** Throws a BotApiError. */
  send: (call: Call) => Promise<unknown>
  pace: Pace
}

const MOST_AT_ONCE = 20
const LEASE_SECONDS = 30
/** How long a post rests after an edit that failed. */
const REST_SECONDS = 30

/**
 * Keeps the posts of shares up to date: how much is left, or that it is over. A post is edited at most
 * every five seconds; what changes meanwhile is shown together, and the last state always. Nothing
 * wakes this worker: claims come by the thousand, and a look a second is soon enough.
 */
export function startPosts(
  app: AppContext,
  parts: PostsParts,
  options = { everySeconds: 5, pollMs: 1_000 },
): Worker {
  const { everySeconds, pollMs } = options
  return startWorker({
    take: (limit) => leaseStalePosts(app.db, { limit, everySeconds, leaseSeconds: LEASE_SECONDS }),
    run: (post) => refresh(app, parts, post),
    most: MOST_AT_ONCE,
    least: MOST_AT_ONCE / 2,
    pollMs,
    onFault: (error) => app.log.warn({ err: error }, 'posts are out of order'),
  })
}

async function refresh(
  app: AppContext,
  { send, pace }: PostsParts,
  post: StalePost,
): Promise<void> {
  const { merchantId, shareId, postId, language } = post
  const shown = await showShare(app, { merchantId, shareId })
  if (!shown) return markGone(app.db, post)
  const { share, links } = shown
  try {
    const message = drawShare(textsIn(language), share, links)
    await pace(undefined, () => send(editCall({ inline_message_id: postId }, message)))
  } catch (error) {
    return settle(app, post, error)
  }
  await markShown(app.db, { ...post, isOver: !isOpen(share) })
}

async function settle(app: AppContext, post: StalePost, error: unknown): Promise<void> {
  if (!(error instanceof BotApiError)) throw error
  const verdict = verdictOn(error)
  switch (verdict.kind) {
    case 'sent':
      return markShown(app.db, { ...post, isOver: !isOpen(post) })
    case 'wait':
      return putOffPost(app.db, post, verdict.seconds)
    case 'gone':
    case 'unreachable':
    case 'refused':
      app.log.info({ err: error, shareId: post.shareId }, 'post is gone')
      return markGone(app.db, post)
    case 'again':
    case 'moved':
      app.log.warn({ err: error, shareId: post.shareId }, 'post not edited')
      return putOffPost(app.db, post, REST_SECONDS)
  }
}

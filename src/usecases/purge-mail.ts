import type { AppContext } from '../context.ts'
import { purgeInbox } from '../store/inbox.ts'
import { purgeOutbox } from '../store/outbox.ts'
import { purgePosts } from '../store/share-posts.ts'

/**
 * Forgets updates after a week, since their ids restart by then, messages a month after they were sent,
 * and where shares were posted a day after they are over.
 */
export async function purgeMail(app: AppContext): Promise<number> {
  return (await purgeInbox(app.db)) + (await purgeOutbox(app.db)) + (await purgePosts(app.db))
}

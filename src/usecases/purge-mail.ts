import type { AppContext } from '../context.ts'
import { purgeInbox } from '../store/inbox.ts'
import { purgeOutbox } from '../store/outbox.ts'

/** Forgets updates after a week, since their ids restart by then, and messages a month after they were sent. */
export async function purgeMail(app: AppContext): Promise<number> {
  return (await purgeInbox(app.db)) + (await purgeOutbox(app.db))
}

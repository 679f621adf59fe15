import type { AppContext } from '../context.ts'
import { addMessages, type Message as StoredMessage } from '../store/outbox.ts'

export type { StoredMessage }

/** Keeps messages to be sent, each id once, and wakes the worker that sends them. */
export async function sendMessages(
  app: AppContext,
  messages: readonly StoredMessage[],
): Promise<void> {
  if (messages.length === 0) return
  await addMessages(app.db, messages)
  app.wakeOutbox()
}

import type { AppContext } from '../context.ts'
import { AppError } from '../errors.ts'
import { addUpdate } from '../store/inbox.ts'

/**
 * Keeps what Telegram delivered, once, and wakes the worker that handles it. Only when this has
 * answered may the delivery be acknowledged.
 */
export async function receiveUpdate(
  app: AppContext,
  { botId, update }: { botId: number; update: Record<string, unknown> },
): Promise<'new' | 'known'> {
  const updateId = update['update_id']
  if (typeof updateId !== 'number' || !Number.isSafeInteger(updateId)) {
    throw new AppError('ERR_REQUEST_INVALID', 'An update has a whole number as its update_id.')
  }
  const isNew = await addUpdate(app.db, botId, {
    updateId,
    queue: queueOf(update),
    payload: storable(update),
  })
  if (isNew) app.wakeInbox()
  return isNew ? 'new' : 'known'
}

/**
 * What must be handled in order: the messages of one chat, and what one person presses, asks and
 * chooses. Telegram queues its deliveries by the same keys.
 */
function queueOf(update: Record<string, unknown>): string {
  for (const [kind, content] of Object.entries(update)) {
    const chatId = idIn(content, 'chat')
    if (chatId !== undefined) return `chat:${chatId}`
    const personId = idIn(content, 'from')
    if (personId !== undefined) return `person:${personId}`
    if (kind !== 'update_id') return kind
  }
  return 'unknown'
}

function idIn(content: unknown, place: 'chat' | 'from'): number | undefined {
  const { id } = objectIn(objectIn(content)[place])
  return typeof id === 'number' ? id : undefined
}

function objectIn(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** PostgreSQL keeps neither NUL nor half a character in JSON, and what it refuses would come again all day. */
function storable(update: Record<string, unknown>): string {
  return JSON.stringify(update, (_, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value,
  )
}

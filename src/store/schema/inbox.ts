import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

import { byClock, instant, whole } from './columns.ts'

/** Updates as Telegram sent them, each once; `queue` is the chat or person whose order they keep. */
export const inbox = pgTable(
  'inbox',
  {
    botId: whole('bot_id').notNull(),
    updateId: whole('update_id').notNull(),
    queue: text().notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    receivedAt: instant('received_at').notNull().default(byClock),
    attempts: integer().notNull().default(0),
    leasedUntil: instant('leased_until'),
    doneAt: instant('done_at'),
    gaveUpAt: instant('gave_up_at'),
    lastError: text('last_error'),
  },
  (table) => [primaryKey({ columns: [table.botId, table.updateId] })],
)

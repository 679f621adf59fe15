import { readConfig } from '../../src/config.ts'
import type { AppContext } from '../../src/context.ts'
import { createLog } from '../../src/log.ts'
import { createClaimMemory } from '../../src/recent.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { createTogether } from '../../src/together.ts'
import { createTokens } from '../../src/tokens/tokens.ts'

export const BOT_TOKEN = '4200000001:TEST-TOKEN-OF-A-BOT-THAT-IS-NOT-THERE'

export type ProveAppOptions = {
  url: string
  keys: string
  /** How far the program's clock is off. */
  clockOffMs?: number
  /** How long a statement may take. */
  deadlineMs?: number
  connections?: number
  /** Puts something between the program and its database. */
  wrap?: (db: Database) => Database
}

/** The product's own context on a database; every process of it shares the keys. */
export function openProveApp(options: ProveAppOptions): AppContext {
  const { url, keys, clockOffMs = 0, wrap = (db) => db, ...database } = options
  const now = () => new Date(Date.now() + clockOffMs)
  return {
    config: readConfig({ LOG_LEVEL: 'silent', PORT: '3000' }),
    log: createLog('silent'),
    db: wrap(openDatabase(url, database)),
    tokens: createTokens(keys, now),
    bot: { id: 4200000001, username: 'passalong_bot', token: BOT_TOKEN, appName: 'app' },
    together: createTogether(),
    ...createClaimMemory(),
    now,
    draw: Math.random,
    wakeOutbox: () => undefined,
    wakeInbox: () => undefined,
    wakeWork: () => undefined,
  }
}

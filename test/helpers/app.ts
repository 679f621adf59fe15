import { readConfig } from '../../src/config.ts'
import type { AppContext } from '../../src/context.ts'
import { createLog } from '../../src/log.ts'
import { createClaimMemory } from '../../src/recent.ts'
import { openDatabase } from '../../src/store/database.ts'
import { createTogether } from '../../src/together.ts'
import { newKey } from '../../src/tokens/key-ring.ts'
import { createTokens } from '../../src/tokens/tokens.ts'
import { testDatabase } from './database.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
export const BOT_TOKEN = '4200000001:TEST-TOKEN-OF-A-BOT-THAT-IS-NOT-THERE'

/** The program on a database of its own, its clock stopped and its chance fixed. */
export async function testApp(
  overrides: Partial<AppContext> = {},
): Promise<AppContext & AsyncDisposable> {
  const database = await testDatabase()
  const db = openDatabase(database.url)
  const now = overrides.now ?? (() => NOW)
  return {
    config: readConfig({ LOG_LEVEL: 'silent', PORT: '3000' }),
    log: createLog('silent'),
    db,
    tokens: createTokens(newKey('test'), now),
    bot: { id: 4200000001, username: 'passalong_bot', token: BOT_TOKEN, appName: 'app' },
    together: createTogether(),
    ...createClaimMemory(),
    draw: () => 0,
    wakeOutbox: () => undefined,
    wakeInbox: () => undefined,
    wakeWork: () => undefined,
    ...overrides,
    now,
    [Symbol.asyncDispose]: async () => {
      await db.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** Other processes on the same database: nothing waits for anything but in the database. */
export function otherProcesses(app: AppContext, count: number): AppContext[] {
  return Array.from({ length: count }, () => ({ ...app, together: createTogether() }))
}

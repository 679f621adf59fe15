import { join } from 'node:path'
import type { Logger } from 'pino'

import type { Config } from './config.ts'
import type { AppContext, Bot } from './context.ts'
import { createClaimMemory } from './recent.ts'
import { readSecrets } from './secrets.ts'
import { openDatabase } from './store/database.ts'
import { createDatabase } from './store/embedded/create-database.ts'
import { startEmbedded } from './store/embedded/start-embedded.ts'
import { migrate } from './store/migrate.ts'
import { createTogether } from './together.ts'
import { createTokens } from './tokens/tokens.ts'

export type OpenedApp = {
  app: AppContext
  /** For whoever needs a connection of their own: migrations, jobs. */
  directUrl: string
  close: () => Promise<void>
}

/**
 * Brings up what every process needs: the database (embedded where none is named), its migrations, the
 * keys. Close it when done; the last process that leaves an embedded database stops it.
 */
export async function openApp(config: Config, log: Logger, bot: Bot): Promise<OpenedApp> {
  const database = await findDatabase(config, log)
  try {
    const applied = await migrate(database.directUrl)
    if (applied.length > 0) log.info({ applied }, 'migrations applied')
    const db = openDatabase(database.url, { prepare: config.DATABASE_DIRECT_URL === undefined })
    const now = () => new Date()
    const app: AppContext = {
      config,
      log,
      db,
      tokens: createTokens(readSecrets(config).tokenKeys, now),
      bot,
      together: createTogether(),
      ...createClaimMemory(),
      now,
      draw: Math.random,
      wakeOutbox: () => undefined,
      wakeInbox: () => undefined,
      wakeWork: () => undefined,
    }
    const close = async () => {
      await db.close()
      await database.stop()
    }
    return { app, directUrl: database.directUrl, close }
  } catch (error) {
    await database.stop()
    throw error
  }
}

async function findDatabase(
  config: Config,
  log: Logger,
): Promise<{ url: string; directUrl: string; stop(): Promise<void> }> {
  if (config.DATABASE_URL) {
    const url = config.DATABASE_URL
    return { url, directUrl: config.DATABASE_DIRECT_URL ?? url, stop: async () => undefined }
  }
  const embedded = await startEmbedded({
    dir: join(config.DATA_DIR, 'postgres'),
    log: (message) => log.info({ detail: message }, 'embedded database'),
  })
  const url = await createDatabase(embedded.url, 'passalong')
  return { url, directUrl: url, stop: () => embedded.stop() }
}

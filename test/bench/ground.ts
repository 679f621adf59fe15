import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'

import { readConfig } from '../../src/config.ts'
import type { AppContext } from '../../src/context.ts'
import { createLog } from '../../src/log.ts'
import { openApp } from '../../src/open-app.ts'
import { createDatabase } from '../../src/store/embedded/create-database.ts'
import { startEmbedded } from '../../src/store/embedded/start-embedded.ts'
import { newKey } from '../../src/tokens/key-ring.ts'

const BOT_TOKEN = '4200000001:BENCH-TOKEN-OF-A-BOT-THAT-IS-NOT-THERE'

/** What a bench stands on: a database, the product opened on it to prepare with, everybody's sessions. */
export type Ground = {
  /** Settings of the product's processes: those of production behind a proxy. */
  environment: Record<string, string>
  app: AppContext
  /** A connection of the bench's own. */
  sql: postgres.Sql
  /** PostgreSQL's first process; null where the server is not ours. */
  postmaster: number | null
  /** A file with the sessions of people 0 … n-1, a line each. */
  sessionsFile: string
  people: number
}

export type GroundOptions = {
  people: number
  /** A database that is there already; by default an embedded server of its own, as safe as in production. */
  databaseUrl?: string
  /** Settings of the embedded server, `name=value`. */
  settings?: readonly string[]
}

/** Lays the ground; all of it is gone afterwards. */
export async function layGround(options: GroundOptions): Promise<Ground & AsyncDisposable> {
  await using undo = new AsyncDisposableStack()
  const dir = await mkdtemp(join(tmpdir(), 'passalong-bench-'))
  await chmod(dir, 0o755)
  undo.defer(() => rm(dir, { recursive: true, force: true }))
  const database = options.databaseUrl
    ? { url: options.databaseUrl, postmaster: null }
    : await startDatabase(dir, options.settings ?? [], undo)

  const environment = {
    DATABASE_URL: database.url,
    TOKEN_KEYS: newKey('bench'),
    BOT_TOKEN,
    BOT_USERNAME: 'bench_bot',
    TRUST_PROXY: '127.0.0.1',
    LOG_LEVEL: 'info',
  }
  const bot = { id: 4200000001, username: 'bench_bot', token: BOT_TOKEN }
  const { app, close } = await openApp(readConfig(environment), createLog('silent'), bot)
  undo.defer(close)
  const sql = postgres(database.url, { max: 1, onnotice: () => undefined })
  undo.defer(() => sql.end())
  const sessionsFile = join(dir, 'sessions')
  await writeFile(sessionsFile, sessionsOf(app, options.people))

  const ground = { environment, app, sql, sessionsFile, people: options.people }
  const laid = undo.move()
  return {
    ...ground,
    postmaster: database.postmaster,
    [Symbol.asyncDispose]: () => laid.disposeAsync(),
  }
}

/** Person i of the bench. */
function personId(i: number): string {
  return `telegram:${FIRST_PERSON + i}`
}
/** Person 0; real ones have numbers of seven digits and more. */
export const FIRST_PERSON = 1_000_000

async function startDatabase(dir: string, settings: readonly string[], undo: AsyncDisposableStack) {
  const server = await startEmbedded({
    dir: join(dir, 'postgres'),
    initdbOptions: ['-N'],
    serverOptions: ['shared_preload_libraries=pg_stat_statements', ...settings].flatMap(
      (setting) => ['-c', setting],
    ),
  })
  undo.defer(() => server.stop())
  const url = await createDatabase(server.url, 'passalong')
  const sql = postgres(url, { max: 1 })
  await sql`create extension pg_stat_statements`
  await sql.end()
  const pidFile = await readFile(join(server.dir, 'cluster', 'postmaster.pid'), 'utf8')
  return { url, postmaster: Number(pidFile.split('\n')[0]) }
}

/** Sessions made beforehand, as people have them who opened the Mini App. */
function sessionsOf(app: AppContext, people: number): string {
  const signedAt = app.now()
  const sessions = Array.from({ length: people }, (_, i) =>
    app.tokens.sealSession({ personId: personId(i), signedAt }),
  )
  return sessions.join('\n')
}

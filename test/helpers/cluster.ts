import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { createDatabase } from '../../src/store/embedded/create-database.ts'
import { startEmbedded } from '../../src/store/embedded/start-embedded.ts'
import { migrate } from '../../src/store/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server where tests may create databases, and the migrated database that they copy. */
    cluster: { adminUrl: string; template: string }
  }
}

const PREFIX = 'passalong-test-'
const HOUR_MS = 3_600_000

/**
 * One PostgreSQL for the whole run: TEST_DATABASE_URL, or an embedded one that forgets everything.
 * Its template database is migrated once, and copied by `testDatabase()`.
 */
export default async function setUpCluster(project: TestProject): Promise<() => Promise<void>> {
  await using undo = new AsyncDisposableStack()
  const adminUrl = process.env['TEST_DATABASE_URL'] ?? (await startCluster(undo))
  const template = `passalong_template_${randomBytes(4).toString('hex')}`
  undo.defer(() => dropTemplate(adminUrl, template))
  await makeTemplate(adminUrl, template)
  project.provide('cluster', { adminUrl, template })

  const tearDown = undo.move()
  return () => tearDown.disposeAsync()
}

async function startCluster(undo: AsyncDisposableStack): Promise<string> {
  await sweep()
  const dir = await mkdtemp(join(tmpdir(), PREFIX))
  undo.defer(() => rm(dir, { recursive: true, force: true }))
  const server = await startEmbedded({
    dir,
    initdbOptions: ['-N'],
    serverOptions: ['-c', 'fsync=off', '-c', 'max_connections=200'],
  })
  undo.defer(() => server.stop())
  return server.url
}

/** Ends what killed runs left behind, as far as it is ours. No run takes an hour. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (name.startsWith(PREFIX)) await endLeftover(join(tmpdir(), name)).catch(() => {})
  }
}

async function endLeftover(dir: string): Promise<void> {
  if (Date.now() - (await stat(dir)).ctimeMs < HOUR_MS) return
  const server = await startEmbedded({ dir, initdbOptions: ['-N'] })
  await server.stop()
  if (server.owner) await rm(dir, { recursive: true, force: true })
}

/** Nobody may connect to the template: it can only be copied while nobody is in it. */
async function makeTemplate(adminUrl: string, name: string): Promise<void> {
  await migrate(await createDatabase(adminUrl, name))
  await asAdmin(adminUrl, (sql) => sql`alter database ${sql(name)} with allow_connections false`)
}

async function dropTemplate(adminUrl: string, name: string): Promise<void> {
  await asAdmin(adminUrl, (sql) => sql`drop database if exists ${sql(name)} with (force)`)
}

async function asAdmin(adminUrl: string, work: (sql: postgres.Sql) => Promise<unknown>) {
  const sql = postgres(adminUrl, { max: 1, prepare: false })
  try {
    await work(sql)
  } finally {
    await sql.end()
  }
}

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
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

/**
 * One PostgreSQL for the whole run: TEST_DATABASE_URL, or an embedded one that forgets everything.
 * Its template database is migrated once, and copied by `testDatabase()`.
 */
export default async function setUpCluster(project: TestProject): Promise<() => Promise<void>> {
  const server = await testServer()
  const template = `passalong_template_${randomBytes(4).toString('hex')}`
  await makeTemplate(server.url, template)
  project.provide('cluster', { adminUrl: server.url, template })

  return async () => {
    await dropTemplate(server.url, template)
    await server.stop()
  }
}

async function testServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return { url: given, stop: async () => {} }
  const dir = await mkdtemp(join(tmpdir(), 'passalong-test-'))
  const server = await startEmbedded({
    dir,
    initdbOptions: ['-N'],
    serverOptions: ['-c', 'fsync=off', '-c', 'max_connections=200'],
  })
  return {
    url: server.url,
    stop: async () => {
      await server.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Nobody may connect to the template: it can only be copied while nobody is in it. */
async function makeTemplate(adminUrl: string, name: string): Promise<void> {
  await migrate(await createDatabase(adminUrl, name))
  await asAdmin(adminUrl, (sql) => sql`alter database ${sql(name)} with allow_connections false`)
}

async function dropTemplate(adminUrl: string, name: string): Promise<void> {
  await asAdmin(adminUrl, (sql) => sql`drop database ${sql(name)} with (force)`)
}

async function asAdmin(adminUrl: string, work: (sql: postgres.Sql) => Promise<unknown>) {
  const sql = postgres(adminUrl, { max: 1, prepare: false })
  try {
    await work(sql)
  } finally {
    await sql.end()
  }
}

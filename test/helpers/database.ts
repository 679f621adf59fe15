import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { databaseUrl } from '../../src/store/embedded/create-database.ts'

export interface TestDatabase extends AsyncDisposable {
  url: string
}

/** A database of one's own, with all migrations applied and no rows; gone when disposed of. */
export async function testDatabase(): Promise<TestDatabase> {
  const { adminUrl, template } = inject('cluster')
  const name = `passalong_test_${randomBytes(6).toString('hex')}`
  await asAdmin(adminUrl, (sql) => sql`create database ${sql(name)} template ${sql(template)}`)
  return {
    url: databaseUrl(adminUrl, name),
    [Symbol.asyncDispose]: () =>
      asAdmin(adminUrl, (sql) => sql`drop database if exists ${sql(name)} with (force)`),
  }
}

async function asAdmin(adminUrl: string, work: (sql: postgres.Sql) => Promise<unknown>) {
  const sql = postgres(adminUrl, { max: 1, prepare: false, onnotice: () => {} })
  try {
    await work(sql)
  } finally {
    await sql.end()
  }
}

/** The way to the database of an app, for what opens connections of its own. */
export async function urlOf({ db }: Pick<AppContext, 'db'>): Promise<string> {
  const [row] = await db.run(
    ({ sql }) => sql<{ name: string }[]>`select current_database() as name`,
  )
  return databaseUrl(inject('cluster').adminUrl, row?.name ?? '')
}

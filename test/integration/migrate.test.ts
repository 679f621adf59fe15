import postgres from 'postgres'
import { expect, test } from 'vitest'
import { testDatabase } from '../helpers/database.ts'

test('each test has a migrated database of its own', async () => {
  await using database = await testDatabase()
  const sql = postgres(database.url, { max: 1 })
  const rows = await sql`select name from migrations order by name`
  await sql.end()
  expect(rows[0]?.['name']).toBe('0001-tables')
})

import type { AppContext } from '../../src/context.ts'

/** Every row of every table, `table: row as text`, the job queue's included. */
export async function dump(app: AppContext): Promise<string[]> {
  const tables = await app.db.run(
    ({ sql }) => sql<{ schema: string; name: string }[]>`
      select table_schema as schema, table_name as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
      order by 1, 2`,
  )
  const lines: string[] = []
  for (const { schema, name } of tables) {
    const rows = await app.db.run(
      ({ sql }) => sql<{ row: string }[]>`select t::text as row from ${sql(schema)}.${sql(name)} t`,
    )
    lines.push(...rows.map(({ row }) => `${name}: ${row}`))
  }
  return lines
}

/** The lines in which one of the words stands, as a word of its own where it is a number. */
export function linesWith(lines: readonly string[], words: readonly string[]): string[] {
  const pattern = new RegExp(
    words.map((word) => (/^\d+$/.test(word) ? `(?<!\\d)${word}(?!\\d)` : word)).join('|'),
    'i',
  )
  return lines.filter((line) => pattern.test(line))
}

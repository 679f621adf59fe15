import type { AppContext } from '../../src/context.ts'

/** Every table that has rows of merchants. */
async function tenantTables(app: AppContext): Promise<string[]> {
  const rows = await app.db.run(
    ({ sql }) => sql<{ tableName: string }[]>`
      select c.table_name from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and c.column_name = 'merchant_id' and t.table_type = 'BASE TABLE'
      order by c.table_name`,
  )
  return rows.map(({ tableName }) => tableName)
}

/** What a merchant has, table by table: a digest that changes with any row. */
export async function digestsOf(
  app: AppContext,
): Promise<(merchantId: string) => Promise<Record<string, string>>> {
  const tables = await tenantTables(app)
  const columns = tables.map(
    (table) =>
      `(select md5(coalesce(string_agg(x::text, '|' order by x::text), '')) from "${table}" x where x.merchant_id = $1) as "${table}"`,
  )
  return async (merchantId) => {
    const [digests] = await app.db.run(({ sql }) =>
      sql.unsafe<Record<string, string>[]>(`select ${columns.join(', ')}`, [merchantId]),
    )
    return { ...digests }
  }
}

import postgres from 'postgres'

const DUPLICATE_DATABASE = '42P04'
const UNIQUE_VIOLATION = '23505'

/** Creates a database where there is none of this name yet, and returns its URL. */
export async function createDatabase(adminUrl: string, name: string): Promise<string> {
  const sql = postgres(adminUrl, { max: 1, prepare: false, fetch_types: false })
  try {
    await sql`create database ${sql(name)}`
  } catch (error) {
    if (!isThereAlready(error)) throw error
  } finally {
    await sql.end()
  }
  return databaseUrl(adminUrl, name)
}

/** The URL of another database on the same server. */
export function databaseUrl(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${encodeURIComponent(name)}`
  return other.href
}

/** Of two that create it at once, one is told that the name in the catalogue is taken. */
function isThereAlready(error: unknown): boolean {
  const code = error instanceof postgres.PostgresError ? error.code : undefined
  return code === DUPLICATE_DATABASE || code === UNIQUE_VIOLATION
}

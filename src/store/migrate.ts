import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'

export interface MigrateOptions {
  directory?: string
  log?: (message: string) => void
}

const REPOSITORY_MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url))

/** Any number does, as long as it is the same in every process that migrates. */
const ADVISORY_LOCK = 7_206_011_803

/** How long to wait for another process that migrates, and for a table that others are using. */
const TURN_TIMEOUT = '10min'
const TABLE_TIMEOUT = '10s'

/**
 * Brings a database up to date: runs every `NNNN-name.sql` that it has not seen, in order, each in
 * one transaction together with the record of its name. Returns the names applied.
 *
 * Each transaction takes the lock first and then looks whether somebody else has applied this one
 * meanwhile, so any number of processes may migrate at once and none relies on its session.
 *
 * Throws before anything is run when the files are not numbered 0001, 0002, … without gap or
 * double, or when the database has seen other files than these.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const { directory = REPOSITORY_MIGRATIONS, log = () => {} } = options
  const names = await migrationsIn(directory)
  const sql = postgres(url, { max: 1, prepare: false, fetch_types: false, onnotice: () => {} })
  try {
    const seen = await namesSeen(sql)
    refuseStrangers(seen, names)
    const applied: string[] = []
    for (const name of names.slice(seen.length)) {
      const text = await readFile(join(directory, `${name}.sql`), 'utf8')
      if (!(await applyOnce(sql, name, text))) continue
      log(`Applied ${name}.`)
      applied.push(name)
    }
    return applied
  } finally {
    await sql.end()
  }
}

/** The names of all migrations, without `.sql`, in order. */
async function migrationsIn(directory: string): Promise<string[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort()
  for (const [index, file] of files.entries()) {
    const number = String(index + 1).padStart(4, '0')
    if (/^\d{4}-[a-z0-9-]+\.sql$/.test(file) && file.startsWith(`${number}-`)) continue
    throw new Error(`${file} in ${directory} must be called ${number}-name.sql: no gap, no double.`)
  }
  return files.map((file) => file.slice(0, -'.sql'.length))
}

async function namesSeen(sql: postgres.Sql): Promise<string[]> {
  const [found] = await sql`select to_regclass('migrations') is not null as recorded`
  if (!found?.['recorded']) await inTurn(sql, createRecord)
  const rows = await sql<{ name: string }[]>`select name from migrations order by name collate "C"`
  return rows.map((row) => row.name)
}

async function createRecord(turn: postgres.TransactionSql): Promise<void> {
  await turn`create table if not exists migrations (
    name text primary key,
    applied_at timestamptz not null default clock_timestamp()
  )`
}

/** What the database has seen must be the first of our files, or it is not a database of ours. */
function refuseStrangers(seen: readonly string[], names: readonly string[]): void {
  const index = seen.findIndex((name, at) => name !== names[at])
  if (index === -1) return
  throw new Error(
    `The database has applied ${seen[index]}, but here the next migration is ` +
      `${names[index] ?? 'none'}. It was migrated by another version of this program.`,
  )
}

async function applyOnce(sql: postgres.Sql, name: string, text: string): Promise<boolean> {
  try {
    return await inTurn(sql, async (turn) => {
      const [seen] = await turn`select 1 from migrations where name = ${name}`
      if (seen) return false
      await turn.unsafe(text)
      await turn`insert into migrations (name) values (${name})`
      return true
    })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`The migration ${name} failed and left no trace: ${reason}`, { cause })
  }
}

/** Runs a transaction that no other migrating process runs at the same time. */
async function inTurn<T>(sql: postgres.Sql, work: (turn: postgres.TransactionSql) => Promise<T>) {
  return sql.begin(async (turn) => {
    await turn.unsafe(`set local statement_timeout = 0; set local lock_timeout = '${TURN_TIMEOUT}'`)
    await turn`select pg_advisory_xact_lock(${ADVISORY_LOCK})`
    await turn.unsafe(`set local lock_timeout = '${TABLE_TIMEOUT}'`)
    return work(turn)
  })
}

import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres, { type Sql } from 'postgres'

import { createDatabase, databaseUrl } from '../../src/store/embedded/create-database.ts'
import { type Embedded, startEmbedded } from '../../src/store/embedded/start-embedded.ts'
import { migrate } from '../../src/store/migrate.ts'
import { type Line, openProxy } from './proxy.ts'

/** The PostgreSQL that is to be broken, and a line to it that never is. */
export type Ground = AsyncDisposable & {
  /** The superuser, on a line that finds the server again after each restart. */
  adminUrl: string
  port: () => number
  /**
   * A migrated and empty database, by its URL on the line that is never broken.
   *
   * @param directory where its files are kept; left out, with those of all others
   */
  freshDatabase(directory?: string): Promise<string>
  /** Forgets a database, and the directory that it may have had of its own. */
  dropDatabase(url: string): Promise<void>
  /** Whose the server's files are. */
  serverUser(): Promise<{ uid: number; gid: number }>
  /** Stops the server as a power cut would, without its leave, and starts it again. */
  crash(): Promise<void>
  /** Kills backends as the kernel would that runs out of memory; the server ends all others too. */
  killBackend(database: string): Promise<void>
  /** Ends all sessions of a database. Answers how many. */
  terminateBackends(database: string): Promise<number>
}

/**
 * @param options of the server, beside those that every run has
 */
export async function openGround(options: readonly string[] = []): Promise<Ground> {
  await using undo = new AsyncDisposableStack()
  const dir = await mkdtemp(join(tmpdir(), 'passalong-prove-'))
  // started by root, the database server runs as somebody else, who must get in
  await chmod(dir, 0o755)
  undo.defer(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }))
  const start = () =>
    startEmbedded({
      dir,
      initdbOptions: ['-N'],
      serverOptions: ['-c', 'max_connections=200', ...options],
    })
  const servers: Embedded[] = [await start()]
  undo.defer(async () => {
    for (const server of servers) await server.stop()
  })
  const port = () => Number(new URL(servers.at(-1)!.url).port)
  const line = undo.use(await openProxy(port))
  const adminUrl = urlThrough(line, servers[0]!.url)
  const template = await makeTemplate(adminUrl)

  const kept = undo.move()
  return {
    adminUrl,
    port,
    serverUser: () => stat(join(servers[0]!.dir, 'cluster')),
    freshDatabase: async (directory) => {
      const name = `prove_${randomBytes(5).toString('hex')}`
      await withAdmin(adminUrl, async (sql) => {
        if (directory) await sql.unsafe(`create tablespace ${name} location '${directory}'`)
        const place = directory ? sql`tablespace ${sql(name)}` : sql``
        await sql`create database ${sql(name)} template ${sql(template)} ${place}`
      })
      return databaseUrl(adminUrl, name)
    },
    dropDatabase: (url) =>
      withAdmin(adminUrl, async (sql) => {
        await sql`drop database if exists ${sql(nameOf(url))} with (force)`
        await sql`drop tablespace if exists ${sql(nameOf(url))}`
      }),
    crash: async () => {
      const pid = await pidOf(servers.at(-1)!)
      process.kill(pid, 'SIGQUIT')
      while (isAlive(pid)) await sleep(5)
      servers.push(await start())
    },
    killBackend: async (database) => {
      const [backend] = await withAdmin(
        adminUrl,
        (sql) => sql<{ pid: number }[]>`
          select pid from pg_stat_activity where datname = ${database} and pid <> pg_backend_pid()
          order by state = 'active' desc limit 1`,
      )
      if (backend) process.kill(backend.pid, 'SIGKILL')
    },
    terminateBackends: async (database) => {
      const ended = await withAdmin(
        adminUrl,
        (sql) => sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = ${database} and pid <> pg_backend_pid()`,
      )
      return ended.length
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

/** The same database at the other end of a proxy. */
export function urlThrough({ port }: Pick<Line, 'port'>, url: string): string {
  const through = new URL(url)
  through.port = String(port)
  return through.href
}

export function nameOf(url: string): string {
  return new URL(url).pathname.slice(1)
}

/** Runs statements of the superuser on one connection that is closed again. */
export async function withAdmin<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, prepare: false, fetch_types: false, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 2 })
  }
}

async function makeTemplate(adminUrl: string): Promise<string> {
  const name = 'prove_template'
  await migrate(await createDatabase(adminUrl, name))
  return name
}

async function pidOf({ dir }: Embedded): Promise<number> {
  const [first] = (await readFile(join(dir, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')
  const pid = Number(first)
  // a signal to 0 would be one to ourselves
  if (!(pid > 1)) throw new Error('The server has no process.')
  return pid
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

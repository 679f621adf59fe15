import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

export interface FileLock extends Disposable {
  readonly held: boolean
}

const SQLITE_BUSY = 5
const PATIENCE_MS = 180_000

/** Waits for a lock, at most three minutes. */
export async function takeLock(
  path: string,
  kind: 'shared' | 'exclusive' = 'exclusive',
): Promise<FileLock> {
  const end = Date.now() + PATIENCE_MS
  while (Date.now() < end) {
    const lock = tryLock(path, kind)
    if (lock) return lock
    await sleep(50)
  }
  throw new Error(`Another process has held ${path} for three minutes. End it, or wait for it.`)
}

/**
 * Takes a lock on a file, or returns undefined when that is not possible now.
 *
 * Node has no file locks, but SQLite has, on every system: this is an empty database in a
 * transaction that never ends. The kernel gives the lock back when the process dies, so there is
 * no dead holder to recognise and no process id that could be another's by now.
 */
export function tryLock(path: string, kind: 'shared' | 'exclusive'): FileLock | undefined {
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    database.exec(kind === 'shared' ? 'begin; select * from sqlite_schema' : 'begin exclusive')
  } catch (error) {
    database.close()
    if (isBusy(error)) return undefined
    throw error
  }
  return {
    get held() {
      return database.isOpen
    },
    [Symbol.dispose]: () => database.isOpen && database.close(),
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY
}

import { randomBytes } from 'node:crypto'
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import type { Home } from './home.ts'
import { run } from './run.ts'

const UNFINISHED = 'cluster.unfinished-'

/**
 * Makes the data directory at the first start, and returns the superuser's password.
 *
 * initdb works in a sibling that gets its name when all is done: a directory that a killed initdb
 * left half-made never counts, and is swept at the next start.
 */
export async function ensureCluster(
  home: Home,
  binaries: Binaries,
  initdbOptions: readonly string[],
  log: (message: string) => void,
): Promise<string> {
  await sweep(home)
  const version = await readFile(join(home.cluster, 'PG_VERSION'), 'utf8').catch(unlessMissing)
  if (version === undefined) {
    log(`Making a database in ${home.dir}.`)
    await makeCluster(home, binaries, initdbOptions)
  } else if (version.trim() !== binaries.major) {
    throw new Error(otherMajor(home, version.trim(), binaries.major))
  }
  return readFile(home.passwordFile, 'utf8')
}

async function makeCluster(home: Home, binaries: Binaries, options: readonly string[]) {
  const unfinished = join(home.dir, UNFINISHED + randomBytes(6).toString('hex'))
  await mkdir(unfinished, { mode: 0o700 })
  await writeFile(home.passwordFile, randomBytes(18).toString('base64url'), { mode: 0o600 })
  if (home.user) {
    await chown(unfinished, home.user.uid, home.user.gid)
    await chown(home.passwordFile, home.user.uid, home.user.gid)
  }
  const args = ['-D', unfinished, '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-instructions']
  const login = ['-A', 'scram-sha-256', `--pwfile=${home.passwordFile}`]
  const { code, output } = await run(binaries.initdb, [...args, ...login, ...options], home.user)
  if (code !== 0) throw new Error(`initdb could not make a database in ${home.dir}: ${output}`)
  await rename(unfinished, home.cluster)
}

/** An orphaned initdb may still be writing there: what cannot be removed now goes next time. */
async function sweep(home: Home): Promise<void> {
  for (const name of await readdir(home.dir)) {
    if (!name.startsWith(UNFINISHED)) continue
    await rm(join(home.dir, name), { recursive: true, force: true, maxRetries: 2 }).catch(() => {})
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

function otherMajor(home: Home, found: string, brought: string): string {
  return (
    `The data in ${home.dir} are of PostgreSQL ${found}, this version brings PostgreSQL ${brought}. ` +
    `Serve them with PostgreSQL ${found} and set DATABASE_URL, or choose another DATA_DIR.`
  )
}

import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { access, chmod, constants, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { run } from './run.ts'
import { type SystemUser, userFor } from './system-user.ts'

/** The directory of one embedded server, and whose it is. */
export interface Home {
  dir: string
  user: SystemUser | undefined
  cluster: string
  passwordFile: string
  startingLock: string
  inUseLock: string
}

const ELSEWHERE = '/var/lib/passalong'

/**
 * Finds the place for the data and makes it.
 *
 * Root hands the server to another user, who may be unable to enter the directory asked for (root's
 * own home has mode 700). New data then go to `elsewhere`, under a name made from the path, so that
 * each checkout keeps its own. Data that exist are never left behind: wherever they are, they are
 * used, or the start fails.
 */
export async function openHome(
  wanted: string,
  log: (message: string) => void,
  elsewhere: string = ELSEWHERE,
): Promise<Home> {
  const home = await homeAt(wanted)
  if (!home.user) return home
  const substitute = join(elsewhere, nameFor(wanted))
  const moved = !existsSync(home.cluster) && existsSync(join(substitute, 'cluster'))
  if (!moved && (await mayEnter(home.dir, home.user))) return home
  if (existsSync(home.cluster)) throw new Error(closedTo(home.user, wanted))

  log(`The user ${home.user.name} cannot enter ${wanted}: the data are kept in ${substitute}.`)
  const other = await homeAt(substitute)
  if (other.user && !(await mayEnter(substitute, other.user))) {
    throw new Error(closedTo(other.user, substitute))
  }
  return other
}

async function homeAt(dir: string): Promise<Home> {
  await makeDirectory(dir)
  const cluster = join(dir, 'cluster')
  return {
    dir,
    user: await userFor(cluster),
    cluster,
    passwordFile: join(dir, 'password'),
    startingLock: join(dir, 'starting.lock'),
    inUseLock: join(dir, 'in-use.lock'),
  }
}

/** Makes a directory that others may enter, whatever the umask; its parents too when they are new. */
async function makeDirectory(dir: string): Promise<void> {
  const first = await mkdir(dir, { recursive: true })
  await access(dir, constants.W_OK).catch((cause) => {
    throw new Error(`${dir} belongs to another user. Start as that user, or as root.`, { cause })
  })
  const isRoot = process.getuid?.() === 0
  const topmost = first ?? dir
  for (let made = dir; isRoot && made.length >= topmost.length; made = dirname(made)) {
    await chmod(made, 0o755)
  }
}

/** The kernel is asked, by trying, so that groups and access lists count as they do for the server. */
async function mayEnter(dir: string, user: SystemUser): Promise<boolean> {
  const { code } = await run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', dir], user)
  return code === 0
}

function nameFor(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16)
}

function closedTo(user: SystemUser, dir: string): string {
  return (
    `The database runs as ${user.name}, who cannot enter ${dir}. ` +
    'Give its parent directories mode 755, choose another DATA_DIR, or set DATABASE_URL.'
  )
}

import { readFile, rename } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { hasListener, urlOf } from './find-server.ts'
import type { Home } from './home.ts'
import { run } from './run.ts'

const ATTEMPTS = 10

/** The port was taken in between; a killed server's last query has not noticed yet. */
const PASSING = ['could not bind', 'is still in use']

/** How long pg_ctl waits: after a crash the server first replays what was not yet in its files. */
const WAIT = ['-w', '-t', '120']

/**
 * Starts the server on a free port of 127.0.0.1, and returns its URL when it takes queries.
 * What stands in the way only for a moment is tried again for some ten seconds.
 */
export async function startServer(
  home: Home,
  binaries: Binaries,
  password: string,
  options: readonly string[],
  pickPort: () => Promise<number> = freePort,
): Promise<string> {
  const log = join(home.cluster, 'server.log')
  for (let attempt = 1; ; attempt++) {
    const port = await pickPort()
    await rename(log, `${log}.previous`).catch(() => {})
    const settings = quoteAll([...settingsFor(port), ...options])
    const args = ['start', ...WAIT, '-s', '-D', home.cluster, '-l', log, '-o', settings]
    const { code, output } = await run(binaries.pgCtl, args, home.user)
    if (code === 0) return urlOf(port, password)

    const said = await readFile(log, 'utf8').catch(() => '')
    const passes = PASSING.some((reason) => said.includes(reason))
    if (!passes || attempt === ATTEMPTS) throw new Error(notStarted(home, output, said))
    await sleep(200 * attempt)
  }
}

/** Ends all sessions and waits until the server has written everything and gone, if it has not yet. */
export async function stopServer(home: Home, binaries: Binaries): Promise<void> {
  if (!(await hasListener(home))) return
  const args = ['stop', ...WAIT, '-s', '-m', 'fast', '-D', home.cluster]
  const { code, output } = await run(binaries.pgCtl, args, home.user)
  if (code !== 0) throw new Error(`The database in ${home.dir} could not be stopped: ${output}`)
}

/**
 * This machine only, and no Unix socket (its path has a length limit). What a client did wrong is
 * the client's to log: the server's log would grow without end, and repeat codes and names.
 */
function settingsFor(port: number): string[] {
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'log_min_messages=log',
    'log_checkpoints=off',
  ]
  return settings.flatMap((setting) => ['-c', setting])
}

/** pg_ctl hands its options to a shell. */
function quoteAll(args: readonly string[]): string {
  if (process.platform === 'win32') return args.map((arg) => `"${arg}"`).join(' ')
  return args.map((arg) => `'${arg.replaceAll("'", "'\\''")}'`).join(' ')
}

/** A port that nobody uses now, chosen by the kernel. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('The kernel gave no port.')
  return address.port
}

function notStarted(home: Home, output: string, log: string): string {
  const end = log.trim().split('\n').slice(-15).join('\n')
  return `The database in ${home.dir} did not start. ${output}\nThe end of its log:\n${end}`
}

import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { promisify } from 'node:util'
import { Redis } from 'ioredis'

const PROGRAM = 'redis-server'

/** A Redis of our own on this machine, keeping nothing; nothing where there is none and none can be had. */
export async function startRedis(): Promise<({ port: number } & AsyncDisposable) | undefined> {
  await bringRedis()
  const port = await freePort()
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const child = spawn(PROGRAM, args, { stdio: 'ignore' })
  const missing = await Promise.race([once(child, 'error'), once(child, 'spawn').then(() => null)])
  if (missing) return undefined
  const redis = new Redis(port, { retryStrategy: () => 50, maxRetriesPerRequest: 100 })
  redis.on('error', () => undefined)
  await redis.ping()
  redis.disconnect()
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      child.kill()
      await once(child, 'exit')
    },
  }
}

/** Debian's, where we may install it. RUNLEVEL keeps it from being started as a service. */
async function bringRedis(): Promise<void> {
  const run = promisify(execFile)
  const isThere = await run(PROGRAM, ['--version']).then(
    () => true,
    () => false,
  )
  if (isThere || process.getuid?.() !== 0) return
  const options = { timeout: 240_000, env: { ...process.env, RUNLEVEL: '1' } }
  process.stderr.write(`There is no ${PROGRAM}: trying to install Debian's.\n`)
  await run('apt-get', ['update'], options)
    .then(() => run('apt-get', ['install', '-y', '--no-install-recommends', PROGRAM], options))
    .catch(() => process.stderr.write('It cannot be had: what needs it is left out.\n'))
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

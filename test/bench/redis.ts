import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { Redis } from 'ioredis'

const PROGRAM = 'redis-server'

/** A Redis of our own on this machine, keeping nothing; nothing where there is none installed. */
export async function startRedis(): Promise<({ port: number } & AsyncDisposable) | undefined> {
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

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

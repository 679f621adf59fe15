import { type Profiler, Session } from 'node:inspector/promises'
import type { FastifyInstance } from 'fastify'

import { answerCalls, type Child, startChild } from '../children.ts'
import { bareInsert } from './bare-insert.ts'
import { hello } from './hello.ts'
import { product } from './product.ts'
import { redisClaim } from './redis-claim.ts'
import { textbook } from './textbook.ts'

const KINDS = { hello, bareInsert, textbook, redisClaim, product }
export type Kind = keyof typeof KINDS

/** What every server is given. The environment is that of the product. */
export type Ground = {
  kind: Kind
  environment: Record<string, string>
  redisPort: number | null
}

/** A server that is about to listen, and what else to close with it. */
export type Built = { http: FastifyInstance; close?: () => Promise<void> }

/** What a server's process can be asked for. */
type ServerCalls = {
  start(ground: Ground): Promise<number>
  /** Bytes of the heap in use after a collection, where `--expose-gc` is set. */
  heapUsed(): Promise<number>
  startProfile(): Promise<void>
  endProfile(): Promise<Profiler.Profile>
}

export type RunningServer = Child<ServerCalls> & { port: number }

/** The flags that `npm start` gives to Node. */
const AS_STARTED = ['--max-semi-space-size=64']

/** Starts a kind of server in a process of its own, on a free port of this machine. */
export async function startServer(
  ground: Ground,
  flags: readonly string[] = [],
): Promise<RunningServer> {
  const child = startChild<ServerCalls>(
    new URL(import.meta.url),
    [],
    [...AS_STARTED, '--expose-gc', ...flags],
  )
  try {
    const port = await child.ask.start(ground)
    return Object.assign(child, { port })
  } catch (error) {
    await child[Symbol.asyncDispose]()
    throw error
  }
}

if (process.send && process.argv[1] === new URL(import.meta.url).pathname) listen()

function listen(): void {
  let built: Built | undefined
  const inspector = new Session()
  inspector.connect()
  answerCalls<ServerCalls>(
    {
      start: async (ground) => {
        built = await KINDS[ground.kind](ground)
        await built.http.listen({ host: '127.0.0.1', port: 0, backlog: 4096 })
        const [address] = built.http.addresses()
        return typeof address === 'object' ? address.port : 0
      },
      heapUsed: async () => {
        globalThis.gc?.()
        return process.memoryUsage().heapUsed
      },
      startProfile: async () => {
        await inspector.post('Profiler.enable')
        await inspector.post('Profiler.start')
      },
      endProfile: async () => (await inspector.post('Profiler.stop')).profile,
    },
    async () => {
      await built?.http.close()
      await built?.close?.()
    },
  )
}

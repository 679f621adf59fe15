import { type Ground, type GroundOptions, layGround } from './ground.ts'
import { type LoadProcess, startLoad } from './measure.ts'
import { buildTown, type Town } from './places.ts'
import { startRedis } from './redis.ts'
import { type Kind, type RunningServer, startServer } from './servers/server.ts'

/** What every bench needs: the ground, shops on it, servers by kind and the load's process. */
export type Bed = {
  ground: Ground
  town: Town
  load: LoadProcess
  /** Null where no Redis is installed, or nobody asked for it. */
  redisPort: number | null
  /** Starts a server that ends with the bed. */
  start(kind: Kind): Promise<RunningServer>
}

export type BedOptions = GroundOptions & {
  /** How many of the people are customers; by default all. */
  known?: number
  merchants?: number
  redis?: boolean
  /** Flags of Node for the servers. */
  flags?: readonly string[]
}

export async function makeBed(options: BedOptions): Promise<Bed & AsyncDisposable> {
  await using undo = new AsyncDisposableStack()
  const ground = undo.use(await layGround(options))
  const redis = options.redis ? undo.use(await startRedis()) : undefined
  const redisPort = redis?.port ?? null
  const load = undo.use(startLoad())
  const town = await buildTown(ground, {
    known: options.known ?? options.people,
    others: options.merchants ?? 0,
  })
  const made = undo.move()
  return {
    ground,
    town,
    load,
    redisPort,
    start: async (kind) =>
      made.use(
        await startServer({ kind, environment: ground.environment, redisPort }, options.flags),
      ),
    [Symbol.asyncDispose]: () => made.disposeAsync(),
  }
}

/** Everything written to disk and counted anew, so that every run begins alike. */
export async function settle({ sql, postmaster }: Ground): Promise<void> {
  if (postmaster === null) return
  await sql`analyze`
  await sql`checkpoint`
}

export async function versionOf({ sql }: Ground): Promise<string> {
  const [row] = await sql<{ server_version: string }[]>`show server_version`
  return row?.server_version ?? ''
}

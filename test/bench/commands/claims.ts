import type { Ground } from '../ground.ts'
import { layGround } from '../ground.ts'
import type { Until } from '../load/run.ts'
import { type LoadProcess, type Measured, measure, startLoad } from '../measure.ts'
import { buildTown } from '../places.ts'
import { startRedis } from '../redis.ts'
import { type RunningServer, startServer } from '../servers/server.ts'
import { type Stage, VARIANTS, type Variant } from '../variants.ts'

export type ClaimsOptions = {
  connections: readonly number[]
  rounds: number
  warmUp: Until
  until: Until
  people: number
  /** Only variants whose name holds one of these. */
  only: readonly string[]
  /** Flags of Node for the servers. */
  flags: readonly string[]
  settings: readonly string[]
  databaseUrl?: string
  say(line: string): void
}

/** A variant at so many connections, round by round. */
export type Series = { variant: string; connections: number; rounds: Measured[] }

/** No variant here is faster. */
const MOST_PER_SECOND = 10_000

/**
 * Measures all variants side by side: in each round each has its turn, and every round begins with
 * another one. An answer that is not what it must be ends the bench.
 */
export async function benchClaims(
  options: ClaimsOptions,
): Promise<{ series: Series[]; postgres: string }> {
  await using undo = new AsyncDisposableStack()
  const ground = undo.use(await layGround(options))
  const redis = undo.use(await startRedis())
  const stage: Stage = { ground, town: await buildTown(ground), redisPort: redis?.port ?? null }
  const load = undo.use(startLoad())
  const variants = VARIANTS.filter(
    ({ kind, name }) =>
      (redis || kind !== 'redisClaim') &&
      (options.only.length === 0 || options.only.some((part) => name.includes(part))),
  )
  const servers = new Map<string, RunningServer>()
  for (const { kind } of variants) {
    if (servers.has(kind)) continue
    servers.set(
      kind,
      undo.use(
        await startServer(
          { kind, environment: ground.environment, redisPort: stage.redisPort },
          options.flags,
        ),
      ),
    )
  }

  const series = new Map<string, Series>()
  let turn = 0
  for (const connections of options.connections) {
    for (let round = 0; round < options.rounds; round++) {
      for (const variant of rotated(variants, round)) {
        const server = servers.get(variant.kind)!
        const { measured, asked } = await measureVariant(stage, load, server, variant, {
          ...options,
          connections,
          first: turn,
        })
        turn += asked
        const key = `${variant.name} ${connections}`
        const known = series.get(key) ?? { variant: variant.name, connections, rounds: [] }
        series.set(key, known)
        known.rounds.push(measured)
        options.say(
          `${connections} connections, round ${round + 1}: ${variant.name} ${Math.round(measured.perSecond)}/s`,
        )
      }
    }
  }
  const ordered = [...series.values()].toSorted(
    (a, b) => a.connections - b.connections || indexOf(a) - indexOf(b),
  )
  return { series: ordered, postgres: await versionOf(ground) }
}

async function measureVariant(
  stage: Stage,
  load: LoadProcess,
  server: RunningServer,
  variant: Variant,
  {
    warmUp,
    until,
    connections,
    first,
  }: Pick<ClaimsOptions, 'warmUp' | 'until'> & { connections: number; first: number },
): Promise<{ measured: Measured; asked: number }> {
  const { ground } = stage
  const laps = await variant.prepare(stage, Math.ceil((most(warmUp) + most(until)) / ground.people))
  if (ground.postmaster !== null) await ground.sql`checkpoint`
  const { warmed, measured } = await measure(ground, load, {
    servers: [server],
    path: variant.path,
    laps,
    connections,
    warmUp,
    until,
    first,
    sessions: variant.path.endsWith('/claims'),
  })
  for (const tally of [warmed, measured]) {
    const other = Object.entries(tally?.results ?? {}).filter(
      ([result]) => result !== variant.expects,
    )
    if (other.length > 0 || (tally?.errors.length ?? 0) > 0) {
      throw new Error(
        `${variant.name}: ${JSON.stringify({ results: tally?.results, errors: tally?.errors })}`,
      )
    }
  }
  return { measured, asked: (warmed?.requests ?? 0) + measured.requests }
}

function most(until: Until): number {
  return 'requests' in until ? until.requests : until.seconds * MOST_PER_SECOND
}

function rotated<T>(items: readonly T[], by: number): T[] {
  const at = by % Math.max(1, items.length)
  return [...items.slice(at), ...items.slice(0, at)]
}

function indexOf({ variant }: Series): number {
  return VARIANTS.findIndex(({ name }) => name === variant)
}

export async function versionOf({ sql }: Ground): Promise<string> {
  const [row] = await sql<{ server_version: string }[]>`show server_version`
  return row?.server_version ?? ''
}

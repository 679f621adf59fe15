import { type Bed, makeBed, settle, versionOf } from '../bed.ts'
import type { GroundOptions } from '../ground.ts'
import type { Until } from '../load/run.ts'
import { type Measured, measure } from '../measure.ts'
import type { RunningServer } from '../servers/server.ts'
import { VARIANTS, type Variant } from '../variants.ts'

export type RunOptions = GroundOptions & {
  rounds: number
  warmUp: Until
  until: Until
  /** Flags of Node for the servers. */
  flags: readonly string[]
  say: (line: string) => void
}

export type ClaimsOptions = RunOptions & {
  connections: readonly number[]
  /** Only variants whose name holds one of these; all when there is none. */
  only: readonly string[]
}

/** A variant at so many connections, round by round. */
export type Series = { variant: string; connections: number; rounds: Measured[] }

/** No variant with laps is faster. */
const MOST_PER_SECOND = 25_000

/**
 * Measures all variants side by side: in each round each has its turn, and every round begins with
 * another one. An answer that is not what it must be ends the bench.
 */
export async function benchClaims(
  options: ClaimsOptions,
): Promise<{ series: Series[]; postgres: string }> {
  await using bed = await makeBed({ ...options, merchants: 20, redis: true })
  const variants = VARIANTS.filter(
    ({ kind, name }) =>
      (bed.redisPort !== null || kind !== 'redisClaim') &&
      (options.only.length === 0 || options.only.some((part) => name.includes(part))),
  )
  const kinds = [...new Set(variants.map(({ kind }) => kind))]
  const started = await Promise.all(kinds.map((kind) => bed.start(kind)))
  const servers = new Map(kinds.map((kind, i) => [kind, started[i]!]))

  const series: Series[] = options.connections.flatMap((connections) =>
    variants.map(({ name }) => ({ variant: name, connections, rounds: [] })),
  )
  let first = 0
  for (const connections of options.connections) {
    for (let round = 0; round < options.rounds; round++) {
      for (const variant of rotated(variants, round)) {
        const server = servers.get(variant.kind)!
        const run = { ...options, connections, first }
        const { measured, asked } = await measureVariant(bed, server, variant, run)
        first += asked
        series
          .find((one) => one.variant === variant.name && one.connections === connections)
          ?.rounds.push(measured)
        options.say(
          `${connections} connections, round ${round + 1}: ${variant.name} ${Math.round(measured.perSecond)}/s`,
        )
      }
    }
  }
  return { series, postgres: await versionOf(bed.ground) }
}

async function measureVariant(
  bed: Bed,
  server: RunningServer,
  variant: Variant,
  run: Pick<RunOptions, 'warmUp' | 'until'> & { connections: number; first: number },
): Promise<{ measured: Measured; asked: number }> {
  const lapsNeeded = Math.ceil((most(run.warmUp) + most(run.until)) / bed.ground.people)
  const laps = await variant.prepare(bed, lapsNeeded)
  await settle(bed.ground)
  const { warmed, measured } = await measure(bed, {
    servers: [server],
    path: variant.path,
    laps,
    connections: run.connections,
    warmUp: run.warmUp,
    until: run.until,
    first: run.first,
    sessions: variant.path.endsWith('/claims'),
    expects: variant.expects,
  })
  return { measured, asked: (warmed?.requests ?? 0) + measured.requests }
}

export function most(until: Until): number {
  return 'requests' in until ? until.requests : until.seconds * MOST_PER_SECOND
}

function rotated<T>(items: readonly T[], by: number): T[] {
  const at = by % Math.max(1, items.length)
  return [...items.slice(at), ...items.slice(0, at)]
}

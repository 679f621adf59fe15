import type { Bed } from './bed.ts'
import { startChild } from './children.ts'
import type { Ground } from './ground.ts'
import type { LoadCalls } from './load/main.ts'
import type { Tally, Until } from './load/run.ts'
import { cpuOf, cpuOfPostgres } from './proc.ts'
import type { RunningServer } from './servers/server.ts'

/** One run: what the load saw, and what it cost. */
export type Measured = Tally & {
  statementsPerRequest: number | null
  /** Processors in use, e.g. 0.9 of one. */
  cpu: { node: number | null; postgres: number | null; load: number | null }
}

export type LoadProcess = ReturnType<typeof startLoad>

export type MeasureOptions = {
  servers: readonly RunningServer[]
  path: string
  /** The links to ask for, lap by lap. */
  laps: string[][]
  connections: number
  warmUp?: Until
  until: Until
  /** The number of the first request: whose turn it is. */
  first: number
  /** Where the laps began, when that was not here. */
  origin?: number
  /** Off where nobody has to say who they are. */
  sessions?: boolean
  /** What every answer must be; anything goes when left out. */
  expects?: string
}

/** The load's own process. */
export function startLoad() {
  return startChild<LoadCalls>(new URL('./load/main.ts', import.meta.url))
}

/** Opens connections, warms up, and measures one run over them. */
export async function measure(
  { ground, load }: Pick<Bed, 'ground' | 'load'>,
  { servers, warmUp, until, sessions = true, expects, ...plan }: MeasureOptions,
): Promise<{ warmed: Tally | undefined; measured: Measured }> {
  await load.ask.open({
    origin: plan.first,
    ...plan,
    ports: servers.map(({ port }) => port),
    sessionsFile: sessions ? ground.sessionsFile : null,
  })
  try {
    const warmed = warmUp && (await load.ask.run(warmUp))
    const before = await meters(ground, load, servers)
    const tally = await load.ask.run(until)
    const after = await meters(ground, load, servers)
    for (const one of [warmed, tally]) if (one && expects) check(one, expects)
    const used = (name: keyof Meters) => difference(after[name], before[name])
    const perSecond = (name: keyof Meters) => over(used(name), tally.seconds)
    return {
      warmed,
      measured: {
        ...tally,
        statementsPerRequest: over(used('statements'), tally.requests),
        cpu: { node: perSecond('node'), postgres: perSecond('postgres'), load: perSecond('load') },
      },
    }
  } finally {
    await load.ask.close()
  }
}

function check({ results, errors }: Tally, expects: string): void {
  if (
    errors.length === 0 &&
    Object.keys(results).every((result) => expects.split('|').includes(result))
  )
    return
  throw new Error(`Not every answer is ${expects}: ${JSON.stringify({ results, errors })}`)
}

type Meters = Record<'node' | 'postgres' | 'load' | 'statements', number | null>

async function meters(
  ground: Ground,
  load: LoadProcess,
  servers: readonly RunningServer[],
): Promise<Meters> {
  const statements = await statementsOf(ground)
  const nodes = await Promise.all(servers.map(({ pid }) => cpuOf(pid)))
  return {
    node: nodes.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0),
    postgres: await cpuOfPostgres(ground.postmaster),
    load: await cpuOf(load.pid),
    statements,
  }
}

/** All statements that clients sent, but those of the bench; null where nobody counts them. */
async function statementsOf({ sql, postmaster }: Ground): Promise<number | null> {
  if (postmaster === null) return null
  const [row] = await sql<{ calls: string | null }[]>`
    select sum(calls) as calls from pg_stat_statements where query !~ 'pg_stat_statements'`
  return Number(row?.calls ?? 0)
}

function difference(after: number | null, before: number | null): number | null {
  return after === null || before === null ? null : after - before
}

function over(value: number | null, by: number): number | null {
  return value === null || by === 0 ? null : value / by
}

import { makeBed, settle } from '../bed.ts'
import { measure } from '../measure.ts'
import { openPlaces } from '../places.ts'
import { type Spent, sumUp } from '../profile.ts'
import { drawTable } from '../report/table.ts'
import { most, type RunOptions } from './claims.ts'

export type ProfileOptions = RunOptions & { connections: number }

type Statement = { calls: string; mean_ms: number; total_ms: number; words: string }

const MOST_ROWS = 30

/** Where the time of one hot share goes: in Node by package and by function, in PostgreSQL by statement. */
export async function profileClaims(options: ProfileOptions): Promise<string> {
  await using bed = await makeBed(options)
  const { ground, town } = bed
  const server = await bed.start('product')
  const laps: string[][] = []
  while (laps.length * ground.people < most(options.warmUp) + most(options.until)) {
    laps.push((await openPlaces(ground, town.main)).map(({ token }) => token))
  }
  await settle(ground)
  const plan = {
    servers: [server],
    path: '/v1/claims',
    laps,
    connections: options.connections,
    expects: 'allocated',
  }
  const { measured: warmed } = await measure(bed, { ...plan, first: 0, until: options.warmUp })
  await ground.sql`select pg_stat_statements_reset()`
  await server.ask.startProfile()
  const { measured } = await measure(bed, {
    ...plan,
    first: warmed.requests,
    origin: 0,
    until: options.until,
  })
  const profile = await server.ask.endProfile()
  const statements = await ground.sql<Statement[]>`
    select calls, mean_exec_time as mean_ms, total_exec_time as total_ms,
           left(regexp_replace(query, '\\s+', ' ', 'g'), 90) as words
    from pg_stat_statements where query !~ 'pg_stat_statements' order by total_exec_time desc limit 12`
  return [
    `${Math.round(measured.perSecond)} claims a second; processors: ${JSON.stringify(measured.cpu)}\n`,
    tableOf('Node, by package', sumUp(profile, 'home')),
    tableOf('Node, by function', sumUp(profile, 'function')),
    drawTable(
      ['PostgreSQL, by statement', 'calls', 'mean ms', 'ms in all'],
      statements.map(({ words, calls, mean_ms, total_ms }) => [
        words,
        calls,
        mean_ms.toFixed(3),
        String(Math.round(total_ms)),
      ]),
    ),
  ].join('\n')
}

function tableOf(title: string, spent: readonly Spent[]): string {
  return drawTable(
    [title, 'of the time'],
    spent.slice(0, MOST_ROWS).map(({ where, share }) => [where, `${(share * 100).toFixed(1)} %`]),
  )
}

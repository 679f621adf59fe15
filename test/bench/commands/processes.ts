import { auditBooks } from '../../../src/usecases/audit-books.ts'
import { makeBed, settle, versionOf } from '../bed.ts'
import { type Measured, measure } from '../measure.ts'
import { openPlaces } from '../places.ts'
import { most, type RunOptions } from './claims.ts'

export type ProcessesOptions = RunOptions & { connections: number }

export type Processes = {
  one: Measured[]
  two: Measured[]
  /** A share of a thousand slots asked for three thousand times through both. */
  race: Measured
  raceTaken: number
  findings: number
  postgres: string
}

const RACE_SLOTS = 1000

/** The same load on one process and on two with the same database, round by round. */
export async function benchProcesses(options: ProcessesOptions): Promise<Processes> {
  await using bed = await makeBed(options)
  const { ground, town } = bed
  const both = [await bed.start('product'), await bed.start('product')]
  const { connections, warmUp, until, rounds, say } = options
  const requests = most(warmUp) + most(until)
  const rows = { one: [] as Measured[], two: [] as Measured[] }
  let first = 0
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? (['one', 'two'] as const) : (['two', 'one'] as const)) {
      const laps: string[][] = []
      while (laps.length * ground.people < requests) {
        laps.push((await openPlaces(ground, town.main)).map(({ token }) => token))
      }
      await settle(ground)
      const { warmed, measured } = await measure(bed, {
        servers: name === 'one' ? both.slice(0, 1) : both,
        path: '/v1/claims',
        laps,
        connections,
        warmUp,
        until,
        first,
        expects: 'allocated',
      })
      first += (warmed?.requests ?? 0) + measured.requests
      rows[name].push(measured)
      say(`${name}: ${Math.round(measured.perSecond)}/s`)
    }
  }
  const [place] = await openPlaces(ground, town.main, { slots: RACE_SLOTS })
  if (!place) throw new Error('There is no share.')
  const { measured: race } = await measure(bed, {
    servers: both,
    path: '/v1/claims',
    laps: [[place.token]],
    connections,
    until: { requests: 3 * RACE_SLOTS },
    first,
  })
  const [share] = await ground.sql<{ taken: number }[]>`
    select taken from shares where merchant_id = ${place.merchantId} and id = ${place.shareId}`
  const findings = await auditBooks(ground.environment['DATABASE_URL'] ?? '')
  return {
    ...rows,
    race,
    raceTaken: share?.taken ?? 0,
    findings: findings.length,
    postgres: await versionOf(ground),
  }
}

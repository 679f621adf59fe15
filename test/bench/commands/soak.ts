import { auditBooks } from '../../../src/usecases/audit-books.ts'
import { makeBed, settle, versionOf } from '../bed.ts'
import { measure } from '../measure.ts'
import { openPlaces } from '../places.ts'
import { residentBytesOf } from '../proc.ts'
import { most, type RunOptions } from './claims.ts'

export type SoakOptions = Omit<RunOptions, 'rounds'> & { connections: number }

/** The process at a moment: how fast it was since the last one, and its memory. */
export type Sample = {
  seconds: number
  perSecond: number
  residentMiB: number | null
  /** After a collection, so that what grows here is held. */
  heapMiB: number
}

const SEGMENT_SECONDS = 10
const MIB = 2 ** 20

/** Claims without a pause, and the memory of the process that answers them. */
export async function benchSoak(
  options: SoakOptions,
): Promise<{ samples: Sample[]; claims: number; findings: number; postgres: string }> {
  await using bed = await makeBed(options)
  const { ground, town } = bed
  const server = await bed.start('product')
  const seconds = 'seconds' in options.until ? options.until.seconds : 0
  const laps: string[][] = []
  while (laps.length * ground.people < most(options.until)) {
    laps.push((await openPlaces(ground, town.main)).map(({ token }) => token))
  }
  await settle(ground)
  const samples: Sample[] = []
  let first = 0
  const startedAt = performance.now()
  for (let passed = 0; passed < seconds; passed += SEGMENT_SECONDS) {
    const { measured } = await measure(bed, {
      servers: [server],
      path: '/v1/claims',
      laps,
      connections: options.connections,
      until: { seconds: Math.min(SEGMENT_SECONDS, seconds - passed) },
      first,
      origin: 0,
      expects: 'allocated',
    })
    first += measured.requests
    const resident = await residentBytesOf(server.pid)
    samples.push({
      seconds: (performance.now() - startedAt) / 1000,
      perSecond: measured.perSecond,
      residentMiB: resident === null ? null : resident / MIB,
      heapMiB: (await server.ask.heapUsed()) / MIB,
    })
    options.say(
      `${Math.round(passed + SEGMENT_SECONDS)} s: ${Math.round(measured.perSecond)}/s, ${JSON.stringify(samples.at(-1))}`,
    )
  }
  const findings = await auditBooks(ground.environment['DATABASE_URL'] ?? '')
  return { samples, claims: first, findings: findings.length, postgres: await versionOf(ground) }
}

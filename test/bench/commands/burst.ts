import { auditBooks } from '../../../src/usecases/audit-books.ts'
import { type Bed, makeBed, settle, versionOf } from '../bed.ts'
import { type Measured, measure } from '../measure.ts'
import { openPlaces } from '../places.ts'
import type { RunOptions } from './claims.ts'

export type BurstOptions = Omit<RunOptions, 'warmUp' | 'until'> & { people: number; slots: number }

export type Burst = {
  who: 'customers' | 'strangers'
  measured: Measured
  /** What the database holds afterwards: slots taken of the share, and vouchers. */
  taken: number
  vouchers: number
  findings: number
  /** Whether every answer was the right one, and so many as there had to be. */
  exact: boolean
}

/**
 * So many people at once on one share, each on a connection that is open already. Half as many preset
 * vouchers as slots are there for customers, as many as slots for strangers, who get nothing else: each
 * round brings new ones, since whoever has claimed is a stranger no more.
 */
export async function benchBurst(
  options: BurstOptions,
): Promise<{ bursts: Burst[]; postgres: string }> {
  const { people, rounds, say } = options
  await using bed = await makeBed({ ...options, people: people * (1 + rounds), known: people })
  const bursts: Burst[] = []
  for (let round = 0; round < rounds; round++) {
    for (const who of ['customers', 'strangers'] as const) {
      const burst = await oneBurst(bed, who, { ...options, strangersFrom: people * (1 + round) })
      bursts.push(burst)
      say(
        `${who}: ${JSON.stringify(burst.measured.results)}, p99 ${Math.round(burst.measured.milliseconds.p99)} ms`,
      )
    }
  }
  return { bursts, postgres: await versionOf(bed.ground) }
}

/** A server of its own for each, for nobody may claim more often than ten times a minute. */
async function oneBurst(
  bed: Bed,
  who: Burst['who'],
  { people, slots, strangersFrom }: BurstOptions & { strangersFrom: number },
): Promise<Burst> {
  const { ground, town } = bed
  const fallbacks = who === 'customers' ? Math.ceil(slots / 2) : slots
  const [place] = await openPlaces(ground, town.main, { slots, fallbacks })
  if (!place) throw new Error('There is no share.')
  await using server = await bed.start('product')
  await settle(ground)
  const { measured } = await measure(bed, {
    servers: [server],
    path: '/v1/claims',
    laps: [[place.token]],
    connections: people,
    until: { requests: people },
    first: who === 'customers' ? 0 : strangersFrom,
  })
  const [row] = await ground.sql<{ taken: number; vouchers: number }[]>`
    select s.taken, (select count(*)::integer from vouchers v
                     where v.merchant_id = s.merchant_id and v.campaign_id = s.campaign_id) as vouchers
    from shares s where s.merchant_id = ${place.merchantId} and s.id = ${place.shareId}`
  const { taken = 0, vouchers = 0 } = row ?? {}
  const findings = (await auditBooks(ground.environment['DATABASE_URL'] ?? '')).length
  const expected =
    who === 'customers' ? { allocated: slots, fallback: fallbacks } : { fallback: fallbacks }
  const exhausted = people - slots - (who === 'customers' ? fallbacks : 0)
  const exact =
    findings === 0 &&
    measured.errors.length === 0 &&
    taken === (who === 'customers' ? slots : 0) &&
    vouchers === people - exhausted &&
    isSame(measured.results, { ...expected, exhausted })
  return { who, measured, taken, vouchers, findings, exact }
}

function isSame(these: Record<string, number>, those: Record<string, number>): boolean {
  const names = new Set([...Object.keys(these), ...Object.keys(those)])
  return [...names].every((name) => (these[name] ?? 0) === (those[name] ?? 0))
}

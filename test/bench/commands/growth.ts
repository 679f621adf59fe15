import { makeBed, settle, versionOf } from '../bed.ts'
import { fillVouchers } from '../fill.ts'
import { type Measured, measure } from '../measure.ts'
import { MOST_SLOTS, openPlaces } from '../places.ts'
import { most, type RunOptions } from './claims.ts'

export type GrowthOptions = RunOptions & {
  connections: number
  /** How many vouchers are in the tables, in rising order; the first is what the others are compared with. */
  vouchers: readonly number[]
  /** How many claims fill a share. */
  slots: readonly number[]
}

/** What was measured at a size, beside a bare insert in the same round. */
export type Step = { size: number; rounds: { claims: Measured; inserts: Measured }[] }

/** Claims of one hot share while the tables grow, then with shares of several sizes. */
export async function benchGrowth(
  options: GrowthOptions,
): Promise<{ vouchers: Step[]; slots: Step[]; postgres: string }> {
  await using bed = await makeBed(options)
  const { ground, town } = bed
  const product = await bed.start('product')
  const bare = await bed.start('bareInsert')
  const { connections, warmUp, until, rounds, say } = options
  const requests = most(warmUp) + most(until)
  let first = 0

  async function step(size: number, slots: number): Promise<Step> {
    const shares = Math.ceil(ground.people / slots)
    const done: Step = { size, rounds: [] }
    for (let round = 0; round < rounds; round++) {
      const laps: string[][] = []
      while (laps.length * ground.people < requests) {
        laps.push(
          (await openPlaces(ground, town.main, { shares, slots })).map(({ token }) => token),
        )
      }
      await settle(ground)
      const run = { connections, warmUp, until, first }
      const inserts = await measure(bed, {
        ...run,
        servers: [bare],
        path: '/rows',
        laps: [['words']],
        sessions: false,
      })
      const { warmed, measured } = await measure(bed, {
        ...run,
        servers: [product],
        path: '/v1/claims',
        laps,
        expects: 'allocated',
      })
      first += (warmed?.requests ?? 0) + measured.requests
      done.rounds.push({ claims: measured, inserts: inserts.measured })
      say(`size ${size}, round ${round + 1}: ${Math.round(measured.perSecond)} claims/s`)
    }
    return done
  }

  const vouchers: Step[] = []
  let filled = 0
  for (const size of options.vouchers) {
    while (filled < size) {
      const count = Math.min(MOST_SLOTS, size - filled)
      await fillVouchers(ground.sql, await openPlaces(ground, town.main), count)
      filled += count
    }
    vouchers.push(await step(size, MOST_SLOTS))
  }
  const slots: Step[] = []
  for (const size of options.slots) slots.push(await step(size, size))
  return { vouchers, slots, postgres: await versionOf(ground) }
}

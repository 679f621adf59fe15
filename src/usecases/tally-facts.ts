import type { AppContext } from '../context.ts'
import { openDatabase } from '../store/database.ts'
import { allMerchants } from '../store/merchants.ts'
import { nextSpan, tally } from '../store/tallies.ts'

/** The first time a merchant's whole past is counted. */
const DEADLINE_MS = 10 * 60_000

/**
 * Counts what has happened since the last time, so that numbers are read from sums. On connections of its
 * own, for it may take long. What goes wrong with one merchant keeps no other waiting.
 */
export async function tallyFacts(app: AppContext, directUrl: string): Promise<number> {
  const db = openDatabase(directUrl, { connections: 1, deadlineMs: DEADLINE_MS, prepare: false })
  const faults: unknown[] = []
  let counted = 0
  try {
    for (const { id } of await allMerchants(app.db)) {
      try {
        const span = await nextSpan(db, id)
        if (span) counted += await tally(db, id, span)
      } catch (error) {
        faults.push(error)
      }
    }
  } finally {
    await db.close()
  }
  if (faults.length > 0) throw new AggregateError(faults, 'Not all facts were counted.')
  return counted
}

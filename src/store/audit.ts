import type { Database } from './database.ts'
import { BOOKS } from './invariants/books.ts'
import { ERASURE } from './invariants/erasure.ts'
import { ISSUING } from './invariants/issuing.ts'
import { LEARNING } from './invariants/learning.ts'
import { SEEING } from './invariants/seeing.ts'
import { SPENDING } from './invariants/spending.ts'
import { TENANTS } from './invariants/tenants.ts'

/** A row that breaks an invariant: which, whose, which row, and what is there instead. */
export type Finding = { invariant: string; merchantId: string; subject: string; found: string }

/** What must hold at every moment, for all merchants. */
export const INVARIANTS = [
  ...ISSUING,
  ...SPENDING,
  ...BOOKS,
  ...TENANTS,
  ...SEEING,
  ...LEARNING,
  ...ERASURE,
]

/** More of one kind say nothing new. Materialized, or the planner would expect to find so many at once. */
const MOST_PER_INVARIANT = 100

/**
 * Derives every counter and balance anew and returns what does not agree. Each invariant is one
 * statement and so sees one moment: it may run while vouchers are issued and spent. It reads whole
 * tables, so the database is opened for it with a deadline of its own.
 */
export async function audit(db: Database): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const invariant of INVARIANTS) {
    const rows = await db.run(
      ({ sql }) => sql<Omit<Finding, 'invariant'>[]>`
        with broken (merchant_id, subject, found) as materialized (${invariant.broken(sql)})
        select merchant_id, subject, found from broken
        order by merchant_id, subject, found limit ${MOST_PER_INVARIANT}`,
    )
    for (const row of rows) findings.push({ invariant: invariant.name, ...row })
  }
  return findings
}

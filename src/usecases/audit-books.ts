import { audit, type Finding } from '../store/audit.ts'
import { openDatabase } from '../store/database.ts'

/** A large installation takes minutes to read. */
const DEADLINE_MS = 30 * 60_000

/** Derives every counter and balance anew, on a connection of its own since it reads whole tables. */
export async function auditBooks(databaseUrl: string): Promise<Finding[]> {
  const db = openDatabase(databaseUrl, {
    connections: 1,
    deadlineMs: DEADLINE_MS,
    prepare: false,
  })
  try {
    return await audit(db)
  } finally {
    await db.close()
  }
}

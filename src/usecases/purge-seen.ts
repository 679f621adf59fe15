import type { AppContext } from '../context.ts'
import { purgeTillRefusals } from '../store/alerts.ts'
import { purgeExports } from '../store/exports.ts'

/** Forgets files after a week, and wrong codes once they are compared with no more. */
export async function purgeSeen(app: AppContext): Promise<number> {
  return (await purgeExports(app.db)) + (await purgeTillRefusals(app.db))
}

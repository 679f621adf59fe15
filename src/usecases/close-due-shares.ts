import type { AppContext } from '../context.ts'
import { closeShare, sharesToClose } from '../store/shares.ts'

const AT_ONCE = 200

/** Closes shares that are due, and those of stopped campaigns; what is left of their pots goes back. */
export async function closeDueShares(app: AppContext): Promise<number> {
  const due = await sharesToClose(app.db, AT_ONCE)
  let closed = 0
  for (const { merchantId, shareId, as } of due) {
    if (await closeShare(app.db, merchantId, shareId, as)) closed += 1
  }
  return closed
}

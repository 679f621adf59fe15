import type { AppContext } from '../context.ts'
import { newId } from '../ids.ts'
import { removeStaff as remove } from '../store/staff.ts'

/** Takes a person's role away at once; the last owner stays. Answers whether somebody was removed. */
export async function removeStaff(
  app: AppContext,
  { merchantId, personId, by }: { merchantId: string; personId: string; by: string },
): Promise<boolean> {
  return remove(app.db, merchantId, personId, { changeId: newId('chg'), by })
}

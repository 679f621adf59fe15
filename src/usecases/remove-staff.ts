import type { AppContext } from '../context.ts'
import { removeStaff as remove } from '../store/staff.ts'

/** Takes a person's role away at once; the last owner stays. Answers whether somebody was removed. */
export async function removeStaff(
  app: AppContext,
  { merchantId, personId }: { merchantId: string; personId: string },
): Promise<boolean> {
  return remove(app.db, merchantId, personId)
}

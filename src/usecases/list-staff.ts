import type { AppContext } from '../context.ts'
import type { StaffMember } from '../domain/views.ts'
import { staffOf } from '../store/staff.ts'

/** Who works at a merchant. */
export async function listStaff(app: AppContext, merchantId: string): Promise<StaffMember[]> {
  return staffOf(app.db, merchantId)
}

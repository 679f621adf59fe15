import type { AppContext } from '../context.ts'
import type { Language, StaffMember } from '../domain/views.ts'
import { staffOf, peopleOfStaff as storedPeopleOfStaff } from '../store/staff.ts'

/** Who works at a merchant. */
export async function listStaff(app: AppContext, merchantId: string): Promise<StaffMember[]> {
  return staffOf(app.db, merchantId)
}

/** Everybody who works at any merchant, with their language. */
export async function peopleOfStaff(
  app: AppContext,
): Promise<{ personId: string; language: Language }[]> {
  return storedPeopleOfStaff(app.db)
}

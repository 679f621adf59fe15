import type { AppContext } from '../context.ts'
import type { RoleAtMerchant } from '../domain/views.ts'
import { rolesOf as storedRolesOf } from '../store/staff.ts'

/** A person's roles now, at each merchant. */
export async function rolesOf(app: AppContext, personId: string): Promise<RoleAtMerchant[]> {
  return storedRolesOf(app.db, personId)
}

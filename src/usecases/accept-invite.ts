import type { AppContext } from '../context.ts'
import type { Role } from '../domain/views.ts'
import { newId } from '../ids.ts'
import { inviteUserOf, rolesOf, useInvite } from '../store/staff.ts'
import { resolveReference } from './resolve-reference.ts'

export type AcceptResult =
  | { outcome: 'joined' | 'already_staff'; merchantId: string; merchantName: string; role: Role }
  | { outcome: 'used' | 'expired' }

/**
 * Takes an invitation: it binds to the first who opens it and works here not yet. Whoever works here
 * already is told their role, and the invitation stays as it is.
 */
export async function acceptInvite(
  app: AppContext,
  { personId, reference }: { personId: string; reference: string },
): Promise<AcceptResult> {
  const target = await resolveReference(app, reference)
  if (target?.kind !== 'invite') return { outcome: 'expired' }

  const { merchantId, targetId } = target
  const joined = await useInvite(app.db, merchantId, targetId, personId, newId('chg'))
  const role = (await rolesOf(app.db, personId)).find((at) => at.merchantId === merchantId)
  if (role) {
    const outcome = joined ? 'joined' : 'already_staff'
    return { outcome, merchantId, merchantName: role.merchantName, role: role.role }
  }
  const usedBy = await inviteUserOf(app.db, merchantId, targetId)
  return { outcome: usedBy === undefined ? 'expired' : 'used' }
}

import type { AppContext } from '../context.ts'
import type { Role } from '../domain/views.ts'
import { newId, newReference } from '../ids.ts'
import { digestOf } from '../store/links.ts'
import { addInvite } from '../store/staff.ts'

export const INVITE_SECONDS = 24 * 3600

/**
 * Makes a link that gives a role to the first who opens it, within a day. Only its digest is kept. Without
 * `invitedBy` it is the installation's own.
 */
export async function inviteStaff(
  app: AppContext,
  request: { merchantId: string; invitedBy?: string; role: Role; label?: string },
): Promise<{ reference: string; expiresAt: Date }> {
  const reference = newReference()
  const expiresAt = await addInvite(app.db, request.merchantId, {
    id: newId('inv'),
    digest: digestOf(reference),
    role: request.role,
    label: request.label ?? '',
    invitedBy: request.invitedBy,
    ttlSeconds: INVITE_SECONDS,
    changeId: newId('chg'),
  })
  return { reference, expiresAt }
}

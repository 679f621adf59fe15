import type { AppContext } from '../context.ts'
import type { RoleAtMerchant } from '../domain/views.ts'
import { erasePerson as erase, type Losses, lossesOf, shopsOwnedAlone } from '../store/erasure.ts'
import { rolesOf } from '../store/staff.ts'

/** What somebody should know before they are erased. */
export type ErasureView = Losses & {
  roles: RoleAtMerchant[]
  /** Shops that nobody would own any more: whoever runs this installation must invite an owner. */
  leftAlone: { merchantId: string; merchantName: string }[]
}

export async function showErasure(app: AppContext, personId: string): Promise<ErasureView> {
  const [losses, roles, leftAlone] = await Promise.all([
    lossesOf(app.db, personId),
    rolesOf(app.db, personId),
    shopsOwnedAlone(app.db, personId),
  ])
  return { ...losses, roles, leftAlone }
}

/**
 * Erases a person from every table: unspent vouchers are void, shares end, roles end. Whoever comes again
 * is a stranger.
 */
export async function erasePerson(app: AppContext, personId: string): Promise<void> {
  await erase(app.db, personId)
  app.wakeOutbox()
}

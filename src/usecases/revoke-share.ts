import type { AppContext } from '../context.ts'
import type { ShareView } from '../domain/views.ts'
import { closeShare, shareOf } from '../store/shares.ts'
import { shareView } from './share-view.ts'
import { placeOfShare } from './show-share.ts'

export type RevokeResult =
  | { outcome: 'revoked' | 'already_over'; share: ShareView }
  | { outcome: 'not_yours' }

/** Stops one's own share: nobody gets anything from it any more, and the rest goes back to the campaign. */
export async function revokeShare(
  app: AppContext,
  request: { personId: string } & ({ reference: string } | { merchantId: string; shareId: string }),
): Promise<RevokeResult> {
  const place = await placeOfShare(app, request)
  const share = place && (await shareOf(app.db, place.merchantId, place.shareId))
  if (!share || share.sharerId !== request.personId) return { outcome: 'not_yours' }

  const changed = await closeShare(app.db, share.merchantId, share.shareId, 'revoked')
  const after = (await shareOf(app.db, share.merchantId, share.shareId)) ?? share
  return { outcome: changed ? 'revoked' : 'already_over', share: shareView(after) }
}

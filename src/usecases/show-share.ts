import type { AppContext } from '../context.ts'
import type { ShareLinks, ShareView } from '../domain/views.ts'
import { shareOf } from '../store/shares.ts'
import { resolveReference } from './resolve-reference.ts'
import { shareWithLinks } from './share-view.ts'

export type ShareBy =
  | { token: string }
  | { reference: string }
  | { merchantId: string; shareId: string }

/** A share as anybody with its link sees it: what there is to get, how much is left, until when. */
export async function showShare(
  app: AppContext,
  by: ShareBy,
): Promise<{ share: ShareView; links: ShareLinks } | undefined> {
  const place = await placeOfShare(app, by)
  const share = place && (await shareOf(app.db, place.merchantId, place.shareId))
  return share && shareWithLinks(app, share)
}

/** Which share a token or a reference stands for. A token that does not open is thrown. */
export async function placeOfShare(
  app: AppContext,
  by: ShareBy,
): Promise<{ merchantId: string; shareId: string } | undefined> {
  if ('token' in by) return app.tokens.openShare(by.token)
  if ('shareId' in by) return by
  const target = await resolveReference(app, by.reference)
  return target?.kind === 'share'
    ? { merchantId: target.merchantId, shareId: target.targetId }
    : undefined
}

import { publicUrlOf } from '../config.ts'
import type { AppContext } from '../context.ts'
import type { ShareLinks, ShareView } from '../domain/views.ts'
import type { StoredShare } from '../store/shares.ts'
import { shareLinksOf } from './links-of.ts'

/** A stored share as people see it; nothing of its sharer or openers is in it. */
export function shareView(stored: StoredShare): ShareView {
  const {
    merchantId,
    merchantName,
    shareId,
    reference,
    status,
    slots,
    taken,
    expiresAt,
    createdAt,
    seedHash,
  } = stored
  const { offerId, title, body, mode, currency, fromMinor, toMinor } = stored
  const offer = {
    offerId,
    title,
    body,
    mode,
    currency,
    fromMinor,
    toMinor,
    slots,
    endsAt: expiresAt,
  }
  return {
    merchantId,
    merchantName,
    shareId,
    reference,
    status,
    slots,
    taken,
    expiresAt,
    createdAt,
    offer,
    seedHash,
  }
}

/** The share with its links, its token made anew. */
export async function shareWithLinks(
  app: AppContext,
  stored: StoredShare,
): Promise<{ share: ShareView; links: ShareLinks }> {
  const { merchantId, shareId, reference } = stored
  const token = await app.tokens.sealShare({ merchantId, shareId })
  return {
    share: shareView(stored),
    links: shareLinksOf(app.bot, publicUrlOf(app.config), { reference, token }),
  }
}

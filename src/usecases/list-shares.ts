import type { AppContext } from '../context.ts'
import type { ShareLinks, ShareView } from '../domain/views.ts'
import { sharesOf as storedSharesOf } from '../store/shares.ts'
import { shareWithLinks } from './share-view.ts'

/** A person's shares with their links, newest first. */
export async function sharesOf(
  app: AppContext,
  personId: string,
): Promise<(ShareView & { links: ShareLinks })[]> {
  const stored = await storedSharesOf(app.db, personId)
  const shares = await Promise.all(stored.map((share) => shareWithLinks(app, share)))
  return shares.map(({ share, links }) => ({ ...share, links }))
}

import type { AppContext } from '../context.ts'
import { type LinkTarget, linkTargetOf } from '../store/links.ts'

const REFERENCE = /^[A-Za-z0-9_-]{22}$/

/** What the 22 characters after `?start=` stand for; nothing when they are of no known shape or not ours. */
export async function resolveReference(
  app: AppContext,
  reference: string,
): Promise<LinkTarget | undefined> {
  return REFERENCE.test(reference) ? linkTargetOf(app.db, reference) : undefined
}

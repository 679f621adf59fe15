import { createHash } from 'node:crypto'
import { and, eq, gt, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { linkReferences } from './schema/links.ts'

export type LinkTarget = {
  kind: 'order' | 'share' | 'invite'
  merchantId: string
  targetId: string
}

/** What a reference of 22 characters stands for, as long as it is valid. @patent 6 */
export async function linkTargetOf(
  db: Database,
  reference: string,
): Promise<LinkTarget | undefined> {
  const { kind, merchantId, targetId, digest, expiresAt } = linkReferences
  const [target] = await db.run(({ orm }) =>
    orm
      .select({ kind, merchantId, targetId })
      .from(linkReferences)
      .where(and(eq(digest, digestOf(reference)), gt(expiresAt, sql`clock_timestamp()`))),
  )
  return target
}

/** Only digests of references and API keys are kept: SHA-256 as hex. They are 128 random bits and more. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

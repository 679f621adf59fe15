import { createHash } from 'node:crypto'

import type { Database } from './database.ts'

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
  const [target] = await db.run(
    ({ sql }) => sql<LinkTarget[]>`
      select kind, merchant_id, target_id from link_references
      where digest = ${digestOf(reference)} and expires_at > clock_timestamp()`,
  )
  return target
}

/** Only digests of references and API keys are kept: SHA-256 as hex. They are 128 random bits and more. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

import { createHash } from 'node:crypto'

/** What tells whether a repeated request asks for the same: SHA-256 of its parts. */
export function hashOfRequest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

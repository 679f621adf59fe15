import { randomBytes } from 'node:crypto'

/** Keys by id, newest first: new tokens are made with the first, old ones open until they expire. */
export type KeyRing = {
  newest: { kid: string; key: Uint8Array }
  byKid: ReadonlyMap<string, Uint8Array>
}

/** Reads `kid:base64url-of-32-bytes,…`, newest first. */
export function readKeyRing(text: string): KeyRing {
  const keys = text.split(',').map((entry) => {
    const [kid = '', encoded = ''] = entry.split(':')
    return { kid, key: new Uint8Array(Buffer.from(encoded, 'base64url')) }
  })
  const [newest] = keys
  if (!newest || keys.some(({ kid, key }) => kid === '' || key.length !== 32)) {
    throw new Error('TOKEN_KEYS must be kid:base64url-of-32-bytes, comma-separated')
  }
  return { newest, byKid: new Map(keys.map(({ kid, key }) => [kid, key])) }
}

/** A new entry for TOKEN_KEYS. */
export function newKey(kid: string): string {
  return `${kid}:${randomBytes(32).toString('base64url')}`
}

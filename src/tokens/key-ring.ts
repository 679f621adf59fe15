import { randomBytes } from 'node:crypto'

/**
 * Keys by id, newest first: new tokens are made with the first, old ones open until they expire. Each is
 * imported once, since importing it anew costs as much as opening a token.
 */
export type KeyRing = {
  newest: { kid: string; key: Promise<CryptoKey> }
  byKid: ReadonlyMap<string, Promise<CryptoKey>>
}

/** Reads `kid:base64url-of-32-bytes,…`, newest first. */
export function readKeyRing(text: string): KeyRing {
  const keys = text.split(',').map(readKey)
  const [newest] = keys
  if (!newest) throw new Error('TOKEN_KEYS is empty')
  return { newest, byKid: new Map(keys.map(({ kid, key }) => [kid, key])) }
}

function readKey(entry: string): { kid: string; key: Promise<CryptoKey> } {
  const [kid = '', encoded = ''] = entry.split(':')
  const bytes = new Uint8Array(Buffer.from(encoded, 'base64url'))
  if (kid === '' || bytes.length !== 32) {
    throw new Error('TOKEN_KEYS must be kid:base64url-of-32-bytes, comma-separated')
  }
  const key = crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
  return { kid, key }
}

/** A new entry for TOKEN_KEYS. */
export function newKey(kid: string): string {
  return `${kid}:${randomBytes(32).toString('base64url')}`
}

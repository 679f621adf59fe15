import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'

/** One entry of TOKEN_KEYS: the key that seals, and the one derived from it that signs. */
export type TokenKey = { kid: string; sealing: Promise<CryptoKey>; signing: KeyObject }

/**
 * Keys by id, newest first: new tokens are made with the first, old ones open until they expire. Each is
 * imported once, since importing it anew costs as much as opening a token.
 */
export type KeyRing = { newest: TokenKey; byKid: ReadonlyMap<string, TokenKey> }

/** Reads `kid:base64url-of-32-bytes,…`, newest first. */
export function readKeyRing(text: string): KeyRing {
  const keys = text.split(',').map(readKey)
  const [newest] = keys
  if (!newest) throw new Error('TOKEN_KEYS is empty')
  return { newest, byKid: new Map(keys.map((key) => [key.kid, key])) }
}

function readKey(entry: string): TokenKey {
  const [kid = '', encoded = ''] = entry.split(':')
  const bytes = new Uint8Array(Buffer.from(encoded, 'base64url'))
  if (kid === '' || bytes.length !== 32) {
    throw new Error('TOKEN_KEYS must be kid:base64url-of-32-bytes, comma-separated')
  }
  const mac = hkdfSync('sha256', bytes, '', 'passalong session', 32)
  return {
    kid,
    sealing: crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']),
    signing: createSecretKey(Buffer.from(mac)),
  }
}

/** A new entry for TOKEN_KEYS. */
export function newKey(kid: string): string {
  return `${kid}:${randomBytes(32).toString('base64url')}`
}

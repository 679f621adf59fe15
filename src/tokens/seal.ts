import { EncryptJWT, errors, type JWTPayload, jwtDecrypt } from 'jose'

import { AppError } from '../errors.ts'
import type { KeyRing } from './key-ring.ts'

export const ISSUER = 'passalong'
export const CLOCK_TOLERANCE_SECONDS = 120

/** One spelling, four lengths: header, no wrapped key, 12 bytes of nonce, text, 16 bytes of tag. */
const COMPACT_JWE = /^eyJ[\w-]{20,300}\.\.[\w-]{16}\.[\w-]{1,1000}\.[\w-]{22}$/

/** What a token is for. Each purpose has a `typ` and an audience of its own, so none opens as another. */
export type Purpose = 'query' | 'share' | 'pin'

export type Sealing = { ring: KeyRing; now: () => Date }

/** Encrypts short claims as a compact JWE (`dir`, A256GCM) that opens for `ttlSeconds`. */
export async function seal(
  { ring, now }: Sealing,
  purpose: Purpose,
  claims: JWTPayload,
  ttlSeconds: number,
): Promise<string> {
  const { kid, sealing } = ring.newest
  const issuedAt = Math.floor(now().getTime() / 1000)
  return new EncryptJWT(claims)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid, typ: typeOf(purpose) })
    .setIssuer(ISSUER)
    .setAudience(purpose)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ttlSeconds)
    .setJti(crypto.randomUUID().slice(0, 18))
    .encrypt(await sealing)
}

/**
 * Opens a token of this purpose. Whatever is wrong with it is answered alike, ERR_TOKEN_INVALID, but
 * for a genuine one that is over: ERR_TOKEN_EXPIRED.
 */
export async function open(
  { ring, now }: Sealing,
  purpose: Purpose,
  token: string,
): Promise<JWTPayload> {
  if (!COMPACT_JWE.test(token)) throw invalid()
  try {
    const { payload } = await jwtDecrypt(token, ({ kid }) => keyOf(ring, kid), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxDecompressedLength: 0,
      issuer: ISSUER,
      audience: purpose,
      typ: typeOf(purpose),
      requiredClaims: ['iat', 'exp', 'jti'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: now(),
    })
    return payload
  } catch (error) {
    throw error instanceof errors.JWTExpired ? expired(error) : invalid(error)
  }
}

function keyOf(ring: KeyRing, kid: string | undefined): Promise<CryptoKey> {
  const key = ring.byKid.get(kid ?? '')
  if (!key) throw invalid()
  return key.sealing
}

function typeOf(purpose: Purpose): string {
  return `${purpose}+jwt`
}

export function expired(cause?: unknown): AppError {
  return new AppError('ERR_TOKEN_EXPIRED', 'This link is over.', { cause })
}

export function invalid(cause?: unknown): AppError {
  return new AppError('ERR_TOKEN_INVALID', 'This link is not valid.', { cause })
}

import { createHmac, timingSafeEqual } from 'node:crypto'

import type { KeyRing, TokenKey } from './key-ring.ts'
import { CLOCK_TOLERANCE_SECONDS, expired, ISSUER, invalid } from './seal.ts'

/** Who opened the Mini App, and when Telegram signed that. */
export type Session = { personId: string; signedAt: Date }

export type Sessions = {
  seal: (session: Session) => string
  /** @throws AppError ERR_TOKEN_INVALID, whatever is wrong; ERR_TOKEN_EXPIRED when it is only over */
  open: (token: string) => Session
}

const AUDIENCE = 'session'
const SESSION_SECONDS = 3600

/** Header, claims, 32 bytes of signature. */
const COMPACT_JWT = /^(eyJ[\w-]{20,300})\.(eyJ[\w-]{20,1000})\.([\w-]{43})$/

type Claims = { iss: string; aud: string; sub: string; at: number; iat: number; exp: number }

/**
 * Sessions: JWTs signed with HS256 that are good for an hour. Everybody who claims shows one, so they
 * are checked on this thread: jose hands each signature to another one, which was a quarter of the time
 * that Node spent on a claim. There is no choice of algorithm: the header must be one that we make.
 */
export function createSessions(ring: KeyRing, now: () => Date): Sessions {
  const keyByHeader = new Map([...ring.byKid.values()].map((key) => [headerOf(key), key]))
  const newestHeader = headerOf(ring.newest)

  return {
    seal: ({ personId, signedAt }) => {
      const issuedAt = seconds(now())
      const claims: Claims = {
        iss: ISSUER,
        aud: AUDIENCE,
        sub: personId,
        at: seconds(signedAt),
        iat: issuedAt,
        exp: issuedAt + SESSION_SECONDS,
      }
      const signed = `${newestHeader}.${encode(claims)}`
      return `${signed}.${signatureOf(signed, ring.newest).toString('base64url')}`
    },

    open: (token) => {
      const [, header = '', claims = '', signature = ''] = COMPACT_JWT.exec(token) ?? []
      const key = keyByHeader.get(header)
      if (!key) throw invalid()
      const expected = signatureOf(`${header}.${claims}`, key)
      if (!timingSafeEqual(expected, Buffer.from(signature, 'base64url'))) throw invalid()
      const { iss, aud, sub, at, exp } = JSON.parse(decode(claims)) as Claims
      if (iss !== ISSUER || aud !== AUDIENCE) throw invalid()
      if (seconds(now()) >= exp + CLOCK_TOLERANCE_SECONDS) throw expired()
      return { personId: sub, signedAt: new Date(at * 1000) }
    },
  }
}

function headerOf({ kid }: TokenKey): string {
  return encode({ alg: 'HS256', kid, typ: 'session+jwt' })
}

function signatureOf(text: string, { signing }: TokenKey): Buffer {
  return createHmac('sha256', signing).update(text).digest()
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decode(text: string): string {
  return Buffer.from(text, 'base64url').toString()
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000)
}

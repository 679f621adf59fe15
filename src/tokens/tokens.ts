import { AppError } from '../errors.ts'
import { type KeyRing, readKeyRing } from './key-ring.ts'
import { open, type Sealing, seal } from './seal.ts'
import { createSessions, type Session } from './sessions.ts'

/** What a receipt's QR holds: which order, of whom. @patent 5 */
type QueryClaims = { merchantId: string; orderId: string }

/** What a shared link holds: which share, of whom. @patent 1 */
type ShareClaims = { merchantId: string; shareId: string }

export type Tokens = {
  sealQuery(claims: QueryClaims): Promise<string>
  openQuery(token: string): Promise<QueryClaims>
  sealShare(claims: ShareClaims): Promise<string>
  openShare(token: string): Promise<ShareClaims>
  sealSession(session: Session): string
  openSession(token: string): Session
  sealPin(pin: string): Promise<string>
  /** Nothing when the key that sealed it is gone. */
  openPin(sealed: string): Promise<string | undefined>
}

const DAY_SECONDS = 24 * 3600
const QUERY_SECONDS = 400 * DAY_SECONDS
/** Longer than any share lives: whoever has a voucher is shown it from the old link too. */
const SHARE_SECONDS = 400 * DAY_SECONDS
const PIN_SECONDS = 3650 * DAY_SECONDS
const REMEMBERED = 10_000

/** The tokens of this installation, made with the first key and opened with any. */
export function createTokens(keys: string, now: () => Date): Tokens {
  const ring: KeyRing = readKeyRing(keys)
  const sealing: Sealing = { ring, now }
  const sessions = createSessions(ring, now)
  const openShare = remember(async (token) => {
    const { m, s } = await open(sealing, 'share', readStartParam(token))
    return { merchantId: text(m), shareId: text(s) }
  })
  return {
    sealQuery: ({ merchantId, orderId }) =>
      seal(sealing, 'query', { m: merchantId, o: orderId }, QUERY_SECONDS),
    openQuery: async (token) => {
      const { m, o } = await open(sealing, 'query', readStartParam(token))
      return { merchantId: text(m), orderId: text(o) }
    },
    sealShare: ({ merchantId, shareId }) =>
      seal(sealing, 'share', { m: merchantId, s: shareId }, SHARE_SECONDS),
    openShare,
    sealSession: sessions.seal,
    openSession: sessions.open,
    sealPin: (pin) => seal(sealing, 'pin', { p: pin }, PIN_SECONDS),
    openPin: (sealed) =>
      open(sealing, 'pin', sealed).then(
        ({ p }) => text(p),
        () => undefined,
      ),
  }
}

/** A token as `startapp` carries it: dots are forbidden there, so the JWE is encoded once more. */
export function startParamOf(token: string): string {
  return Buffer.from(token).toString('base64url')
}

/** A token from either form, as it stands in a URL or in `startapp`. */
function readStartParam(token: string): string {
  return token.includes('.') || token.length > 2000
    ? token
    : Buffer.from(token, 'base64url').toString()
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new AppError('ERR_TOKEN_INVALID', 'This link is not valid.')
  return value
}

/** Opening is pure, so a hot link is opened once; the oldest remembered one makes room. */
function remember<T>(opener: (token: string) => Promise<T>): (token: string) => Promise<T> {
  const opened = new Map<string, Promise<T>>()
  return (token) => {
    const known = opened.get(token)
    if (known) return known
    const opening = opener(token)
    opening.then(
      () => undefined,
      () => opened.delete(token),
    )
    opened.set(token, opening)
    for (const oldest of opened.keys()) {
      if (opened.size <= REMEMBERED) break
      opened.delete(oldest)
    }
    return opening
  }
}

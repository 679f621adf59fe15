import { createHmac, timingSafeEqual } from 'node:crypto'

import { AppError } from '../errors.ts'

const MAX_AGE_SECONDS = 24 * 3600
const MAX_AHEAD_SECONDS = 60
const MAX_LENGTH = 8192

/** Who opened the Mini App, as Telegram signed it. */
export type Opener = {
  userId: string
  languageCode?: string
  allowsWriteToPm: boolean
  signedAt: Date
  startParam?: string
}

/**
 * Reads initData after checking Telegram's signature: HMAC-SHA256 over all fields but `hash`, sorted,
 * with a key made of the bot's token. At most 24 hours old, at most 60 seconds ahead of our clock.
 *
 * @throws AppError ERR_INIT_DATA_INVALID, one answer for whatever is wrong
 */
export function readInitData(initData: string, botToken: string, now: Date): Opener {
  if (initData.length > MAX_LENGTH) throw invalid('too long')
  const fields = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(initData)) {
    if (fields.has(name) || !/^\w{1,40}$/.test(name) || value.includes('\n')) throw invalid('field')
    fields.set(name, value)
  }
  checkSignature(fields, botToken)
  return openerOf(fields, signedAtOf(fields, now))
}

/** The signature that Telegram puts on these fields. */
export function signInitData(fields: ReadonlyMap<string, string>, botToken: string): string {
  const lines = [...fields].map(([name, value]) => `${name}=${value}`).sort()
  const key = createHmac('sha256', 'WebAppData').update(botToken).digest()
  return createHmac('sha256', key).update(lines.join('\n')).digest('hex')
}

function checkSignature(fields: ReadonlyMap<string, string>, botToken: string): void {
  const hash = fields.get('hash') ?? ''
  if (!/^[0-9a-f]{64}$/.test(hash)) throw invalid('hash')
  const signed = new Map([...fields].filter(([name]) => name !== 'hash'))
  if (!timingSafeEqual(Buffer.from(hash), Buffer.from(signInitData(signed, botToken))))
    throw invalid('signature')
}

function signedAtOf(fields: ReadonlyMap<string, string>, now: Date): Date {
  const authDate = fields.get('auth_date') ?? ''
  if (!/^\d{1,12}$/.test(authDate)) throw invalid('auth_date')
  const ageSeconds = now.getTime() / 1000 - Number(authDate)
  if (ageSeconds > MAX_AGE_SECONDS || ageSeconds < -MAX_AHEAD_SECONDS) throw invalid('auth_date')
  return new Date(Number(authDate) * 1000)
}

function openerOf(fields: ReadonlyMap<string, string>, signedAt: Date): Opener {
  const user = jsonOf(fields.get('user'))
  const id = user['id']
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id <= 0 || user['is_bot'] === true)
    throw invalid('user')
  const language = user['language_code']
  const startParam = fields.get('start_param')
  return {
    userId: String(id),
    signedAt,
    allowsWriteToPm: user['allows_write_to_pm'] === true,
    ...(typeof language === 'string' && { languageCode: language }),
    ...(startParam !== undefined && { startParam }),
  }
}

function jsonOf(text = ''): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // answered below like everything else that is wrong
  }
  throw invalid('user')
}

function invalid(what: string): AppError {
  return new AppError(
    'ERR_INIT_DATA_INVALID',
    'Telegram did not sign this, or too long ago. Open the app again.',
    {
      cause: new Error(what),
    },
  )
}

import { randomBytes, randomInt, randomUUID } from 'node:crypto'

import { ALPHABET, CODE_LENGTH, withCheckCharacter } from './domain/code.ts'

export type IdKind =
  | 'mer'
  | 'sto'
  | 'inv'
  | 'ord'
  | 'can'
  | 'cmp'
  | 'vtp'
  | 'off'
  | 'shr'
  | 'clm'
  | 'vch'
  | 'rdm'
  | 'rbk'
  | 'hld'
  | 'exp'
  | 'chg'
  | 'cbt'

/**
 * A prefixed id that sorts by the time it was made: 10 characters of milliseconds and 10 of chance
 * (50 bits), both in Crockford's base 32, e.g. `shr_01jd5n7x2kq8r4w1c3ve`.
 */
export function newId(kind: IdKind, now = Date.now()): string {
  let id = ''
  for (let rest = now, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) {
    id = ALPHABET.charAt(rest % 32) + id
  }
  return `${kind}_${(id + randomText(10)).toLowerCase()}`
}

/** A voucher code: 60 bits of chance and a check character, e.g. `7KQ2M4XV9RTCV`. */
export function newCode(): string {
  return withCheckCharacter(randomText(CODE_LENGTH))
}

/** So many codes with a prefix, with `length` characters of chance in each and a check character. */
export function newCodes(count: number, prefix: string, length: number): string[] {
  // 32 divides 256, so every character of the alphabet is as likely as any other
  const chance = randomBytes(count * length)
  return Array.from({ length: count }, (_, i) => {
    let text = prefix
    for (let at = i * length; at < (i + 1) * length; at++) {
      text += ALPHABET.charAt((chance[at] ?? 0) % 32)
    }
    return withCheckCharacter(text)
  })
}

/** Six digits for an order whose merchant sent no PIN. */
export function newPin(): string {
  return String(randomInt(1_000_000)).padStart(6, '0')
}

/** An opaque reference of 22 characters (128 bits) that fits Telegram's `?start=`. */
export function newReference(): string {
  return randomBytes(16).toString('base64url')
}

/** At most 12 characters: so many bytes of a UUID are nothing but chance, and Node keeps some in store. */
function randomText(length: number): string {
  const [first = '', second = '', , , last = ''] = randomUUID().split('-')
  let text = ''
  for (const byte of Buffer.from(first + second + last, 'hex').subarray(0, length)) {
    text += ALPHABET.charAt(byte % 32)
  }
  return text
}

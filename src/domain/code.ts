/** Crockford's base 32: no I, L, O or U, so nothing can be mistaken for anything else. */
export const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Characters of chance in a voucher code, five bits each: 60 bits. The check character follows them. */
export const CODE_LENGTH = 12

/** What a batch of codes may ask for: characters of a prefix, and of chance behind it. */
export const CODE_LIMITS = { prefix: 16, leastLength: 4, mostLength: 40 } as const

/** How long the codes are that a merchant brings. */
const OWN_CODE = { least: 4, most: 64 } as const

/** Appends the check character (Luhn mod 32), which any single mistyped character and nearly any swap breaks. */
export function withCheckCharacter(text: string): string {
  return text + ALPHABET.charAt((32 - (luhnSum(text, 2) % 32)) % 32)
}

/**
 * The code that somebody typed, in its one spelling: capitals, without spaces or hyphens, O read as 0
 * and I or L as 1. Answers undefined when it cannot be a code of ours, typing errors included.
 */
export function readCode(typed: string): string | undefined {
  const code = plainSpelling(typed)
  if (code.length < SHORTEST || code.length > LONGEST || !isOfAlphabet(code)) return undefined
  return luhnSum(code, 1) % 32 === 0 ? code : undefined
}

/** Whether what was typed looks like a code of the usual length with a mistake in it. */
export function isMistyped(typed: string): boolean {
  const code = plainSpelling(typed)
  return code.length === CODE_LENGTH + 1 && isOfAlphabet(code) && readCode(typed) === undefined
}

/**
 * A code that a merchant brings, in the one spelling in which it is kept: capitals, without blanks, its
 * hyphens where they are. Letters, digits and a few signs; answers undefined for anything else.
 */
export function readOwnCode(typed: string): string | undefined {
  const code = typed.replace(/\s/g, '').toUpperCase()
  const isLong = code.length >= OWN_CODE.least && code.length <= OWN_CODE.most
  return isLong && /^[A-Z0-9][A-Z0-9._/#*+-]*$/.test(code) ? code : undefined
}

/** Every text under which what was typed may be known, the likeliest first. */
export function spellingsOf(typed: string): string[] {
  const spellings = [readCode(typed), readOwnCode(typed)]
  return [...new Set(spellings.filter((spelling) => spelling !== undefined))]
}

/**
 * A prefix in the spelling of codes, e.g. `SAVE-` is `SAVE`; or the character in it that a code cannot
 * have. Letters that look like digits would be read as them: they are refused, not changed.
 */
export function readPrefix(typed: string): { prefix: string } | { refused: string } {
  const prefix = typed.toUpperCase().replace(/[\s-]/g, '')
  const refused = Array.from(prefix).find((character) => !isOfAlphabet(character))
  return refused === undefined ? { prefix } : { refused }
}

/** How many different codes there are with so many characters of chance. */
export function codeSpace(length: number): number {
  return 32 ** length
}

/** A code as people read it: ours as `7KQ2-M4XV-9RTC-V`, a merchant's own as it is. */
export function spellCode(code: string): string {
  return readCode(code) === code ? (code.match(/.{1,4}/g)?.join('-') ?? code) : code
}

const SHORTEST = CODE_LIMITS.leastLength + 1
const LONGEST = CODE_LIMITS.prefix + CODE_LIMITS.mostLength + 1

function plainSpelling(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
}

function isOfAlphabet(text: string): boolean {
  for (const character of text) if (!ALPHABET.includes(character)) return false
  return true
}

function luhnSum(text: string, lastFactor: 1 | 2): number {
  let sum = 0
  let factor: number = lastFactor
  for (let i = text.length - 1; i >= 0; i--) {
    const product = factor * ALPHABET.indexOf(text.charAt(i))
    sum += Math.floor(product / 32) + (product % 32)
    factor = 3 - factor
  }
  return sum
}

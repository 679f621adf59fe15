/** Crockford's base 32: no I, L, O or U, so nothing can be mistaken for anything else. */
export const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Characters of chance in a voucher code, five bits each: 60 bits. The check character follows them. */
export const CODE_LENGTH = 12

/** Appends the check character (Luhn mod 32), which any single mistyped character and nearly any swap breaks. */
export function withCheckCharacter(text: string): string {
  return text + ALPHABET.charAt((32 - (luhnSum(text, 2) % 32)) % 32)
}

/**
 * The code that somebody typed, in its one spelling: capitals, without spaces or hyphens, O read as 0
 * and I or L as 1. Answers undefined when it cannot be a code of ours, typing errors included.
 */
export function readCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  if (code.length !== CODE_LENGTH + 1) return undefined
  for (const character of code) {
    if (!ALPHABET.includes(character)) return undefined
  }
  return luhnSum(code, 1) % 32 === 0 ? code : undefined
}

/** A code as people read it: `7KQ2-M4XV-9RTC-W`. */
export function spellCode(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? code
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

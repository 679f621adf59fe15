import { createHash, createHmac, randomBytes } from 'node:crypto'

/** A new secret that a share's random amounts are drawn from: 32 bytes as hex. */
export function newSeed(): string {
  return randomBytes(32).toString('hex')
}

/** What is published of a seed before the share is over: SHA-256 of its hex text. */
export function hashOfSeed(seed: string): string {
  return createHash('sha256').update(seed).digest('hex')
}

/**
 * The sequence of draws that follows from a seed, so that anyone can repeat it: 48 bits of
 * HMAC-SHA256(seed, counter) at a time, drawn again where they would favour small numbers.
 */
export function drawsFrom(seed: string): (below: number) => number {
  let counter = 0
  return (below) => {
    const limit = 2 ** 48 - (2 ** 48 % below)
    for (;;) {
      const bits = createHmac('sha256', seed).update(String(counter++)).digest().readUIntBE(0, 6)
      if (bits < limit) return bits % below
    }
  }
}

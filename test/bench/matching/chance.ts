import { uniforms } from '../../../src/matching/draws.ts'

/** Numbers in [0, 1). */
export type Draw = () => number

export function drawsFrom(seed: number): Draw {
  return uniforms(seed * 7919 + 13)
}

/** A standard normal number (Box and Muller). */
export function normal(draw: Draw): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
}

/** A Beta(a, b) number, from two Gammas (Marsaglia and Tsang). */
export function beta(a: number, b: number, draw: Draw): number {
  const x = gamma(a, draw)
  return x / (x + gamma(b, draw))
}

function gamma(shape: number, draw: Draw): number {
  if (shape < 1) return gamma(shape + 1, draw) * (1 - draw()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(draw)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - draw()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** 0 … count−1 in an order of chance (Fisher and Yates). */
export function shuffled(count: number, draw: Draw): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(draw() * (i + 1))
    const kept = order[i]!
    order[i] = order[j]!
    order[j] = kept
  }
  return order
}

/** The place that a number in [0, 1) falls on. */
export function pick(probabilities: readonly number[], number: number): number {
  let left = number
  for (let k = 0; k < probabilities.length - 1; k++) {
    left -= probabilities[k]!
    if (left < 0) return k
  }
  return probabilities.length - 1
}

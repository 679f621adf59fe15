/** Numbers in [0, 1) that follow from a seed (mulberry32). */
export function uniforms(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Standard normal numbers, the same ones each time: what is drawn from a belief follows from the belief
 * alone, so a log replays bit for bit and equal people are decided alike.
 */
export function normals(count: number): Float64Array {
  const uniform = uniforms(0x9e3779b9)
  const table = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()))
    table[i] = radius * Math.cos(2 * Math.PI * uniform())
  }
  return table
}

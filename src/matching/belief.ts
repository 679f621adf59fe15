/**
 * What is believed of the weights of a logistic model: a Gaussian with full covariance, in logits.
 * `cov` is size × size, row by row, and exactly symmetric. Numbers are kept in single precision and
 * computed with in double, so a belief that was stored and read again goes on bit for bit.
 */
export type Belief = { size: number; mean: Float32Array; cov: Float32Array }

/** A vector most of whose entries are zero: entry `at[i]` is `value[i]`. */
export type Sparse = { at: ArrayLike<number>; value: ArrayLike<number> }

/** Independent weights around `mean` with these standard deviations. */
export function independent(mean: ArrayLike<number>, sds: ArrayLike<number>): Belief {
  const size = mean.length
  const cov = new Float32Array(size * size)
  for (let i = 0; i < size; i++) cov[i * size + i] = sds[i]! ** 2
  return { size, mean: Float32Array.from(mean), cov }
}

/** The covariance times a vector. */
function covTimes({ size, cov }: Belief, { at, value }: Sparse): Float64Array {
  const product = new Float64Array(size)
  for (let j = 0; j < at.length; j++) {
    const row = at[j]! * size
    const factor = value[j]!
    for (let i = 0; i < size; i++) product[i]! += cov[row + i]! * factor
  }
  return product
}

export function dot({ at, value }: Sparse, dense: ArrayLike<number>): number {
  let sum = 0
  for (let j = 0; j < at.length; j++) sum += dense[at[j]!]! * value[j]!
  return sum
}

export function sigmoid(score: number): number {
  return 1 / (1 + Math.exp(-score))
}

/** The probability of a yes at a score that is itself uncertain (MacKay's approximation). */
export function moderated(score: number, variance: number): number {
  return sigmoid(score / Math.sqrt(1 + (Math.PI / 8) * variance))
}

/** Where an answer stands in a belief: its score, how uncertain that is, and what it would move. */
export type Stand = { score: number; variance: number; direction: Float64Array }

export function standOf(belief: Belief, features: Sparse): Stand {
  const direction = covTimes(belief, features)
  return { score: dot(features, belief.mean), variance: dot(features, direction), direction }
}

/** Throws a RangeError when an answer cannot be learnt from here. */
export function mustBeSound({ score, variance }: Stand): void {
  if (!(variance > 0) || !Number.isFinite(score + variance)) {
    throw new RangeError('a belief is no longer sound')
  }
}

/**
 * Learns one answer: the mean moves to the score that balances belief and answer, and the covariance
 * loses one rank.
 *
 * @param answer 1 for yes, 0 for no
 */
export function learn(belief: Belief, { score, variance, direction }: Stand, answer: 0 | 1): void {
  const { size, mean, cov } = belief
  const p = sigmoid(balance(score, variance, answer))
  const weight = p * (1 - p)
  const root = Math.sqrt(weight / (1 + weight * variance))
  // a number times itself in either order is the same: the covariance stays symmetric to the last bit
  const lost = direction.map((part) => root * part)
  for (let i = 0; i < size; i++) {
    if (lost[i] === 0) continue
    mean[i]! += direction[i]! * (answer - p)
    const row = i * size
    for (let j = 0; j < size; j++) cov[row + j]! -= lost[i]! * lost[j]!
  }
}

/** Solves eta = score + variance · (answer − sigmoid(eta)) by Newton's method, fenced in. */
function balance(score: number, variance: number, answer: number): number {
  let low = score - variance
  let high = score + variance
  let eta = score
  for (let i = 0; i < 50; i++) {
    const p = sigmoid(eta)
    const off = eta - score - variance * (answer - p)
    if (Math.abs(off) < 1e-10) break
    if (off > 0) high = eta
    else low = eta
    const next = eta - off / (1 + variance * p * (1 - p))
    eta = next > low && next < high ? next : (low + high) / 2
  }
  return eta
}

/**
 * Forgets: as if each weight had wandered since. What was learnt of it stays with its part of `roots` (of
 * its variance the square), the rest is as it was before anything was learnt.
 *
 * @param prior independent weights
 */
export function forget(belief: Belief, prior: Belief, roots: Float64Array): void {
  const { size, mean, cov } = belief
  for (let i = 0; i < size; i++) {
    const root = roots[i]!
    const row = i * size
    mean[i] = root * mean[i]! + (1 - root) * prior.mean[i]!
    for (let j = 0; j < size; j++) cov[row + j] = root * roots[j]! * cov[row + j]!
    cov[row + i]! += (1 - root * root) * prior.cov[row + i]!
  }
}

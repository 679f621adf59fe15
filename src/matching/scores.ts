import { pairAt, type Ready, type ReadyMember } from './ready.ts'

/** One person and the arms at hand, prepared once for all members and stages. */
export type Asked = {
  person: ArrayLike<number>
  kinds: readonly ArrayLike<number>[]
  /** The products of a person's features with each other: where they stand as pairs, but for zeros. */
  places: Int32Array
  products: Float64Array
}

/** Throws a RangeError where a feature is missing or no number. */
export function ask(
  ready: Ready,
  person: ArrayLike<number>,
  kinds: readonly ArrayLike<number>[],
): Asked {
  mustBeWhole(ready, person, kinds)
  const present = Array.from(person, (_, i) => i).filter((i) => person[i] !== 0)
  const places = new Int32Array(pairAt(present.length, 0))
  const products = new Float64Array(places.length)
  let next = 0
  for (const [n, i] of present.entries()) {
    for (let m = 0; m <= n; m++) {
      places[next] = pairAt(i, present[m]!)
      products[next++] = person[i]! * person[present[m]!]!
    }
  }
  return { person, kinds, places, products }
}

function mustBeWhole(
  ready: Ready,
  person: ArrayLike<number>,
  kinds: readonly ArrayLike<number>[],
): void {
  const isWhole =
    person.length === ready.people &&
    kinds.length === ready.arms &&
    kinds.every((kind) => kind.length === ready.kinds)
  if (!isWhole) throw new RangeError('features are missing')
  for (const features of [person, ...kinds]) {
    for (let i = 0; i < features.length; i++) {
      if (!Number.isFinite(features[i])) throw new RangeError('a feature is no number')
    }
  }
}

/** The scores of all arms for one person as a member believes them: means, and how they vary together. */
export type Scores = { means: Float64Array; cov: Float64Array }

export function scoresOf(member: ReadyMember, asked: Asked): Scores {
  const { kinds } = asked
  const count = kinds.length
  const scores = { means: new Float64Array(count), cov: new Float64Array(count * count) }
  const squares = squaresOf(member, asked)
  const shifts = kinds.map((_, k) => shiftOf(member, asked, k))
  for (let k = 0; k < count; k++) {
    scores.means[k] = inner(asked.person, member.means, k) + inner(kinds[k]!, member.kindMeans)
    for (let l = 0; l <= k; l++) {
      const sum =
        squares[pairAt(k, l)]! + inner(kinds[l]!, shifts[k]!) + inner(kinds[k]!, shifts[l]!)
      scores.cov[k * count + l] = scores.cov[l * count + k] = sum
    }
  }
  return scores
}

/** What the person's own effects add, for each pair of arms. */
function squaresOf({ squares }: ReadyMember, { places, products, kinds }: Asked): Float64Array {
  const pairs = pairAt(kinds.length, 0)
  const sums = new Float64Array(pairs)
  // two at a time, for this is where a decision's time goes
  for (let n = 0; n < places.length; n += 2) {
    const [one, other] = [places[n]! * pairs, (places[n + 1] ?? 0) * pairs]
    const [product, next] = [products[n]!, products[n + 1] ?? 0]
    for (let pair = 0; pair < pairs; pair++) {
      sums[pair]! += squares[one + pair]! * product + squares[other + pair]! * next
    }
  }
  return sums
}

/** How an arm's score varies together with each effect of the kinds; of that of its own kind the half. */
function shiftOf({ crosses, kindCov }: ReadyMember, { person, kinds }: Asked, k: number) {
  const kind = kinds[k]!
  const types = kind.length
  const shift = new Float64Array(types)
  const add = (factor: number, rows: Float64Array, row: number) => {
    if (factor === 0) return
    for (let j = 0; j < types; j++) shift[j]! += factor * rows[row * types + j]!
  }
  for (let i = 0; i < person.length; i++) add(person[i]!, crosses, k * person.length + i)
  for (let i = 0; i < types; i++) add(kind[i]! / 2, kindCov, i)
  return shift
}

/** The product of features with one row of effects. */
function inner(features: ArrayLike<number>, effects: Float64Array, row = 0): number {
  const from = row * features.length
  let sum = 0
  for (let i = 0; i < features.length; i++) sum += features[i]! * effects[from + i]!
  return sum
}

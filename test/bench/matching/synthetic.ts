import { type Draw, drawsFrom, normal } from './chance.ts'
import type { DataSet } from './data-set.ts'

type People = Pick<DataSet, 'count' | 'people' | 'arms' | 'kinds' | 'x' | 'z'>

/** People of known taste, for where no data are at hand: some effects are everybody's, some personal. */
export function synthetic(
  seed: number,
  { count = 8000, people = 12, arms = 5, kinds = 3, personal = 0.6 } = {},
): DataSet {
  const draw = drawsFrom(seed)
  const x = peopleOf(count, people, draw)
  const z = Float32Array.from({ length: arms * kinds }, () => Math.tanh(normal(draw)))
  const of = { count, people, arms, kinds, x, z }
  const worth = new Array<number>(arms).fill(1)
  return { name: 'synthetic', ...of, worth, rewards: rewardsOf(of, personal, draw) }
}

/** Every third feature is one that few have. */
function peopleOf(count: number, people: number, draw: Draw): Float32Array {
  return Float32Array.from({ length: count * people }, (_, at) => {
    const j = at % people
    if (j === 0) return 1
    return j % 3 === 0 ? Number(draw() < 0.3) : Math.tanh(normal(draw))
  })
}

/** How likely each of these people is to say yes to each arm, by a taste that is made up. */
export function rewardsOf(of: People, personal: number, draw: Draw): Float32Array {
  const { count, people, arms, x } = of
  const { own, shared, each } = tasteOf(of, personal, draw)
  return Float32Array.from({ length: count * arms }, (_, at) => {
    const k = at % arms
    const from = ((at - k) / arms) * people
    let score = -1 + own[k]!
    for (let j = 1; j < people; j++) score += x[from + j]! * (shared[j]! + each[k * people + j]!)
    return 1 / (1 + Math.exp(-score))
  })
}

/** What an arm is in itself follows in part from its features. */
function tasteOf({ people, arms, kinds, z }: People, personal: number, draw: Draw) {
  const spread = Math.sqrt(people)
  const kind = Array.from({ length: kinds }, () => 0.5 * normal(draw))
  return {
    own: Array.from({ length: arms }, (_, k) =>
      kind.reduce((sum, weight, j) => sum + weight * z[k * kinds + j]!, 0.4 * normal(draw)),
    ),
    shared: Array.from({ length: people }, () => (0.4 * normal(draw)) / spread),
    each: Array.from({ length: arms * people }, () => (personal * normal(draw)) / spread),
  }
}

import { moderated, sigmoid } from './belief.ts'
import { normals } from './draws.ts'
import type { Ready, ReadyMember } from './ready.ts'
import { type Asked, ask, type Scores, scoresOf } from './scores.ts'

/** More arms than this are not chosen from at once, and an answer has no more stages than this. */
const MOST = { arms: 64, stages: 2 }
/** Draws come in pairs of opposite sign; a member that is not likely gets fewer. */
const PAIRS = { most: 50, least: 10 }
const NORMALS = normals(MOST.stages * PAIRS.most * MOST.arms)
/** What is less likely is not asked. */
const NEGLIGIBLE = 0.002

/** What an arm brings when the answer is yes, and what it takes whether or not. */
export type Stake = { worth: number; price: number }

/** With what probability each arm is to be chosen, and how likely the final yes is for each. */
export type Chances = { probabilities: number[]; expected: number[] }

/**
 * How often each arm is worth most when all scores are drawn together from what is believed (Thompson
 * sampling, tallied), mixed over the members of each stage. It follows from models and features alone;
 * whoever draws from it knows the propensity exactly. Throws a RangeError when the numbers are not sound.
 *
 * @param stages models of the answers that must all be yes, one after the other
 * @param stakes of the arms to choose from: the first ones; those after them are not chosen
 * @returns in the order of the arms; the probabilities sum to 1 in millionths
 * @patent 3 7 8
 */
export function chances(
  stages: readonly Ready[],
  person: ArrayLike<number>,
  kinds: readonly ArrayLike<number>[],
  stakes: readonly Stake[],
): Chances {
  mustBeRight(stages, kinds, stakes)
  const asked = ask(stages[0]!, person, kinds)
  const views = stages.map((stage, s) =>
    stage.members.map((member) => viewOf(member, asked, firstNormal(s), pairsFor(member, stages))),
  )
  const expected = kinds.map((_, k) => views.reduce((p, members) => p * meanOf(members, k), 1))
  if (!expected.every(Number.isFinite)) throw new RangeError('a belief is no longer sound')
  const shares = new Array<number>(kinds.length).fill(0)
  for (const { weight, values } of worldsOf(views, areAlike(stakes))) {
    const each = (weight * kinds.length) / values.length
    for (const [k, wins] of countWins(values, kinds.length, stakes).entries()) {
      shares[k]! += each * wins
    }
  }
  return { probabilities: inMillionths(shares), expected }
}

function mustBeRight(
  stages: readonly Ready[],
  kinds: readonly unknown[],
  stakes: readonly Stake[],
): void {
  const isRight = stakes.length > 0 && stakes.length <= kinds.length && kinds.length <= MOST.arms
  if (!isRight || stages.length === 0 || stages.length > MOST.stages) {
    throw new RangeError('there is too little or too much to choose from')
  }
  if (!stakes.every(({ worth, price }) => Number.isFinite(worth) && Number.isFinite(price))) {
    throw new RangeError('a worth is no number')
  }
}

/** What a member makes of the arms at hand: their scores in each of the worlds drawn, and its own guess. */
type View = { weight: number; scores: Float64Array; expected: number[] }

function viewOf(member: ReadyMember, asked: Asked, first: number, pairs: number): View {
  const scores = scoresOf(member, asked)
  const { means, cov } = scores
  const expected = Array.from(means, (mean, k) => moderated(mean, cov[k * means.length + k]!))
  return { weight: member.weight, scores: draw(scores, member.temperature, first, pairs), expected }
}

function firstNormal(stage: number): number {
  return stage * PAIRS.most * MOST.arms
}

/** Members of several stages are combined world by world, so all of these have as many. */
function pairsFor({ weight }: ReadyMember, stages: readonly Ready[]): number {
  return stages.length > 1 ? PAIRS.most : Math.max(PAIRS.least, Math.ceil(PAIRS.most * weight))
}

function meanOf(members: readonly View[], k: number): number {
  return members.reduce((sum, { weight, expected }) => sum + weight * expected[k]!, 0)
}

function draw(
  { means, cov }: Scores,
  temperature: number,
  first: number,
  pairs: number,
): Float64Array {
  const count = means.length
  const root = rootOf(cov, count)
  const scores = new Float64Array(2 * pairs * count)
  for (let pair = 0; pair < pairs; pair++) {
    const from = first + pair * MOST.arms
    const to = 2 * pair * count
    for (let k = 0; k < count; k++) {
      let off = 0
      for (let j = 0; j <= k; j++) off += root[k * count + j]! * NORMALS[from + j]!
      scores[to + k] = means[k]! + temperature * off
      scores[to + count + k] = means[k]! - temperature * off
    }
  }
  return scores
}

/** Whether the likeliest is the best: then scores tell as much as probabilities, and are cheaper. */
function areAlike([first = { worth: 0, price: 0 }, ...others]: readonly Stake[]): boolean {
  const isSame = others.every(({ worth, price }) => worth === first.worth && price === first.price)
  return first.worth > 0 && isSame
}

/** In each world drawn, how good a yes stands for each arm, by one member of each stage together. */
type Worlds = { weight: number; values: Float64Array }

function worldsOf(stages: readonly (readonly View[])[], isByScore: boolean): Worlds[] {
  const [first = [], ...later] = stages.map((views) =>
    views.map(({ weight, scores }) => ({
      weight,
      values: isByScore && stages.length === 1 ? scores : likely(scores),
    })),
  )
  return later.reduce(
    (worlds, stage) => worlds.flatMap((world) => stage.flatMap((one) => both(world, one))),
    first,
  )
}

function likely(scores: Float64Array): Float64Array {
  const values = new Float64Array(scores.length)
  for (let n = 0; n < scores.length; n++) values[n] = sigmoid(scores[n]!)
  return values
}

function both(one: Worlds, other: Worlds): Worlds[] {
  const weight = one.weight * other.weight
  if (weight < NEGLIGIBLE) return []
  const values = new Float64Array(one.values.length)
  for (let n = 0; n < values.length; n++) values[n] = one.values[n]! * other.values[n]!
  return [{ weight, values }]
}

function countWins(values: Float64Array, count: number, stakes: readonly Stake[]): number[] {
  const wins = new Array<number>(stakes.length).fill(0)
  const worths = stakes.map(({ worth }) => worth)
  const prices = stakes.map(({ price }) => price)
  for (let from = 0; from < values.length; from += count) {
    let best = 0
    let most = Number.NEGATIVE_INFINITY
    for (let k = 0; k < worths.length; k++) {
      const value = values[from + k]! * worths[k]! - prices[k]!
      if (value > most) {
        most = value
        best = k
      }
    }
    wins[best]!++
  }
  return wins
}

/** The lower triangle whose product with its transpose is the matrix (Cholesky); throws where there is none. */
function rootOf(matrix: Float64Array, size: number): Float64Array {
  const root = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!
      for (let k = 0; k < j; k++) sum -= root[i * size + k]! * root[j * size + k]!
      if (i !== j) root[i * size + j] = root[j * size + j]! > 0 ? sum / root[j * size + j]! : 0
      else if (sum > -1e-4) root[i * size + i] = Math.sqrt(Math.max(0, sum))
      else throw new RangeError('a belief is no longer sound')
    }
  }
  return root
}

/** So often any arm is tried however unlikely it is, until so many answers are learnt; then ever less. */
const FLOOR = { most: 0.01, answers: 1000 }

/**
 * How often each of several arms is tried at least: what would have been can then be told from the log. A
 * hundredth of all choices goes there at first, and less the more was learnt, for it costs what it finds.
 */
export function floorFor(arms: number, learnt: number): number {
  return FLOOR.most / (1 + learnt / FLOOR.answers) / arms
}

/**
 * Keeps every arm in the game: at least its `least`, so that what would have been can be told from
 * the log, and where a merchant has set bounds for an arm, within these.
 *
 * @returns probabilities that sum to 1 in millionths; in proportion to what was asked where all of it cannot be
 */
export function bounded(
  probabilities: readonly number[],
  bounds: readonly { least: number; most: number }[],
): number[] {
  let result = probabilities.map((p, k) => clamp(p, bounds[k]!))
  for (let round = 0; round < 20; round++) {
    const missing = 1 - sumOf(result)
    if (Math.abs(missing) < 1e-12) break
    const room = result.map((p, k) => (missing > 0 ? bounds[k]!.most - p : p - bounds[k]!.least))
    const all = sumOf(room)
    if (all <= 0) break
    result = result.map((p, k) => clamp(p + (missing * room[k]!) / all, bounds[k]!))
  }
  return inMillionths(result)
}

function clamp(p: number, { least, most }: { least: number; most: number }): number {
  return Math.min(most, Math.max(least, p))
}

/**
 * Shares as whole millionths of their sum that sum to a million (largest remainders first), so that what
 * is logged in six decimals is what was drawn from.
 */
export function inMillionths(shares: readonly number[]): number[] {
  const all = sumOf(shares)
  if (shares.length > 0 && !(all > 0 && Number.isFinite(all))) {
    throw new RangeError('probabilities are no numbers')
  }
  // a billionth either way is the noise of the computation, not a remainder
  const exact = shares.map((share) => Math.round((share / all) * 1e9) / 1000)
  const whole = exact.map(Math.floor)
  const missing = Math.round(1e6 - sumOf(whole))
  const byRemainder = exact
    .map((one, k) => ({ k, remainder: one - Math.floor(one) }))
    .toSorted((a, b) => b.remainder - a.remainder || a.k - b.k)
  for (const { k } of byRemainder.slice(0, missing)) whole[k]!++
  return whole.map((one) => one / 1e6)
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0)
}

import { type Prior, USUAL_PRIOR } from '../../../src/matching/model.ts'
import { newPool, type Pool, pour, priorFrom } from '../../../src/matching/pool.ts'
import { type Draw, drawsFrom, normal, pick, shuffled } from './chance.ts'
import type { Crew } from './crew.ts'
import { type DataSet, meanSquareOf, personOf, rewardOf } from './data-set.ts'
import { openModel } from './shop-model.ts'
import { knownSource, setOf } from './sources.ts'
import { average, type Mean, meanOf } from './statistics.ts'
import { synthetic } from './synthetic.ts'

/** So many vouchers are given in one shop. */
const AT_ONCE = 6
/** How far a voucher does otherwise in another shop, in logits. */
const SHOPS_DIFFER = 0.4
/** How far the features of a voucher may move its score, as in the prior of shops. */
const KIND_SD = 0.4
const MARKS = [50, 100, 250, 1000]

/** What a new shop begins with: nothing, the pool of the others, or that without learning of its own. */
const WAYS = ['nothing known', 'from the pool', 'from the pool, learning no more'] as const
type Way = (typeof WAYS)[number]

/** The new shop gives the vouchers that the donors gave, or such as none of them ever gave. */
const VOUCHERS = ['vouchers of the donors', 'vouchers never given before'] as const
type Vouchers = (typeof VOUCHERS)[number]

/** How many shops gave how many vouchers each, and how many the new one gives. */
type Size = { donors: number; each: number; decisions: number }

const USUAL: Size = { donors: 20, each: 500, decisions: 1000 }

/** How much of what lies between chance and knowing everything a new shop got, until each mark. */
export type Pooled = {
  set: string
  vouchers: string
  way: string
  marks: (Mean & { mark: number })[]
}

export async function measurePool(crew: Crew, worlds: number): Promise<Pooled[]> {
  const results: Pooled[] = []
  for (const vouchers of VOUCHERS) {
    const questions = Array.from({ length: worlds }, (_, i) => ({
      ...USUAL,
      vouchers,
      seed: i + 1,
    }))
    const shops = await crew.askAll('openShop', questions)
    const set = vouchers === 'vouchers of the donors' ? setOf(knownSource()).name : 'synthetic'
    for (const way of WAYS) {
      const marks = MARKS.map((mark, m) => ({
        mark,
        ...meanOf(shops.map((captured) => captured[way][m]!)),
      }))
      results.push({ set, vouchers, way, marks })
    }
  }
  return results
}

/** A job of the crew: donors give vouchers and are pooled; then the same new shop opens in each way. */
export function openShop({ vouchers, seed, ...size }: Size & { vouchers: Vouchers; seed: number }) {
  const draw = drawsFrom(seed)
  const { given, fresh } = worldOf(vouchers, seed)
  const prior = { ...USUAL_PRIOR, meanSquare: meanSquareOf(given) }
  const pool = newPool(given.people, given.kinds, {
    ...prior,
    kindSds: new Array<number>(given.kinds).fill(KIND_SD),
  })
  for (let donor = 0; donor < size.donors; donor++) {
    donate(shopOf(given, draw), size.each, prior, pool, draw)
  }
  const shop = shopOf(fresh, draw)
  const first = draw() * 1e6
  const open = (known: Prior, features: boolean, learns: boolean) =>
    live(shop, openModel(shop, known, features), size.decisions, drawsFrom(first), learns)
  return {
    'nothing known': open(prior, false, true),
    'from the pool': open(priorFrom(pool), true, true),
    'from the pool, learning no more': open(priorFrom(pool), true, false),
  } satisfies Record<Way, number[]>
}

function worldOf(vouchers: Vouchers, seed: number): { given: DataSet; fresh: DataSet } {
  if (vouchers === 'vouchers of the donors') {
    // a feature for each voucher: that it is the same kind is known in both shops
    const set = setOf(knownSource())
    const kinds = set.arms
    const z = Float32Array.from({ length: kinds ** 2 }, (_, at) => Number(at % (kinds + 1) === 0))
    return { given: { ...set, kinds, z }, fresh: { ...set, kinds, z } }
  }
  const all = synthetic(seed, { arms: 24, kinds: 4, count: 3000 })
  const [given = [], fresh = []] = [0, 18].map((from) => places(24).slice(from, from + 18))
  return { given: armsOf(all, given), fresh: armsOf(all, fresh) }
}

function places(count: number): number[] {
  return Array.from({ length: count }, (_, k) => k)
}

/** The same people, and some of the arms. */
function armsOf(set: DataSet, chosen: readonly number[]): DataSet {
  const { count, kinds, arms, z, worth } = set
  return {
    ...set,
    arms: chosen.length,
    z: Float32Array.from(chosen.flatMap((k) => [...z.subarray(k * kinds, (k + 1) * kinds)])),
    worth: chosen.map((k) => worth[k]!),
    rewards: Float32Array.from({ length: count * chosen.length }, (_, at) => {
      const person = Math.floor(at / chosen.length)
      return set.rewards![person * arms + chosen[at % chosen.length]!]!
    }),
  }
}

/** The same people in a shop that gives a few of the vouchers, each of which does somewhat better or worse. */
function shopOf(set: DataSet, draw: Draw): DataSet {
  const chosen = [...shuffled(set.arms, draw)].slice(0, AT_ONCE)
  const shop = armsOf(set, chosen)
  const moves = chosen.map(() => SHOPS_DIFFER * normal(draw))
  const rewards = shop.rewards!.map((p, at) => {
    const odds = (p / (1 - p)) * Math.exp(moves[at % chosen.length]!)
    return p >= 1 ? 1 : odds / (1 + odds)
  })
  return { ...shop, rewards }
}

/** A donor decides by what it learns itself; every answer goes into the pool. */
function donate(shop: DataSet, each: number, prior: Prior, pool: Pool, draw: Draw): void {
  const model = openModel(shop, prior)
  for (let t = 0; t < each; t++) {
    const i = Math.floor(draw() * shop.count)
    const x = personOf(shop, i)
    const arm = pick(model.decide(x).probabilities, draw())
    const answer = draw() < rewardOf(shop, i, arm) ? 1 : 0
    model.learn(x, arm, answer)
    const kind = [...shop.z.subarray(arm * shop.kinds, (arm + 1) * shop.kinds)]
    pour(pool, { person: [...x], kind, answer })
  }
}

function live(
  shop: DataSet,
  model: ReturnType<typeof openModel>,
  decisions: number,
  draw: Draw,
  learns: boolean,
): number[] {
  const sums = { got: 0, chance: 0, best: 0 }
  const captured: number[] = []
  for (let t = 1; t <= decisions; t++) {
    const i = Math.floor(draw() * shop.count)
    const x = personOf(shop, i)
    const rewards = Array.from({ length: shop.arms }, (_, k) => rewardOf(shop, i, k))
    const { probabilities } = model.decide(x)
    sums.got += probabilities.reduce((sum, p, k) => sum + p * rewards[k]!, 0)
    sums.chance += average(rewards)
    sums.best += Math.max(...rewards)
    const arm = pick(probabilities, draw())
    const answer = draw() < rewards[arm]! ? 1 : 0
    if (learns) model.learn(x, arm, answer)
    if (MARKS.includes(t)) captured.push((sums.got - sums.chance) / (sums.best - sums.chance))
  }
  return captured
}

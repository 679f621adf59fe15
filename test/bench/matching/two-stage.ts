import { chances } from '../../../src/matching/policy.ts'
import { drawsFrom, pick } from './chance.ts'
import type { Crew } from './crew.ts'
import { meanSquareOf, personOf, rewardOf } from './data-set.ts'
import { openModel } from './shop-model.ts'
import { average, type Mean, meanOf } from './statistics.ts'
import { rewardsOf, synthetic } from './synthetic.ts'

/** What is learnt, and when. */
export const WAYS = {
  'two stages': 'a claim at once; whether it was redeemed when the voucher is over',
  'two stages, a yes at once': 'a claim at once; a yes when it is redeemed, a no at the end',
  'redemption only': 'yes or no when the voucher is, or would be, over',
  'redemption only, what is known at once': 'no at once without a claim; a yes when it is redeemed',
  'as if known at once': 'yes or no at once, which nobody can',
} as const

type Way = keyof typeof WAYS

type Question = { way: Way; seed: number; life: number; decisions: number }

const MARKS = [250, 500, 1000, 2000, 4000]

/** Mean probability of a claim that is redeemed, until each mark; beside chance and the best fixed arm. */
export type TwoStage = { way: string; life: number; marks: (Mean & { mark: number })[] }

export async function measureTwoStage(
  crew: Crew,
  { life, decisions }: Pick<Question, 'life' | 'decisions'>,
  seeds: number,
): Promise<TwoStage[]> {
  const results = []
  for (const way of Object.keys(WAYS) as Way[]) {
    const questions = Array.from({ length: seeds }, (_, i) => ({
      way,
      life,
      decisions,
      seed: i + 1,
    }))
    const courses = await crew.askAll('playStages', questions)
    results.push({
      way,
      life,
      marks: marksOf(
        decisions,
        courses.map(({ values }) => values),
      ),
    })
    if (way !== 'two stages') continue
    for (const line of ['uniform', 'best fixed arm'] as const) {
      const values = courses.map((course) => MARKS.map(() => course[line]))
      results.push({ way: line, life, marks: marksOf(decisions, values) })
    }
  }
  return results
}

function marksOf(decisions: number, values: readonly (readonly number[])[]) {
  return MARKS.filter((mark) => mark <= decisions).map((mark, m) => {
    return { mark, ...meanOf(values.map((course) => course[m]!)) }
  })
}

/** A job of the crew: vouchers live for so many decisions, and are redeemed at any time of their life. */
export function playStages({ way, seed, life, decisions }: Question) {
  const set = synthetic(seed)
  const draw = drawsFrom(seed + 1000)
  const redeemed = { ...set, rewards: rewardsOf(set, 0.6, draw) }
  const both = (i: number, k: number) => rewardOf(set, i, k) * rewardOf(redeemed, i, k)
  const known = { meanSquare: meanSquareOf(set) }
  const models = (way.startsWith('two stages') ? [0, 1] : [0]).map(() => openModel(set, known))
  const places = Array.from({ length: set.arms }, (_, k) => k)
  const later = new Map<number, (() => void)[]>()
  const values: number[] = []
  let sum = 0
  for (let t = 0; t < decisions; t++) {
    for (const learn of later.get(t) ?? []) learn()
    later.delete(t)
    const i = Math.floor(draw() * set.count)
    const x = personOf(set, i)
    const ready = models.map((model) => model.ready())
    const { probabilities } = chances(
      ready,
      x,
      places.map(() => []),
      places.map(() => ({ worth: 1, price: 0 })),
    )
    for (const k of places) sum += probabilities[k]! * both(i, k)
    const arm = pick(probabilities, draw())
    const isClaimed = draw() < rewardOf(set, i, arm)
    const isRedeemed = isClaimed && draw() < rewardOf(redeemed, i, arm)
    const takes = isRedeemed ? 1 + Math.floor(draw() * life) : life
    const learn = (stage: number, yes: boolean) => models[stage]!.learn(x, arm, yes ? 1 : 0)
    const at = (when: number, what: () => void) => {
      if (when === 0) what()
      else later.set(t + when, [...(later.get(t + when) ?? []), what])
    }
    if (models.length === 2) learn(0, isClaimed)
    if (models.length === 2 && isClaimed)
      at(way === 'two stages' ? life : takes, () => learn(1, isRedeemed))
    if (way === 'redemption only') at(life, () => learn(0, isRedeemed))
    if (way === 'redemption only, what is known at once')
      at(isClaimed ? takes : 0, () => learn(0, isRedeemed))
    if (way === 'as if known at once') learn(0, isRedeemed)
    if (MARKS.includes(t + 1)) values.push(sum / (t + 1))
  }
  const means = places.map((k) => average(Array.from({ length: set.count }, (_, i) => both(i, k))))
  return { values, uniform: average(means), 'best fixed arm': Math.max(...means) }
}

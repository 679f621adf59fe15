import {
  armOf,
  featuresOf,
  HALF_LIFE,
  newModel,
  type Prior,
  teach,
  USUAL_PRIOR,
} from '../../../src/matching/model.ts'
import { type Chances, chances, type Stake } from '../../../src/matching/policy.ts'
import { makeReady, type Ready } from '../../../src/matching/ready.ts'
import type { DataSet } from './data-set.ts'

/** The product's model as one shop keeps it: made ready again when it has learnt. */
export type ShopModel = {
  decide(x: Float32Array, stakes?: readonly Stake[]): Chances
  learn(x: Float32Array, arm: number, answer: 0 | 1): void
  ready(): Ready
}

/** @param features whether it is told the features of the arms */
export function openModel(
  { people, arms, kinds, z }: Pick<DataSet, 'people' | 'arms' | 'kinds' | 'z'>,
  known: Partial<Prior>,
  features = false,
): ShopModel {
  const prior = { ...USUAL_PRIOR, ...known }
  const model = newModel(people, features ? kinds : 0, prior)
  const names = Array.from({ length: arms }, (_, k) => String(k))
  const places = names.map((name) => armOf(model, name, prior))
  const rows = names.map((_, k) => (features ? z.subarray(k * kinds, (k + 1) * kinds) : []))
  const alike = names.map(() => ({ worth: 1, price: 0 }))
  let made: Ready | undefined
  const ready = () => (made ??= makeReady(model, names, prior))
  return {
    ready,
    decide: (x, stakes = alike) => chances([ready()], x, rows, stakes),
    learn: (x, arm, answer) => {
      teach(model, featuresOf(model, x, rows[arm]!, places[arm]!), answer, prior, HALF_LIFE)
      made = undefined
    },
  }
}

import { bounded, floorFor } from '../../../src/matching/policy.ts'
import { type DataSet, meanSquareOf, personOf, rewardMeans, rewardOf } from './data-set.ts'
import { openModel, type ShopModel } from './shop-model.ts'

/** How a shop decides while it is watched: for a person, probabilities and what is expected of each arm. */
export type Behaviour = {
  decide(i: number): { policy: number[]; expected: number[] }
  learn(i: number, arm: number, answer: 0 | 1): void
}

export type BehaviourName = 'settled' | 'learning'

export function behaviourOf(name: BehaviourName, set: DataSet): Behaviour {
  return name === 'settled' ? settled(set) : learning(set)
}

/** Whoever would take an arm more likely is given it more often; what is expected is what all do on average. */
function settled(set: DataSet): Behaviour {
  const expected = rewardMeans(set)
  return {
    decide: (i) => ({ policy: leaningTo(set, i, 4), expected }),
    learn: () => undefined,
  }
}

/** Probabilities that rise with a person's taste for an arm, with the floor. */
export function leaningTo(set: DataSet, i: number, strength: number): number[] {
  const raw = Array.from({ length: set.arms }, (_, k) => Math.exp(strength * rewardOf(set, i, k)))
  const sum = raw.reduce((all, one) => all + one, 0)
  return withFloor(
    raw.map((one) => one / sum),
    0,
  )
}

function withFloor(probabilities: readonly number[], learnt: number): number[] {
  const least = floorFor(probabilities.length, learnt)
  const bounds = probabilities.map(() => ({ least, most: 1 }))
  return bounded(probabilities, bounds)
}

/** The product's model, which begins with nothing and learns meanwhile. */
function learning(set: DataSet): Behaviour {
  const model: ShopModel = openModel(set, { meanSquare: meanSquareOf(set) })
  return {
    decide: (i) => {
      const { probabilities, expected } = model.decide(personOf(set, i))
      return { policy: withFloor(probabilities, model.ready().learnt), expected }
    },
    learn: (i, arm, answer) => model.learn(personOf(set, i), arm, answer),
  }
}

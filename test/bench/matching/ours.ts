import {
  armOf,
  featuresOf,
  HALF_LIFE,
  newModel,
  teach,
  USUAL_PRIOR,
} from '../../../src/matching/model.ts'
import { bounded, chances, floorFor } from '../../../src/matching/policy.ts'
import { makeReady, type Ready } from '../../../src/matching/ready.ts'
import type { Contestant } from './learner.ts'

/** The product's model, with its floor, as it decides for a shop. */
export function ours({ halfLife = HALF_LIFE } = {}): Contestant {
  return {
    name: 'ours',
    make: ({ people, arms, worth, meanSquare, baseRate }) => {
      const prior = { ...USUAL_PRIOR, meanSquare, baseRate }
      const model = newModel(people, 0, prior)
      const names = Array.from({ length: arms }, (_, k) => String(k))
      for (const name of names) armOf(model, name, prior)
      const kinds = names.map(() => [])
      const stakes = worth.map((one) => ({ worth: one, price: 0 }))
      const boundsNow = () => {
        const least = floorFor(arms, model.learnt)
        return names.map(() => ({ least, most: 1 }))
      }
      let ready: Ready | undefined
      return {
        choose: (x) => {
          ready ??= makeReady(model, names, prior)
          return bounded(chances([ready], x, kinds, stakes).probabilities, boundsNow())
        },
        learn: (x, arm, reward) => {
          teach(model, featuresOf(model, x, [], arm), reward > 0 ? 1 : 0, prior, halfLife)
          ready = undefined
        },
      }
    },
  }
}

import { armOf, featuresOf, newModel, teach, USUAL_PRIOR } from '../../../src/matching/model.ts'
import { bounded, tally } from '../../../src/matching/policy.ts'
import type { Contestant } from './learner.ts'

/** The product's model, with its floor, as it decides for a shop. */
export function ours({ halfLife = Number.POSITIVE_INFINITY, floor = 0.01 } = {}): Contestant {
  return {
    name: 'ours',
    make: ({ people, arms, worth, meanSquare, baseRate }) => {
      const prior = { ...USUAL_PRIOR, meanSquare, baseRate }
      const model = newModel(people, 0, prior)
      const places = Array.from({ length: arms }, (_, k) => armOf(model, String(k), prior))
      const bounds = places.map(() => ({ least: floor / arms, most: 1 }))
      return {
        choose: (x) => {
          const features = places.map((arm) => featuresOf(model, x, [], arm))
          return bounded(
            tally(model, features, (k, p) => p * worth[k]!),
            bounds,
          )
        },
        learn: (x, arm, reward) => {
          teach(model, featuresOf(model, x, [], arm), reward > 0 ? 1 : 0, prior, halfLife)
        },
      }
    },
  }
}

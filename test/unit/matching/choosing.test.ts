import { describe, expect, test } from 'vitest'

import { dot, moderated, standOf } from '../../../src/matching/belief.ts'
import { uniforms } from '../../../src/matching/draws.ts'
import {
  armOf,
  featuresOf,
  type Model,
  newModel,
  type Prior,
  teach,
  USUAL_PRIOR,
} from '../../../src/matching/model.ts'
import { bounded, chances, floorFor, inMillionths } from '../../../src/matching/policy.ts'
import { makeReady } from '../../../src/matching/ready.ts'
import { speaksFor } from '../../../src/matching/reasons.ts'
import { ask, scoresOf } from '../../../src/matching/scores.ts'

const NEVER = Number.POSITIVE_INFINITY
const PRIOR: Prior = { ...USUAL_PRIOR, kindSds: [0.5, 0.5], kindMeans: [0.4, 0] }
const ARMS = ['off', 'gift', 'item']
const KINDS = [
  [0.2, 1],
  [0.7, 0],
  [0, 0.5],
]
const ALIKE = ARMS.map(() => ({ worth: 1, price: 0 }))

/** People with one taste that matters to the first arm alone, and one that matters to nothing. */
function taught(answers: number, rates = { liked: 0.8, other: 0.3 }, seed = 3): Model {
  const draw = uniforms(seed)
  const model = newModel(3, 2, PRIOR)
  for (let t = 0; t < answers; t++) {
    const person = personOf(draw() < 0.5, draw() * 2 - 1)
    const k = Math.floor(draw() * 3)
    const arm = armOf(model, ARMS[k]!, PRIOR)
    const rate = k === 0 && person[1] === 1 ? rates.liked : rates.other
    teach(model, featuresOf(model, person, KINDS[k]!, arm), draw() < rate ? 1 : 0, PRIOR, NEVER)
  }
  return model
}

function personOf(hasTaste: boolean, noise: number): number[] {
  return [1, hasTaste ? 1 : -1, noise]
}

describe('a model made ready', () => {
  test('says of each arm what the whole model says, also of one that it has not met', () => {
    const model = taught(400)
    const arms = ['gift', 'unmet', 'off', 'other']
    const kinds = [KINDS[1]!, [0.3, 0.3], KINDS[0]!, [1, 0]]
    const person = personOf(true, 0)
    // all members are as likely, so none is left out
    for (const member of model.members) member.evidence = 0
    const ready = makeReady(model, arms, PRIOR)
    const whole = structuredClone(model)
    const places = arms.map((arm) => armOf(whole, arm, PRIOR))
    const features = places.map((arm, k) => featuresOf(whole, person, kinds[k]!, arm))

    expect(ready.members).toHaveLength(whole.members.length)
    for (const [m, { belief }] of whole.members.entries()) {
      const { means, cov } = scoresOf(ready.members[m]!, ask(ready, person, kinds))
      for (const [k, one] of features.entries()) {
        const { score, direction } = standOf(belief, one)
        expect(means[k]).toBeCloseTo(score, 9)
        for (const [l, other] of features.entries()) {
          expect(cov[k * arms.length + l]).toBeCloseTo(dot(other, direction), 9)
        }
      }
    }
  })

  test('leaves the model as it is', () => {
    const model = taught(50)
    const before = structuredClone(model)

    makeReady(model, [...ARMS, 'unmet'], PRIOR)

    expect(model).toEqual(before)
  })
})

describe('chances', () => {
  test('patent 8: the kind of voucher decides where nothing else is known', () => {
    const calm = { ...PRIOR, odds: [9] }
    const ready = makeReady(newModel(3, 2, calm), ['deep', 'flat'], calm)

    const { probabilities, expected } = chances(
      [ready],
      personOf(true, 0),
      [
        [1, 0],
        [0, 0],
      ],
      ALIKE.slice(1),
    )

    expect(probabilities[0]).toBeGreaterThan(0.6)
    expect(expected[0]).toBeGreaterThan(expected[1]!)
  })

  test('draws come as often as the probabilities say (chi-square)', () => {
    const ready = makeReady(taught(60), ARMS, PRIOR)
    const { probabilities } = chances([ready], personOf(false, 0.3), KINDS, ALIKE)
    const logged = bounded(
      probabilities,
      ARMS.map(() => ({ least: 0.05, most: 1 })),
    )
    const draw = uniforms(11)
    const counts = logged.map(() => 0)
    const rounds = 20_000
    for (let t = 0; t < rounds; t++) {
      const number = draw()
      let sum = 0
      const chosen = logged.findIndex((p) => {
        sum += p
        return number < sum
      })
      counts[chosen]! += 1
    }

    const chiSquare = counts.reduce(
      (sum, count, k) => sum + (count - rounds * logged[k]!) ** 2 / (rounds * logged[k]!),
      0,
    )
    // of two degrees of freedom, once in a thousand
    expect(chiSquare).toBeLessThan(13.8)
  })

  test('probabilities are whole millionths that sum to a million, however uneven', () => {
    const draw = uniforms(4)
    for (let round = 0; round < 500; round++) {
      const shares = Array.from({ length: 1 + (round % 9) }, () => draw() ** 4)
      const millionths = inMillionths(shares).map((p) => Math.round(p * 1e6))

      expect(millionths.reduce((sum, one) => sum + one, 0)).toBe(1e6)
      expect(inMillionths(shares)).toEqual(millionths.map((one) => one / 1e6))
    }
  })

  test('a hundredth of all choices tries the unlikely, and ever less the more was learnt', () => {
    expect(floorFor(5, 0)).toBe(0.002)
    expect(floorFor(5, 1000)).toBe(0.001)
    expect(floorFor(5, 99_000)).toBeCloseTo(0.00002, 12)
  })

  test('of one arm alone it is certain', () => {
    const ready = makeReady(taught(60), ['gift'], PRIOR)

    expect(chances([ready], personOf(true, 0), [[0.7, 0]], [ALIKE[0]!]).probabilities).toEqual([1])
  })

  test('what a choice takes whether or not it is liked is weighed against what it brings', () => {
    const ready = makeReady(taught(600), ARMS, PRIOR)
    const dear = [{ worth: 1, price: 0.9 }, ALIKE[1]!, ALIKE[2]!]

    const free = chances([ready], personOf(true, 0), KINDS, ALIKE).probabilities
    const paid = chances([ready], personOf(true, 0), KINDS, dear).probabilities

    expect(free[0]).toBeGreaterThan(0.9)
    expect(paid[0]).toBeLessThan(0.01)
  })

  test('arms without a stake are judged and not chosen', () => {
    const ready = makeReady(taught(600), ['gift', 'item', 'off'], PRIOR)
    const kinds = [KINDS[1]!, KINDS[2]!, KINDS[0]!]

    const { probabilities, expected } = chances([ready], personOf(true, 0), kinds, ALIKE.slice(1))

    expect(probabilities[2]).toBe(0)
    expect(expected[2]).toBeGreaterThan(0.7)
  })

  test('of two stages both must be yes', () => {
    // taken often and seldom redeemed, or the other way round: the product decides
    const claimed = makeReady(taught(1500, { liked: 0.9, other: 0.6 }), ARMS, PRIOR)
    const redeemed = makeReady(taught(1500, { liked: 0.1, other: 0.6 }, 8), ARMS, PRIOR)
    const person = personOf(true, 0)

    const { probabilities, expected } = chances([claimed, redeemed], person, KINDS, ALIKE)

    expect(chances([claimed], person, KINDS, ALIKE).probabilities[0]).toBeGreaterThan(0.9)
    expect(probabilities[0]).toBeLessThan(0.05)
    expect(expected[0]).toBeCloseTo(0.09, 1)
    expect(expected[1]).toBeCloseTo(0.36, 1)
  })

  test.each([
    ['a feature that is no number', [1, Number.NaN, 0], KINDS, ALIKE],
    ['a feature without end', [1, NEVER, 0], KINDS, ALIKE],
    ['a person without all features', [1, 0], KINDS, ALIKE],
    ['an arm whose kind is no number', [1, 0, 0], [[Number.NaN, 0], ...KINDS.slice(1)], ALIKE],
    ['an arm that is missing', [1, 0, 0], KINDS.slice(1), ALIKE.slice(1)],
    ['a worth without end', [1, 0, 0], KINDS, [{ worth: NEVER, price: 0 }]],
    ['a price that is no number', [1, 0, 0], KINDS, [{ worth: 1, price: Number.NaN }]],
    ['nothing to choose from', [1, 0, 0], KINDS, []],
  ])('%s is refused', (_, person, kinds, stakes) => {
    const ready = makeReady(taught(30), ARMS, PRIOR)

    expect(() => chances([ready], person, kinds, stakes)).toThrow(RangeError)
  })

  test('a belief that is not sound is refused', () => {
    const model = taught(30)
    for (const { belief } of model.members) belief.cov.fill(-1)

    expect(() => chances([makeReady(model, ARMS, PRIOR)], personOf(true, 0), KINDS, ALIKE)).toThrow(
      RangeError,
    )
  })

  test('what is expected is what the model foretells', () => {
    const model = taught(300)
    const ready = makeReady(model, ARMS, PRIOR)
    const person = personOf(true, 0)
    const { expected } = chances([ready], person, KINDS, ALIKE)
    const asked = ask(ready, person, KINDS)
    const foretold = ready.members.reduce((sum, member) => {
      const { means, cov } = scoresOf(member, asked)
      return sum + member.weight * moderated(means[0]!, cov[0]!)
    }, 0)

    expect(expected[0]).toBeCloseTo(foretold, 12)
  })
})

describe('what speaks for an arm', () => {
  test('is what was planted, and nothing that makes no difference', () => {
    const ready = makeReady(taught(2000), ARMS, PRIOR)

    const [, taste = 0, noise = 0] = speaksFor([ready], personOf(true, 0.8), KINDS, 0)

    expect(taste).toBeGreaterThan(0.5)
    expect(Math.abs(noise)).toBeLessThan(taste / 4)
    expect(speaksFor([ready], personOf(false, 0.8), KINDS, 0)[1]).toBeCloseTo(-taste, 9)
  })

  test('is what sets it apart: over all arms it comes to nothing', () => {
    const ready = makeReady(taught(300), ARMS, PRIOR)
    const spoken = ARMS.map((_, k) => speaksFor([ready], personOf(true, 0.5), KINDS, k))

    for (const i of [0, 1, 2, 3, 4]) {
      expect(spoken.reduce((sum, one) => sum + one[i]!, 0)).toBeCloseTo(0, 9)
    }
  })

  test('is nothing where there is nothing else', () => {
    const ready = makeReady(taught(200), ['off'], PRIOR)

    expect(speaksFor([ready], personOf(true, 0), [KINDS[0]!], 0)).toEqual([0, 0, 0, 0, 0])
  })

  test('adds up over the stages', () => {
    const ready = makeReady(taught(200), ARMS, PRIOR)
    const once = speaksFor([ready], personOf(true, 0.5), KINDS, 0)

    const twice = speaksFor([ready, ready], personOf(true, 0.5), KINDS, 0)

    for (const [i, one] of once.entries()) expect(twice[i]).toBeCloseTo(2 * one, 9)
  })
})

import { describe, expect, test } from 'vitest'

import { moderated } from '../../../src/matching/belief.ts'
import { uniforms } from '../../../src/matching/draws.ts'
import {
  armOf,
  featuresOf,
  type Model,
  newModel,
  type Prior,
  predict,
  teach,
  USUAL_PRIOR,
  weightsOf,
} from '../../../src/matching/model.ts'
import { bounded, chances } from '../../../src/matching/policy.ts'
import { makeReady } from '../../../src/matching/ready.ts'

const PEOPLE = 4
const NEVER = Number.POSITIVE_INFINITY

function shopWith(arms: readonly string[], prior: Prior = USUAL_PRIOR): Model {
  const model = newModel(PEOPLE, 0, prior)
  for (const arm of arms) armOf(model, arm, prior)
  return model
}

/** Answers of people of whom half like one arm and half another. */
function live(model: Model, rounds: number, halfLife = NEVER, seed = 7): void {
  const draw = uniforms(seed)
  for (let t = 0; t < rounds; t++) {
    const x = personOf(draw() < 0.5)
    const arm = draw() < 0.5 ? 0 : 1
    const likes = (x[1] === 1) === (arm === 0)
    const features = featuresOf(model, x, [], arm)
    teach(model, features, draw() < (likes ? 0.7 : 0.2) ? 1 : 0, USUAL_PRIOR, halfLife)
  }
}

function personOf(likesFirst: boolean): number[] {
  return [1, likesFirst ? 1 : -1, 0.3, 0]
}

function chancesOf(model: Model, x: readonly number[], worths = model.arms.map(() => 1)): number[] {
  const ready = makeReady(model, model.arms, USUAL_PRIOR)
  return chances(
    [ready],
    x,
    model.arms.map(() => []),
    worths.map((worth) => ({ worth, price: 0 })),
  ).probabilities
}

describe('learning', () => {
  test('patent 12: what people did changes who is given what', () => {
    const model = shopWith(['off', 'gift'])
    expect(chancesOf(model, personOf(true))[0]).toBeCloseTo(0.5, 1)

    live(model, 600)

    expect(chancesOf(model, personOf(true))[0]).toBeGreaterThan(0.95)
    expect(chancesOf(model, personOf(false))[0]).toBeLessThan(0.05)
    expect(predict(model, featuresOf(model, personOf(true), [], 0))).toBeCloseTo(0.7, 1)
    expect(predict(model, featuresOf(model, personOf(true), [], 1))).toBeCloseTo(0.2, 1)
  })

  test('the same answers in the same order give the same numbers, bit for bit', () => {
    const [one, other] = [shopWith(['off', 'gift']), shopWith(['off', 'gift'])]
    live(one, 300, 200)
    live(other, 300, 200)

    expect(other).toEqual(one)
  })

  test('a belief that was stored and read again goes on as if it had not been', () => {
    const whole = shopWith(['off', 'gift'])
    live(whole, 200)
    const restored = structuredClone(whole)
    live(whole, 100, NEVER, 9)
    live(restored, 100, NEVER, 9)

    expect(restored).toEqual(whole)
  })

  test('an audience in which everybody is alike makes the impersonal members likely', () => {
    const model = shopWith(['off', 'gift'])
    const draw = uniforms(3)
    for (let t = 0; t < 1500; t++) {
      const x = [1, draw() * 2 - 1, draw() * 2 - 1, draw() * 2 - 1]
      const arm = draw() < 0.5 ? 0 : 1
      teach(
        model,
        featuresOf(model, x, [], arm),
        draw() < 0.3 + 0.2 * arm ? 1 : 0,
        USUAL_PRIOR,
        NEVER,
      )
    }
    const [calm = 0, , , wild = 0] = weightsOf(model)

    expect(calm).toBeGreaterThan(3 * wild)
  })

  test('a head start counts until it is known how well each scale foretells', () => {
    const model = shopWith(['off', 'gift'], { ...USUAL_PRIOR, odds: [0, 0, 0, 5] })
    expect(weightsOf(model)[3]).toBeGreaterThan(0.97)

    // an audience in which everybody is alike
    const draw = uniforms(3)
    for (let t = 0; t < 1500; t++) {
      const features = featuresOf(model, [1, draw() * 2 - 1, draw() * 2 - 1, 0], [], t % 2)
      teach(model, features, draw() < 0.4 ? 1 : 0, USUAL_PRIOR, NEVER)
    }

    expect(weightsOf(model)[3]).toBeLessThan(0.3)
  })

  test('an arm that is new begins with nothing but the prior, and takes nothing from the others', () => {
    const model = shopWith(['off', 'gift'])
    live(model, 400)
    const before = predict(model, featuresOf(model, personOf(true), [], 0))

    const place = armOf(model, 'new', USUAL_PRIOR)

    expect(place).toBe(2)
    expect(armOf(model, 'new', USUAL_PRIOR)).toBe(2)
    expect(predict(model, featuresOf(model, personOf(true), [], 0))).toBe(before)
    expect(chancesOf(model, personOf(true))[2]).toBeGreaterThan(0.02)
  })

  test('what is old is forgotten: after the half-life a change is seen sooner', () => {
    const [forgetful, faithful] = [shopWith(['off', 'gift']), shopWith(['off', 'gift'])]
    for (const [model, halfLife] of [
      [forgetful, 300],
      [faithful, NEVER],
    ] as const) {
      live(model, 2000, halfLife)
      // from now on everybody dislikes the first
      for (let t = 0; t < 150; t++) {
        teach(model, featuresOf(model, personOf(true), [], 0), 0, USUAL_PRIOR, halfLife)
      }
    }
    const features = featuresOf(forgetful, personOf(true), [], 0)

    expect(predict(forgetful, features)).toBeLessThan(predict(faithful, features))
  })

  test('a belief that is not sound is refused and left as it is', () => {
    const model = shopWith(['off'])
    const features = featuresOf(model, [1, Number.NaN, 0, 0], [], 0)
    const before = structuredClone(model)

    expect(() => teach(model, features, 1, USUAL_PRIOR, NEVER)).toThrow(RangeError)
    expect(model).toEqual(before)
  })

  test('what is uncertain is moved towards one half', () => {
    expect(moderated(2, 0)).toBeCloseTo(0.88, 2)
    expect(moderated(2, 10)).toBeLessThan(0.78)
  })
})

describe('choosing', () => {
  test('probabilities sum to 1, and follow from model and person alone', () => {
    const model = shopWith(['off', 'gift', 'item'])
    live(model, 50)
    const once = chancesOf(model, personOf(true))

    expect(once.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
    expect(chancesOf(model, personOf(true))).toEqual(once)
  })

  test('what an arm is worth is weighed, not only how likely it is', () => {
    const model = shopWith(['off', 'gift'])
    live(model, 600)

    // the first is taken by 70 of 100 and brings 1, the second by 20 and brings 10
    expect(chancesOf(model, personOf(true), [1, 10])[1]).toBeGreaterThan(0.95)
  })

  test.each([
    [
      [1, 0, 0],
      [0.01, 0.01, 0.01],
      [1, 1, 1],
      [0.98, 0.01, 0.01],
    ],
    [
      [0.5, 0.5, 0],
      [0, 0, 0.2],
      [1, 1, 1],
      [0.4, 0.4, 0.2],
    ],
    [
      [1, 0, 0],
      [0, 0, 0],
      [0.6, 1, 1],
      [0.6, 0.2, 0.2],
    ],
  ])('%j with at least %j and at most %j', (given, least, most, expected) => {
    const result = bounded(
      given,
      least.map((one, k) => ({ least: one, most: most[k]! })),
    )

    expect(result.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
    for (const [k, p] of result.entries()) expect(p).toBeCloseTo(expected[k]!, 6)
  })
})

import { describe, expect, test } from 'vitest'

import { uniforms } from '../../../src/matching/draws.ts'
import {
  armOf,
  featuresOf,
  HALF_LIFE,
  MOST_ARMS,
  type Model,
  newModel,
  predict,
  teach,
  USUAL_PRIOR,
} from '../../../src/matching/model.ts'
import { decodeModel, encodeModel } from '../../../src/matching/snapshot.ts'

const PRIOR = { ...USUAL_PRIOR, kindSds: [0.5] }

function live(model: Model, from: number, to: number, arms = 3): void {
  const draw = uniforms(from + 1)
  for (let t = from; t < to; t++) {
    const person = [1, draw() * 2 - 1, draw() < 0.4 ? 0 : 1]
    const arm = armOf(model, `vt_${Math.floor(draw() * arms)} 茶`, PRIOR)
    const features = featuresOf(model, person, [draw()], arm)
    teach(model, features, draw() < 0.4 ? 1 : 0, PRIOR, HALF_LIFE / 40)
  }
}

describe('a model kept as bytes', () => {
  test('patent 12: kept and gone on with, it is the same as if it had never been kept, bit for bit', () => {
    const whole = newModel(3, 1, PRIOR)
    live(whole, 0, 120)
    const kept = decodeModel(encodeModel(whole))
    expect(kept).toEqual(whole)

    for (const model of [whole, kept]) live(model, 120, 300, 5)

    expect(kept).toEqual(whole)
    expect(encodeModel(kept)).toEqual(encodeModel(whole))
  })

  test('what is believed varies together the same way round and back, to the last bit', () => {
    const model = newModel(3, 1, PRIOR)
    live(model, 0, 500)

    for (const { belief } of model.members) {
      const { size, cov } = belief
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < i; j++) expect(cov[i * size + j]).toBe(cov[j * size + i])
      }
    }
  })

  test('one that knows nothing yet is kept, too', () => {
    const model = newModel(3, 0, USUAL_PRIOR)

    expect(decodeModel(encodeModel(model))).toEqual(model)
  })

  test('bytes that begin in the middle of a buffer are read as well', () => {
    const model = newModel(3, 1, PRIOR)
    live(model, 0, 20)
    const bytes = encodeModel(model)
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)

    expect(decodeModel(shifted.subarray(3))).toEqual(model)
  })

  test('is broken when anything of it is missing, too much, or no number', () => {
    const model = newModel(3, 1, PRIOR)
    live(model, 0, 20)
    const bytes = encodeModel(model)
    const headless = bytes.with(6, 0)
    const endless = bytes.slice()
    new DataView(endless.buffer).setFloat32(bytes.length - 4, Number.NaN, true)

    for (const broken of [
      new Uint8Array(),
      bytes.subarray(0, 3),
      bytes.subarray(0, 40),
      bytes.subarray(0, bytes.length - 4),
      bytes.subarray(0, bytes.length - 1),
      Uint8Array.from([...bytes, 0, 0, 0, 0]),
      bytes.with(2, 255),
      headless,
      endless,
    ]) {
      expect(() => decodeModel(broken)).toThrow(RangeError)
    }
  })
})

describe('more arms than are kept in mind', () => {
  test('the one taught longest ago makes room, and the others are believed as before', () => {
    const model = newModel(3, 1, PRIOR)
    live(model, 0, 400, MOST_ARMS)
    for (let k = 0; k < MOST_ARMS; k++) armOf(model, `vt_${k} 茶`, PRIOR)
    const oldest = model.taught.indexOf(Math.min(...model.taught))
    const [first = '', second = ''] = model.arms.filter((_, place) => place !== oldest)
    const foretold = (arm: string) =>
      predict(model, featuresOf(model, [1, 0.5, 1], [0.5], armOf(model, arm, PRIOR)))
    const before = [foretold(first), foretold(second)]

    const place = armOf(model, 'new', PRIOR)

    expect(place).toBe(oldest)
    expect(model.arms).toHaveLength(MOST_ARMS)
    expect([foretold(first), foretold(second)]).toEqual(before)
  })

  test('an arm that comes back begins anew, and the fold goes the same way each time', () => {
    const [one, other] = [newModel(3, 1, PRIOR), newModel(3, 1, PRIOR)]
    for (const model of [one, other]) live(model, 0, 1500, MOST_ARMS + 8)

    expect(one.arms).toHaveLength(MOST_ARMS)
    expect(encodeModel(other)).toEqual(encodeModel(one))
  })
})

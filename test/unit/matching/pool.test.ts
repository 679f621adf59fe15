import { expect, test } from 'vitest'

import { sigmoid } from '../../../src/matching/belief.ts'
import { uniforms } from '../../../src/matching/draws.ts'
import { armOf, featuresOf, newModel, predict, USUAL_PRIOR } from '../../../src/matching/model.ts'
import { newPool, pour, priorFrom } from '../../../src/matching/pool.ts'

const PRIOR = { ...USUAL_PRIOR, kindSds: [1], kindMeans: [0] }

/** Answers of shops where the second feature of a person and the one of the kind decide. */
function poolOf(count: number) {
  const next = uniforms(5)
  const pool = newPool(2, 1, PRIOR)
  for (let i = 0; i < count; i++) {
    const person = [1, next() < 0.5 ? 1 : 0]
    const kind = [next()]
    const score = -2 + 1.5 * (person[1] ?? 0) + 1.2 * (kind[0] ?? 0)
    pour(pool, { person, kind, answer: next() < sigmoid(score) ? 1 : 0 })
  }
  return pool
}

test('a new shop begins with what people and kinds of vouchers have in common elsewhere', () => {
  const prior = priorFrom(poolOf(5000))

  expect(prior.personMeans?.[1]).toBeCloseTo(1.5, 0)
  expect(prior.kindMeans[0]).toBeCloseTo(1.2, 0)
  expect(prior.baseRate).toBeCloseTo(sigmoid(-2), 1)
  expect(prior.armSd).toBe(0.4)
  const model = newModel(2, 1, prior)
  const yes = (person: number[], kind: number[]) =>
    predict(model, featuresOf(model, person, kind, armOf(model, 'new', prior)))
  expect(yes([1, 1], [1])).toBeGreaterThan(yes([1, 0], [0]) + 0.3)
})

test('a pool of nothing says what was believed before', () => {
  const prior = priorFrom(newPool(2, 1, PRIOR))

  expect(prior).toMatchObject({ kindMeans: [0], personMeans: [0, 0] })
  expect(prior.baseRate).toBeCloseTo(PRIOR.baseRate)
})

test('answers with other features, or none that are numbers, are left out of the pool', () => {
  const pool = poolOf(10)
  pour(pool, { person: [1], kind: [1], answer: 1 })
  pour(pool, { person: [1, Number.NaN], kind: [1], answer: 1 })

  expect(pool.count).toBe(10)
})

import { expect, test } from 'vitest'

import { isControl } from '../../../src/matching/control.ts'

const PEOPLE = Array.from({ length: 20_000 }, (_, i) => `telegram:${700_000_000 + 37 * i}`)

test('one person in ten is in a control share of a tenth, and stays in it', () => {
  const control = PEOPLE.filter((person) => isControl(person, 0.1))

  expect(control.length).toBeGreaterThan(1_850)
  expect(control.length).toBeLessThan(2_150)
  expect(control.every((person) => isControl(person, 0.1))).toBe(true)
})

test('whoever is in a smaller share is in every larger one', () => {
  const small = PEOPLE.filter((person) => isControl(person, 0.05))

  expect(small.every((person) => isControl(person, 0.2))).toBe(true)
})

test('nobody is in a share of nothing, everybody in the whole', () => {
  expect(PEOPLE.some((person) => isControl(person, 0))).toBe(false)
  expect(PEOPLE.every((person) => isControl(person, 1))).toBe(true)
})

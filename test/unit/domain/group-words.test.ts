import { expect, test } from 'vitest'

import { NAMED_GROUPS, sayGroup } from '../../../src/domain/group-words.ts'
import { verdictOn } from '../../../src/domain/lift.ts'
import { PERSON_FEATURES } from '../../../src/matching/features.ts'

test('the people of each feature are named, in both languages, and of no other', () => {
  const features = PERSON_FEATURES.map(({ name }) => name).filter((name) => name !== 'always')

  expect([...NAMED_GROUPS].sort()).toEqual(features.sort())
  for (const feature of features) {
    expect(sayGroup(feature).en).toMatch(/^people /)
    expect(sayGroup(feature).zh).toMatch(/顾客$/)
  }
})

test('nothing is said to be better or worse while it may be either', () => {
  const lift = (low: number, high: number) => verdictOn({ low, mean: 0, high, count: 300 })

  expect(verdictOn(null)).toBe('early')
  expect([lift(-1, 1), lift(0, 1), lift(-1, 0)]).toEqual(['open', 'open', 'open'])
  expect([lift(0.1, 1), lift(-1, -0.1)]).toEqual(['better', 'worse'])
})

import { expect, test } from 'vitest'

import {
  type MatchingValues,
  readMatching,
  valuesOfMatching,
} from '../../../src/miniapp/state/read-matching.ts'

const SETTINGS = { marginBp: 4050, controlBp: 1000, poolsLearning: false }

function read(more: Partial<MatchingValues>) {
  return readMatching({ ...valuesOfMatching(SETTINGS), ...more }, SETTINGS)
}

test('what the model is told is shown as it would be typed', () => {
  expect(valuesOfMatching(SETTINGS)).toEqual({
    margin: '40.5',
    control: '10',
    poolsLearning: false,
  })
  expect(valuesOfMatching({ ...SETTINGS, marginBp: null }).margin).toBe('')
})

test('only what is different is sent, and a margin that was emptied is stated no more', () => {
  expect(read({})).toEqual({ body: {}, faults: {} })
  expect(read({ margin: '', control: '20', poolsLearning: true }).body).toEqual({
    marginBp: null,
    controlBp: 2000,
    poolsLearning: true,
  })
})

test.each([
  [{ margin: '0' }, { margin: 'percent' }],
  [{ margin: '100.01' }, { margin: 'percent' }],
  [{ margin: '1e1' }, { margin: 'percent' }],
  [{ margin: '40%%' }, { margin: 'percent' }],
  [{ control: '50.01' }, { control: 'percentOfHalf' }],
  [{ control: '-1' }, { control: 'percentOfHalf' }],
])('%o is refused', (typed, faults) => {
  expect(read(typed).faults).toEqual(faults)
})

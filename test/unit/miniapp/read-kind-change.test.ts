import { expect, test } from 'vitest'

import {
  type KindChangeValues,
  readKindChange,
  valuesOfKind,
} from '../../../src/miniapp/state/read-kind-change.ts'

const KIND = {
  templateId: 'vtp_1',
  name: 'Coffee',
  kind: 'amount_off',
  valueMinor: 500,
  minSpendMinor: 0,
  quantity: 100,
  issued: 24,
  isFallback: false,
  isReward: false,
  useWeekdays: 127,
  useFromMinute: 0,
  useToMinute: 1440,
  leastBp: 1000,
  mostBp: 10_000,
} as const

function read(more: Partial<KindChangeValues>) {
  return readKindChange({ ...valuesOfKind(KIND), ...more }, KIND)
}

test('only what is different of a kind is sent, and an emptied bound is none', () => {
  expect(read({})).toEqual({ body: {}, faults: {} })
  expect(read({ quantity: '90', least: '', most: '62.5' }).body).toEqual({
    quantity: 90,
    leastBp: 0,
    mostBp: 6250,
  })
})

test('how often a kind is chosen is at most always, and the least is not above the most', () => {
  expect(read({ least: '101' }).faults).toEqual({ least: 'percentOfAll' })
  expect(read({ most: '-5' }).faults).toEqual({ most: 'percentOfAll' })
  expect(read({ least: '60', most: '50' }).faults).toEqual({ most: 'leastAboveMost' })
  expect(read({ least: '0', most: '0' }).faults).toEqual({})
})

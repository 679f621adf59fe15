import { expect, test } from 'vitest'

import {
  type ChangeValues,
  readChange,
  valuesOfCampaign,
} from '../../../src/miniapp/state/read-change.ts'
import { campaign } from './sample.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const winter = campaign({ endsAt: '2027-02-01T00:00:00.000Z', dayBudgetMinor: 3000 })

function change(more: Partial<ChangeValues>) {
  return readChange({ ...valuesOfCampaign(winter), ...more }, winter, NOW)
}

test('a campaign is shown as it would be typed, with its last day', () => {
  expect(valuesOfCampaign(winter)).toEqual({
    name: 'Winter',
    ends: '2027-01-31',
    budget: '120.50',
    maxVouchers: '',
    dayMaxVouchers: '',
    dayBudget: '30.00',
  })
  expect(valuesOfCampaign(campaign({ currency: 'JPY', budgetMinor: 5000 })).budget).toBe('5000')
  expect(valuesOfCampaign(campaign({ currency: 'KWD', budgetMinor: 50 })).budget).toBe('0.050')
})

test('only what is different is sent, and a limit that was emptied is lifted', () => {
  expect(change({}).body).toEqual({})
  expect(change({ budget: '200', ends: '2027-02-28', dayBudget: '' }).body).toEqual({
    budgetMinor: 20_000,
    endsAt: '2027-03-01T00:00:00.000Z',
    dayBudgetMinor: null,
  })
})

test('an amount, a day and a number are checked as in the form', () => {
  expect(change({ budget: '', ends: '2026-11-01', maxVouchers: 'x' }).faults).toEqual({
    budget: 'missing',
    ends: 'past',
    maxVouchers: 'whole',
  })
})

test('nothing can be lowered below what is used', () => {
  const used = campaign({ issuedMinor: 2000, reservedMinor: 500, issuedCount: 8, maxVouchers: 40 })
  const lower = (more: Partial<ChangeValues>) =>
    readChange({ ...valuesOfCampaign(used), ...more }, used, NOW).faults

  expect(lower({ budget: '25', maxVouchers: '8' })).toEqual({})
  expect(lower({ budget: '24.99', maxVouchers: '7' })).toEqual({
    budget: 'belowUsed',
    maxVouchers: 'belowUsed',
  })
})

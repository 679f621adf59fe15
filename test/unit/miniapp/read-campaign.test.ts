import { expect, test } from 'vitest'

import {
  type CampaignValues,
  emptyCampaign,
  emptyKind,
  type KindValues,
} from '../../../src/miniapp/state/campaign-values.ts'
import { readCampaign } from '../../../src/miniapp/state/read-campaign.ts'
import { readKind } from '../../../src/miniapp/state/read-kind.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')

function campaign(more: Partial<CampaignValues> = {}, currency = 'GBP') {
  const values = { name: 'Winter', budget: '120.50', ends: '2027-01-31', ...more }
  return readCampaign({ ...emptyCampaign('Europe/London'), ...values }, currency, NOW)
}

function kind(more: Partial<KindValues> = {}, drawnMinor?: number) {
  const values = { name: 'Off', value: '5', quantity: '50', ...more }
  return readKind({ ...emptyKind(), ...values }, 'GBP', drawnMinor)
}

test('the shortest form makes a campaign with what is usual', () => {
  const { body, faults } = campaign()

  expect(faults).toEqual({})
  expect(body).toEqual({
    name: 'Winter',
    mode: 'matched',
    zone: 'Europe/London',
    endsAt: '2027-02-01T00:00:00.000Z',
    openWeekdays: 127,
    openFromMinute: 0,
    openToMinute: 1440,
    budgetMinor: 12_050,
    slotsPerShare: 5,
    claimScope: 'campaign',
    shareTtlSeconds: 7 * 86_400,
    sharerMayClaim: true,
    validDays: 30,
    storeIds: [],
    onCancelledShare: 'keep',
    onRefund: 'roll_back',
    offer: { title: 'Winter', body: '' },
  })
})

test('an empty form says what is missing, and nothing more', () => {
  const { faults } = campaign({ name: ' ', budget: '', ends: '' })

  expect(faults).toEqual({ name: 'missing', budget: 'missing', ends: 'missing' })
})

test.each([
  [{ ends: '2026-11-21' }, { ends: 'past' }],
  [{ ends: '2027-02-29' }, { ends: 'date' }],
  [{ starts: '2027-02-01' }, { ends: 'endBeforeStart' }],
  [{ budget: '1,000.50' }, { budget: 'amount' }],
  [{ budget: '0.001' }, { budget: 'decimals' }],
  [{ slots: '0' }, { slots: 'whole' }],
  [{ slots: '2.5' }, { slots: 'whole' }],
  [{ weekdays: 0 }, { weekdays: 'weekdays' }],
  [{ from: '11:00', to: '11:00' }, { to: 'sameTime' }],
  [
    { zone: 'Europe/Nowhere', ends: '2027-01-31' },
    { zone: 'zone', ends: 'date' },
  ],
  [{ maxVouchers: '5', dayMaxVouchers: '6' }, { dayMaxVouchers: 'dayAboveAll' }],
  [{ rewardFor: 'claims' }, { rewardAfter: 'missing' }],
  [{ mode: 'random' }, { pot: 'missing', least: 'missing', most: 'missing' }],
] as [Partial<CampaignValues>, object][])('%o is refused', (wrong, faults) => {
  expect(campaign(wrong).faults).toEqual(faults)
})

test('a pot must be shared out between its least and its most, and the budget must hold one', () => {
  const pot = (pot: string, least: string, most: string) =>
    campaign({ mode: 'random', slots: '5', pot, least, most }).faults

  expect(pot('20', '1', '6')).toEqual({})
  expect(pot('4', '1', '6')).toEqual({ least: 'potTooSmall' })
  expect(pot('31', '1', '6')).toEqual({ most: 'potTooLarge' })
  expect(pot('150', '1', '60')).toEqual({ pot: 'potOverBudget' })
})

test('hours may go past midnight, and midnight is the end of the day', () => {
  expect(campaign({ from: '22:00', to: '02:30' }).body).toMatchObject({
    openFromMinute: 1320,
    openToMinute: 150,
  })
  expect(campaign({ from: '18:00', to: '00:00' }).body).toMatchObject({
    openFromMinute: 1080,
    openToMinute: 1440,
  })
})

test('amounts are of the currency’s own minor units', () => {
  expect(campaign({ budget: '5000' }, 'JPY').body['budgetMinor']).toBe(5000)
  expect(campaign({ budget: '5.125' }, 'KWD').body['budgetMinor']).toBe(5125)
  expect(campaign({ budget: '5.5' }, 'JPY').faults).toEqual({ budget: 'decimals' })
})

test('conditions for orders become one rule; several must all hold', () => {
  const ruleOf = (more: Partial<CampaignValues>) =>
    (campaign(more).body['offer'] as { rule?: object }).rule

  expect(ruleOf({})).toBeUndefined()
  expect(ruleOf({ minTotal: '15' })).toEqual({ amountMinor: { from: 1500 } })
  expect(ruleOf({ minTotal: '15', categories: 'candles，, kitchen', customer: 'new' })).toEqual({
    all: [
      { amountMinor: { from: 1500 } },
      { categories: ['candles', 'kitchen'] },
      { customer: 'new' },
    ],
  })
})

test('a limit for one person counts only where a campaign gives one per share', () => {
  const limit = { personLimit: '2', personPeriod: 'week' } as const

  expect(campaign(limit).body).not.toHaveProperty('personLimit')
  expect(campaign({ ...limit, claimScope: 'share' }).body).toMatchObject({
    personLimit: 2,
    personPeriod: 'week',
  })
})

test('a kind of voucher is read with what it is tied to', () => {
  expect(kind({ minSpend: '20', store: '7', role: 'fallback' })).toEqual({
    faults: {},
    body: {
      kind: 'amount_off',
      name: 'Off',
      valueMinor: 500,
      quantity: 50,
      minSpendMinor: 2000,
      isFallback: true,
      isReward: false,
      storeId: '7',
      useWeekdays: 127,
      useFromMinute: 0,
      useToMinute: 1440,
    },
  })
})

test('how often a kind is chosen is read of those that there is a choice of', () => {
  expect(kind({ least: '10', most: '62.5' }).body).toMatchObject({ leastBp: 1000, mostBp: 6250 })
  expect(kind({}).body).not.toHaveProperty('leastBp')
  expect(kind({ least: '10', role: 'fallback' }).body).not.toHaveProperty('leastBp')
  expect(kind({ least: '60', most: '50' }).faults).toEqual({ most: 'leastAboveMost' })
})

test('a percentage has two decimals at most, and always the most that it takes off', () => {
  const percent = (text: string, value = '8') => kind({ kind: 'percent_off', percent: text, value })

  expect(percent('12.5').body['percentBp']).toBe(1250)
  expect(percent('100').body['percentBp']).toBe(10_000)
  for (const wrong of ['0', '101', '1e1', '12.345', '-5'])
    expect(percent(wrong).faults, wrong).toEqual({ percent: 'percent' })
  expect(percent('10', '').faults).toEqual({ value: 'missing' })
})

test('where amounts are drawn, an ordinary voucher needs no value, and cannot be a percentage', () => {
  expect(kind({ value: '' }, 600)).toMatchObject({ faults: {}, body: { valueMinor: 600 } })
  expect(kind({ value: '', role: 'fallback' }, 600).faults).toEqual({ value: 'missing' })
  expect(kind({ kind: 'free_item' }, 600).faults).toEqual({ kind: 'drawnKind' })
})

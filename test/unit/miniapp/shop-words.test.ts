import { expect, test } from 'vitest'

import type { Change } from '../../../src/miniapp/api/shop-answers.ts'
import { stageOf } from '../../../src/miniapp/state/campaign-status.ts'
import { pointsOf, scaleOf } from '../../../src/miniapp/state/chart.ts'
import { tellLine } from '../../../src/miniapp/words/campaign-words.ts'
import { tellChange, tellChanger } from '../../../src/miniapp/words/change-words.ts'
import { tellHours } from '../../../src/miniapp/words/hours-words.ts'
import { shopWordsOf } from '../../../src/miniapp/words/shop-words.ts'
import { tellRefused } from '../../../src/miniapp/words/till-words.ts'
import { wordsIn } from '../../../src/miniapp/words/words.ts'
import { campaign } from './sample.ts'

const english = shopWordsOf(wordsIn('en'))
const chinese = shopWordsOf(wordsIn('zh'))

test('a voucher that is used says who was first, where and when', () => {
  const used = {
    redemptionId: 'rdm_1',
    amountMinor: 500,
    redeemedAt: '2026-11-22T14:03:00.000Z',
    by: 'staff' as const,
  }
  const told = (more: object) =>
    tellRefused({ outcome: 'already_redeemed', used: { ...used, ...more } }, english).text

  expect(told({ label: 'Tom, Soho', storeName: 'Luma Soho' })).toMatch(
    /^By Tom, Soho · Luma Soho, 22 Nov 2026, \d\d:03$/,
  )
  expect(told({})).toContain('By a colleague, ')
  expect(told({ by: 'till' })).toContain('By the till, ')
  expect(tellRefused({ outcome: 'expired' }, chinese).title).toBe('已过期')
})

test('days in a row are told by the first and the last', () => {
  const hours = (weekdays: number, fromMinute = 0, toMinute = 1440) =>
    tellHours({ weekdays, fromMinute, toMinute }, english)

  expect(hours(127)).toBeUndefined()
  expect(hours(0b0011111)).toBe('Mon–Fri')
  expect(hours(0b1100001, 660, 870)).toBe('Mon, Sat, Sun · 11:00–14:30')
  expect(hours(127, 1320, 150)).toBe('22:00–02:30')
  expect(tellHours({ weekdays: 0b0111111, fromMinute: 0, toMinute: 1440 }, chinese)).toBe(
    '周一–周六',
  )
})

test('a running campaign begins and ends by its dates', () => {
  const now = Date.parse('2026-11-22T12:00:00Z')
  const stage = (more: object) => stageOf(campaign(more), now)

  expect(stage({})).toBe('active')
  expect(stage({ startsAt: '2026-12-01T00:00:00.000Z' })).toBe('soon')
  expect(stage({ endsAt: '2026-11-22T12:00:00.000Z' })).toBe('ended')
  expect(stage({ status: 'paused', endsAt: '2026-11-01T00:00:00.000Z' })).toBe('ended')
  expect(stage({ status: 'stopped' })).toBe('stopped')
  expect(stage({ status: 'draft', endsAt: '2026-11-01T00:00:00.000Z' })).toBe('draft')
})

test('what people will see is told in words', () => {
  const line = (one: Parameters<typeof tellLine>[0]) => tellLine(one, campaign(), english)

  expect(line({ kind: 'each', slots: 4, toMinor: 500 })).toBe('For 4 friends, up to £5.00 each')
  expect(line({ kind: 'until', endsAt: '2027-02-01T00:00:00.000Z' })).toBe('Until 31 Jan 2027')
  expect(line({ kind: 'limit', count: 2, period: 'week' })).toBe(
    'At most 2 for one person in one week',
  )
  expect(
    line({
      kind: 'voucher',
      name: 'Mugs',
      voucherKind: 'percent_off',
      percentBp: 2000,
      valueMinor: 500,
      minSpendMinor: 0,
      isFallback: true,
      isReward: false,
      quantity: 50,
    }),
  ).toBe('50 × Mugs: 20% off · up to £5.00 off (For newcomers)')
})

test('a change is told with what was before and who made it', () => {
  const change: Change = {
    changeId: 'chg_1',
    subject: 'campaign',
    subjectId: 'cmp_1',
    action: 'changed',
    by: 'telegram:42',
    before: { budget_minor: 12_050, ends_at: '2027-02-01T00:00:00Z', day_budget_minor: 3000 },
    after: { budget_minor: 20_000, ends_at: '2027-03-01T00:00:00Z', day_budget_minor: null },
    happenedAt: '2026-11-22T14:03:00.000Z',
  }

  expect(tellChange(change, campaign(), english)).toEqual({
    title: 'Changed',
    details: [
      'Budget: £120.50 → £200.00',
      'Last day: 31 Jan 2027 → 28 Feb 2027',
      'Money a day: £30.00 → –',
    ],
  })
  expect(tellChanger(change, 'telegram:42', english)).toMatch(/^You, /)
  expect(tellChanger(change, 'telegram:43', english)).toMatch(/^a colleague, /)
  expect(tellChanger({ ...change, by: 'api' }, 'telegram:42', english)).toMatch(
    /^Through the API, /,
  )
})

test('a line is drawn from left to right, on a scale of round numbers', () => {
  expect(pointsOf([0, 5, 10], 10, { width: 100, height: 50 })).toBe('0,50 50,25 100,0')
  expect(pointsOf([3], 10, { width: 100, height: 50 })).toBe('50,35')
  expect([0, 1, 3, 7, 11, 49, 51, 1999].map(scaleOf)).toEqual([1, 1, 5, 10, 20, 50, 100, 2000])
})

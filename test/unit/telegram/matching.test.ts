import { describe, expect, test } from 'vitest'

import type { ChangeView, MatchingReport, MatchingView } from '../../../src/domain/views.ts'
import { createPictures } from '../../../src/pictures/draw-picture.ts'
import { drawAlert } from '../../../src/telegram/draw/alert.ts'
import { drawHistory } from '../../../src/telegram/draw/history.ts'
import { drawMatching, drawMatchingCaption } from '../../../src/telegram/draw/matching.ts'
import { drawMatchingPicture, MATCHING_SIZE } from '../../../src/telegram/draw/matching-picture.ts'
import { drawStats } from '../../../src/telegram/draw/stats.ts'
import { textsIn } from '../../../src/telegram/texts.ts'
import { CAMPAIGN, STATS } from './samples.ts'

const en = textsIn('en')
const zh = textsIn('zh')
const MERCHANT_ID = `mer_${'0'.repeat(20)}`
const SHOP = { merchantId: MERCHANT_ID, merchantName: 'Candle & Co', role: 'owner' } as const
const LIFT = { low: 12, mean: 48.2, high: 91, count: 1204 }
const BOUNDS = { low: 0.1, mean: 0.2, high: 0.3 }

const REPORT: MatchingReport = {
  point: 'voucher',
  objective: 'money',
  version: 12,
  learnt: 900,
  isFrozen: false,
  stoppedAt: null,
  outcomes: 1204,
  compared: 120,
  lift: LIFT,
  whatIf: [
    {
      policy: 'always',
      armId: 'vtp_1',
      name: '£5 off',
      count: 1000,
      asItWas: 1.3,
      ips: BOUNDS,
      snips: BOUNDS,
      doublyRobust: { low: 0.9, mean: 1, high: 1.2 },
    },
  ],
  arms: [
    {
      id: 'vtp_1',
      name: '£5 off',
      isPreset: false,
      settled: 500,
      redeemed: 170,
      expected: 0.36,
      share: 0.48,
    },
    {
      id: 'vtp_2',
      name: '£1 off',
      isPreset: true,
      settled: 124,
      redeemed: 20,
      expected: 0.2,
      share: 0,
    },
  ],
  drivers: [
    { armId: 'vtp_1', name: '£5 off', feature: 'weekend', withIt: 0.5, without: 0.4 },
    { armId: 'vtp_1', name: '£5 off', feature: 'orders', withIt: 0.7, without: 0.3 },
  ],
  personal: 0.92,
  reportedAt: new Date('2026-11-22T12:00:00Z'),
}

const VIEW: MatchingView = {
  currency: 'GBP',
  settings: { marginBp: 4000, controlBp: 1000, poolsLearning: false },
  reports: [REPORT],
  prices: [{ campaignId: 'cmp_1', name: 'Spring', lambda: 1.4 }],
}

function viewOf(report: Partial<MatchingReport>): MatchingView {
  return { ...VIEW, reports: [{ ...REPORT, ...report }] }
}

describe('/matching', () => {
  test('tells what it was told, what it brings, what drives it and what budgets ask', () => {
    expect(drawMatching(en, SHOP, VIEW).text).toBe(
      `🎯 <b>What chooses at Candle &amp; Co</b>
Counts money: 40% of an order stays with you.
10% of people always get the preset voucher, to compare with.
What is learnt here stays here.

<b>Which voucher somebody gets</b>
It beats the preset one: for every 100 choices about £48.20 more, at least £12.00 and at most £91.00, from 1,204 choices.
“£5 off” goes to 70% of people who have ordered often lately, to 30% of the others.
“£5 off” goes to 50% of people who come at the weekend, to 40% of the others.
Had everybody got “£5 off”: £0.90 to £1.20 for every 100 choices; as it was: £1.30.
That your customers like different things: 92% sure.

The budget of “Spring” is tight: every £100.00 of vouchers must bring £140.00 more than they cost.`,
    )
  })

  test.each([
    [
      { lift: null, outcomes: 60 },
      '60 choices are settled, and it takes 200; people who got the preset one to compare with: 120 of 10.',
      '还太早',
    ],
    [{ lift: { ...LIFT, low: -3 } }, 'between £3.00 less and £91.00 more', '少 £3.00到多 £91.00'],
    [
      { lift: { low: -9, mean: -5, high: -1, count: 300 } },
      'about £5.00 less, at least £1.00 and at most £9.00',
      '约少 £5.00',
    ],
    [
      { objective: 'redemptions', lift: { low: 0.02, mean: 0.051, high: 0.08, count: 300 } },
      'about 5.1 redemptions more, at least 2 redemptions',
      '约多 5.1 次核销',
    ],
    [{ outcomes: 0, learnt: 0, lift: null }, 'It has not chosen anything yet', '还没有任何'],
    [{ isFrozen: true }, 'does not learn', '不再学习'],
  ] as const)('%o is said as it is', (report, english, chinese) => {
    expect(drawMatching(en, SHOP, viewOf(report)).text).toContain(english)
    expect(drawMatching(zh, SHOP, viewOf(report)).text).toContain(chinese)
  })

  test('a model that was stopped can be let go on by whoever may', () => {
    const stopped = viewOf({ stoppedAt: new Date('2026-11-20T12:00:00Z') })

    const { text, buttons } = drawMatching(en, SHOP, stopped)

    expect(text).toContain('everybody has got that since 20 Nov 2026')
    expect(buttons?.flat()).toEqual([
      { text: '▶️ Let it choose vouchers again', callback_data: `G:${MERCHANT_ID}:voucher` },
    ])
    expect(drawMatching(en, { ...SHOP, role: 'analyst' }, stopped).buttons).toEqual([])
    expect(drawMatching(en, SHOP, VIEW).buttons).toEqual([])
  })
})

test('that a model was stopped is told with by how much, and a way back', () => {
  const lift = { low: -9, mean: -5, high: -1, count: 300 }
  const place = { ...SHOP, currency: 'GBP' }
  const alert = {
    measure: 'lift',
    level: 0,
    point: 'voucher',
    used: 300,
    objective: 'money',
    lift,
  } as const

  const { text, buttons } = drawAlert(en, alert, place)

  expect(text).toBe(`🔔 Candle &amp; Co
<b>The choice of vouchers was stopped: everybody gets the preset voucher now.</b>
It does worse than the preset one: for every 100 choices about £5.00 less, at least £1.00 and at most £9.00, from 300 choices.
You can let it go on; then only what it does from now on counts.`)
  expect(buttons?.flat()).toHaveLength(1)
  expect(drawAlert(zh, alert, place).text).toContain('选券已停用')
})

test('/stats tells what the choice brings and what drives it in this campaign', () => {
  expect(drawStats(en, STATS, VIEW).text).toMatch(
    /🎯 It beats the preset one: .*\n“£5 off” goes to 70% of people who have ordered often lately, to 30% of the others\.$/,
  )
  const elsewhere = viewOf({ drivers: [{ ...REPORT.drivers[0]!, armId: 'vtp_9' }] })
  expect(drawStats(en, STATS, elsewhere).text).not.toContain('goes to')
  expect(drawStats(en, STATS, viewOf({ outcomes: 0 })).text).not.toContain('🎯')
})

test('what a merchant told the model stands in the history in words', () => {
  const change = {
    changeId: 'chg_1',
    subject: 'merchant',
    subjectId: MERCHANT_ID,
    action: 'changed',
    by: 'cli',
    before: { marginBp: null, controlBp: 1000 },
    after: { marginBp: 4050, controlBp: 0 },
    happenedAt: new Date('2026-11-22T12:00:00Z'),
  } as const
  const told = (t: typeof en, one: Partial<ChangeView> = {}) =>
    drawHistory(t, 'X', [{ ...change, ...one }], {
      currency: 'GBP',
      zone: 'UTC',
      selfId: 'telegram:1',
    }).text

  expect(told(en)).toContain('🎯 What chooses was told otherwise')
  expect(told(en)).toContain('Margin: not stated → 40.5%')
  expect(told(en)).toContain('To compare with: 10% → 0%')
  expect(told(zh)).toContain('毛利：未填写 → 40.5%')
  const stopped = { action: 'matching_stopped_voucher', by: 'model', before: {}, after: {} }
  expect(told(en, stopped)).toContain('Passalong\n⏹ The choice of vouchers did worse')
})

test.each([en, zh])('what stands below a picture is as short as Telegram wants it', (t) => {
  const long = 'W'.repeat(120)
  const drivers = REPORT.drivers.map((driver) => ({ ...driver, name: long }))
  const worst = { low: -9_999_999, mean: 1, high: 9_999_999, count: 9_999_999 }
  const report = { ...REPORT, drivers, lift: worst, stoppedAt: new Date() }
  const view = { ...VIEW, reports: [report, { ...report, point: 'offer' as const }] }
  const stats = { ...STATS, campaign: { ...CAMPAIGN, name: long } }

  for (const { text } of [
    drawStats(t, stats, view),
    drawMatchingCaption(t, { ...SHOP, merchantName: long }, view),
  ]) {
    expect(text.replace(/<[^>]+>/g, '').length).toBeLessThan(1024)
  }
})

test.each(['秋季', 'Жизнь', '🎄 sale', 'العربية', '<b>&amp;', '﷽', 'A'.repeat(120)])(
  'a picture can be drawn of vouchers that are called %s',
  async (name) => {
    const arms = Array.from({ length: 9 }, () => ({ ...REPORT.arms[0]!, name }))
    const view = viewOf({ arms: [...arms, REPORT.arms[1]!] })

    const picture = await createPictures()(drawMatchingPicture(zh, name, view), MATCHING_SIZE)

    expect(picture.subarray(1, 4).toString()).toBe('PNG')
  },
)

test('a picture is drawn of a model that has not learnt anything, and of none', async () => {
  const draw = createPictures()
  const nothing = viewOf({ lift: null, arms: [], drivers: [], whatIf: [], outcomes: 0 })

  for (const view of [nothing, { ...VIEW, reports: [] }]) {
    const picture = await draw(drawMatchingPicture(en, 'Candle & Co', view), MATCHING_SIZE)
    expect(picture.subarray(1, 4).toString()).toBe('PNG')
  }
})

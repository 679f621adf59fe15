import { describe, expect, test } from 'vitest'

import { liabilityOf } from '../../../src/domain/liability.ts'
import { previewCard } from '../../../src/domain/preview-card.ts'
import type { CampaignView, ChangeView, Role } from '../../../src/domain/views.ts'
import { drawCampaignCard } from '../../../src/telegram/draw/campaign-card.ts'
import { drawHistory } from '../../../src/telegram/draw/history.ts'
import { hoursWords } from '../../../src/telegram/draw/hours.ts'
import { textsIn } from '../../../src/telegram/texts.ts'
import { CAMPAIGN } from './samples.ts'

const [en, zh] = [textsIn('en'), textsIn('zh')]
const SOHO = { storeId: 'sto_1', sourceId: '7', name: 'Soho', address: '', zone: 'UTC' }
const TEMPLATE = CAMPAIGN.templates[0]!
const DRAFT: CampaignView = { ...CAMPAIGN, status: 'draft', mode: 'matched' }

function draw(campaign: CampaignView, role: Role = 'owner', t = en) {
  const card = previewCard(campaign, new Map([[SOHO.storeId, SOHO.name]]))
  const shop = { merchantId: 'mer_1', merchantName: 'Candle & Co', role }
  const liability = liabilityOf(campaign)
  const { text, buttons = [] } = drawCampaignCard(t, shop, { campaign, card, liability }, [SOHO])
  return { text: text.replace(/<\/?b>/g, ''), buttons: buttons.flat().map((button) => button.text) }
}

describe('the card of a campaign', () => {
  test('says what people see, what there is and what it can cost', () => {
    const { text } = draw({
      ...DRAFT,
      storeIds: ['sto_1'],
      personLimit: 1,
      personPeriod: 'month',
      offers: [
        { ...CAMPAIGN.offers[0]!, rule: { all: [{ storeIds: ['sto_1'] }, { customer: 'new' }] } },
      ],
      templates: [
        { ...TEMPLATE, minSpendMinor: 2000, useWeekdays: 96, storeName: 'Soho' },
        { ...TEMPLATE, name: 'Hello', valueMinor: 100, quantity: 10, isFallback: true },
      ],
    })

    expect(text.split('\n')).toEqual([
      '📣 Autumn · draft',
      '',
      'What people see',
      '🎁 Coffee for friends',
      'Ask at the till.',
      '20 friends, up to £5.00 each',
      'Until 30 Dec 2026',
      'A voucher lives 30 days',
      'Only at Soho',
      'One a month for each person',
      '',
      'What there is to get',
      'For orders with store=7 and new',
      '🎟 100 × £5 off: £5.00 off · from £20.00 spent · Soho · Sat, Sun',
      '👋 10 × Hello: £1.00 off (for people you do not know yet, and when the rest is gone)',
      '',
      '💰 It can cost £510.00 at most',
      '£500.00 from its budget',
      '£10.00 for preset vouchers',
      '',
      'A draft: nobody sees it before you start it.',
    ])
  })

  test('of a campaign that runs says what is given of each limit', () => {
    const limits = { maxVouchers: 100, dayMaxVouchers: 10, dayBudgetMinor: 6_000 }
    const { text } = draw({ ...CAMPAIGN, ...limits, dayCount: 3, dayMinor: 1_500 })

    expect(text).toContain(
      '£120.00 of £500.00 given, £40.00 reserved\n24 of 100 vouchers given\nToday: 3 of 10 vouchers\nToday: £15.00 of £60.00',
    )
  })

  test.each([
    ['a draft with vouchers', DRAFT, 'owner', ['▶️ Start', '📋 Copy', '🕘 Changes']],
    ['a draft without', { ...DRAFT, templates: [] }, 'owner', ['📋 Copy', '🕘 Changes']],
    [
      'a draft that owes sharers a voucher',
      { ...DRAFT, rewardAfter: 3, rewardFor: 'claims' },
      'owner',
      ['📋 Copy', '🕘 Changes'],
    ],
    [
      'one that runs',
      CAMPAIGN,
      'manager',
      ['⏸ Pause', '⏹ Stop', '📊 Numbers', '📋 Copy', '🕘 Changes'],
    ],
    [
      'one that is paused',
      { ...CAMPAIGN, status: 'paused' },
      'owner',
      ['▶️ Resume', '⏹ Stop', '📊 Numbers', '📋 Copy', '🕘 Changes'],
    ],
    [
      'one that is stopped',
      { ...CAMPAIGN, status: 'stopped' },
      'owner',
      ['📊 Numbers', '📋 Copy', '🕘 Changes'],
    ],
    ['one that runs, for an analyst', CAMPAIGN, 'analyst', ['📊 Numbers', '🕘 Changes']],
  ] as [string, CampaignView, Role, string[]][])(
    'of %s has its buttons',
    (_, of, role, buttons) => {
      expect(draw(of, role).buttons).toEqual(buttons)
    },
  )

  test('of many kinds of vouchers fits a message', () => {
    const templates = Array.from({ length: 400 }, () => ({ ...TEMPLATE, name: '😀'.repeat(60) }))

    const { text } = draw({ ...DRAFT, templates })

    expect(text.length).toBeLessThanOrEqual(4096)
    expect(text).toMatch(/… and \d+ more/)
  })

  test('is Chinese in Chinese', () => {
    const { text, buttons } = draw(DRAFT, 'owner', zh)

    expect(text).toContain('20 位朋友，每人最多 £5.00')
    expect(text).toContain('💰 最多花费 £500.00')
    expect(buttons).toEqual(['▶️ 启动', '📋 复制', '🕘 修改记录'])
  })
})

const CHANGE: ChangeView = {
  changeId: 'chg_1',
  subject: 'campaign',
  subjectId: 'cmp_1',
  subjectName: 'Autumn',
  action: 'changed',
  by: 'telegram:42',
  before: {},
  after: {},
  happenedAt: new Date('2026-11-22T12:00:00Z'),
}

function history(change: Partial<ChangeView>, t = en): string[] {
  const terms = { currency: 'GBP', zone: 'Europe/London', selfId: 'telegram:1' }
  const { text } = drawHistory(t, 'Changes', [{ ...CHANGE, ...change }], terms)
  return text.split('\n').slice(2)
}

describe('changes', () => {
  test('are told with who, when, what was and what is', () => {
    const lines = history({
      byLabel: 'Mei <3',
      before: { budgetMinor: 50_000, endsAt: '2027-04-01T00:00:00+01:00', dayMaxVouchers: 50 },
      after: { budgetMinor: 60_000, endsAt: '2027-05-01T12:00:00+01:00', dayMaxVouchers: null },
    })

    expect(lines).toEqual([
      '22 Nov 2026 12:00 GMT · <a href="tg://user?id=42">Mei &lt;3</a>',
      '✏️ Autumn was changed',
      '· Budget: £500.00 → £600.00',
      '· End: 31 Mar 2027 → 1 May 2027 12:00 BST',
      '· Vouchers a day: 50 → no limit',
    ])
  })

  test.each([
    ['telegram:1', 'you'],
    ['telegram:42', '<a href="tg://user?id=42">42</a>'],
    ['api', 'your own system'],
    ['cli', 'the operator'],
    [`erased:${'0'.repeat(32)}`, 'somebody who is gone'],
  ])('by %s are by %s', (by, words) => {
    expect(history({ by })[0]).toBe(`22 Nov 2026 12:00 GMT · ${words}`)
  })

  test('of terms, hours and roles have words in both languages', () => {
    const after = {
      openWeekdays: 31,
      openFromMinute: 660,
      personPeriod: 'week',
      onRefund: 'roll_back',
      shareTtlSeconds: 172_800,
      storeIds: ['sto_1', 'sto_2'],
      sharerMayClaim: false,
    }

    expect(history({ after }).slice(2)).toEqual([
      '· Days: Mon–Fri',
      '· From: 11:00',
      '· Period: week',
      '· What was spent on a cancelled order: comes back',
      '· A share lives: 48 hours',
      '· Stores: 2',
      '· Sharers may claim too: no',
    ])
    expect(history({ after }, zh).slice(2)).toEqual([
      '· 星期：周一–周五',
      '· 从：11:00',
      '· 周期：每周',
      '· 用于已取消订单的金额：退回',
      '· 分享有效时间：48 小时',
      '· 门店数：2',
      '· 分享者可以领取：否',
    ])
  })
})

test.each([
  [
    { weekdays: 31, fromMinute: 660, toMinute: 840 },
    'Mon–Fri 11:00–14:00',
    '周一–周五 11:00–14:00',
  ],
  [{ weekdays: 96, fromMinute: 0, toMinute: 1440 }, 'Sat, Sun', '周六、周日'],
  [
    { weekdays: 1 + 4 + 16 + 32 + 64, fromMinute: 0, toMinute: 1440 },
    'Mon, Wed, Fri–Sun',
    '周一、周三、周五–周日',
  ],
  [{ weekdays: 127, fromMinute: 1320, toMinute: 120 }, '22:00–02:00', '22:00–02:00'],
  [{ weekdays: 127, fromMinute: 540, toMinute: 1440 }, '09:00–24:00', '09:00–24:00'],
])('hours %j are %s', (hours, english, chinese) => {
  expect([hoursWords(en, hours), hoursWords(zh, hours)]).toEqual([english, chinese])
})

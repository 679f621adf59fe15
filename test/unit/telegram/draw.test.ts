import { describe, expect, test } from 'vitest'

import type { ClaimAnswer, ClaimResult, UsedView } from '../../../src/domain/views.ts'
import { drawCampaigns } from '../../../src/telegram/draw/campaign.ts'
import { drawClaim, drawClaimAlert } from '../../../src/telegram/draw/claim.ts'
import { drawSpending } from '../../../src/telegram/draw/notice.ts'
import { drawOrder, drawOrders } from '../../../src/telegram/draw/order.ts'
import { drawShare, drawShares } from '../../../src/telegram/draw/share.ts'
import { drawStats } from '../../../src/telegram/draw/stats.ts'
import { drawRedemption, drawRefusedRedemption } from '../../../src/telegram/draw/till.ts'
import { drawVoucherCard, drawVouchers } from '../../../src/telegram/draw/voucher.ts'
import { LANGUAGES, textsIn } from '../../../src/telegram/texts.ts'
import { CAMPAIGN, LINKS, OFFER, ORDER, REDEMPTION, SHARE, STATS, VOUCHER } from './samples.ts'

const [en, zh] = [textsIn('en'), textsIn('zh')]
const APP = { appUrl: 'https://passalong.example/app/' }

describe('an order', () => {
  test('patent 2: shows its offer with a button that leads to a list of chats', () => {
    const { text, buttons } = drawOrder(en, ORDER, [OFFER], APP)

    expect(text).toBe(
      [
        '<b>Order 536365</b>',
        'Candle &amp; Co · Soho · 21 Nov 2026',
        '',
        '6 × White hanging heart t-light holder · £15.30',
        '',
        '<b>Total £15.30</b>',
        '',
        '🎁 <b>A treat for your friends</b>',
        'Candles at any of our stores.',
        '20 friends get up to £5.00 each',
      ].join('\n'),
    )
    expect(buttons).toEqual([
      [
        {
          text: '🎁 Share: A treat for your friends',
          switch_inline_query_chosen_chat: {
            query: `${ORDER.reference} off_1`,
            allow_user_chats: true,
            allow_group_chats: true,
          },
        },
      ],
      [{ text: 'Open', web_app: { url: APP.appUrl } }],
    ])
  })

  test('patent 2: says nothing of offers when none matches', () => {
    const { text, buttons } = drawOrder(en, ORDER, [], {})

    expect(text).toMatch(/<b>Total £15.30<\/b>$/)
    expect(text).not.toContain('🎁')
    expect(buttons).toEqual([])
  })

  test('with a thousand lines fits a message and says how many are left out', () => {
    const line = { ...ORDER.lines[0]!, title: '<&>'.repeat(100) }
    const lines = Array.from({ length: 1000 }, () => line)

    const { text } = drawOrder(en, { ...ORDER, lines }, [OFFER, OFFER, OFFER], APP)

    const shown = text.split('\n').filter((one) => one.startsWith('6 ×')).length
    expect(text.length).toBeLessThanOrEqual(4096)
    expect(shown).toBeGreaterThan(5)
    expect(text).toContain(`… and ${1000 - shown} more`)
    expect(text).toContain('Total £15.30')
  })

  test('that was cancelled says so', () => {
    const { text } = drawOrder(en, { ...ORDER, status: 'cancelled', cancelledMinor: 1530 }, [], {})

    expect(text).toContain('Cancelled: £15.30 (cancelled)')
  })

  test('stands in the list with a button that opens it', () => {
    const { text, buttons } = drawOrders(
      en,
      Array.from({ length: 12 }, () => ORDER),
    )

    expect(text).toContain('… and 2 more')
    expect(buttons).toHaveLength(10)
    expect(buttons?.[0]).toEqual([
      { text: '536365 · £15.30', callback_data: `o:${ORDER.reference}` },
    ])
  })
})

describe('a share in a group', () => {
  test('patent 1: says what there is to get and how much is left, and has two ways to get it', () => {
    const { text, buttons } = drawShare(en, SHARE, LINKS)

    expect(text).toContain('<b>Get up to £5.00</b>\n7 of 20 left · until 31 Dec 2026 23:00 UTC')
    expect(buttons).toEqual([
      [{ text: '🎁 Get it', url: LINKS.app, style: 'success' }],
      [{ text: 'Get it here, without opening anything', callback_data: `c:${SHARE.reference}` }],
    ])
  })

  test('leads into the chat where there is no Mini App', () => {
    const links = { chat: LINKS.chat, page: LINKS.page }

    expect(drawShare(en, SHARE, links).buttons?.[0]?.[0]).toMatchObject({ url: LINKS.chat })
  })

  test.each(['exhausted', 'expired', 'revoked'] as const)(
    'that is %s has one dead button',
    (status) => {
      const { text, buttons } = drawShare(en, { ...SHARE, status }, LINKS)

      const words = en.plain(`share-${status}`)
      expect(text).toContain(`<b>${words}</b>`)
      expect(buttons).toEqual([[{ text: words, disabled: {} }]])
    },
  )

  test.each([
    [500, 'Get up to £5.00', '可领：最多 £5.00'],
    [0, 'Get a voucher', '可领：一张券'],
  ])(
    'promises no more than the most of %i, since somebody unknown gets the preset voucher',
    (toMinor, english, chinese) => {
      const share = { ...SHARE, offer: { ...OFFER, fromMinor: toMinor, toMinor } }

      expect(drawShare(en, share, LINKS).text).toContain(`<b>${english}</b>`)
      expect(drawShare(textsIn('zh'), share, LINKS).text).toContain(`<b>${chinese}</b>`)
    },
  )

  test('can be stopped from the list while it goes on', () => {
    const { buttons } = drawShares(en, [SHARE, { ...SHARE, status: 'exhausted' }])

    expect(buttons).toEqual([
      [{ text: 'Stop: A treat for your friends', callback_data: `x:${SHARE.reference}` }],
    ])
  })
})

describe('a claim', () => {
  const answers: [ClaimResult, string | undefined, string][] = [
    ['allocated', undefined, 'You got £5.00 off at Candle & Co'],
    ['fallback', 'stranger', 'A gift for you: £5.00 off at Candle & Co'],
    ['fallback', 'share_used_up', 'What was shared is used up'],
    ['fallback', 'none_left', 'What was shared is used up'],
    ['fallback', 'not_personal', 'As you asked, it is not personalised.'],
    ['fallback', 'control', 'A gift for you: £5.00 off at Candle & Co'],
    ['repeated', undefined, 'You have yours already'],
    ['exhausted', 'share_used_up', 'All of it has been given away.'],
    ['expired', 'share_expired', 'This has ended.'],
    ['expired', 'campaign_ended', 'This campaign has ended.'],
    ['revoked', 'share_revoked', 'Whoever shared this has stopped it.'],
    ['revoked', 'campaign_stopped', 'Candle & Co has stopped this campaign.'],
    ['ineligible', 'not_started', 'This has not started yet.'],
    ['ineligible', 'campaign_paused', 'This is paused at the moment.'],
    ['ineligible', 'sharer_self', 'You shared this yourself'],
    ['ineligible', 'something_new', 'This one is not for you.'],
  ]

  test.each(answers)('patent 9 10: %s (%s) is told in words', (result, reason, words) => {
    const answer = answerOf(result, reason)

    expect(drawClaimAlert(en, answer, true)).toContain(words)
    expect(drawClaim(en, answer, {}).text.replace('&amp;', '&')).toContain(words)
  })

  test('whoever is compared with, or gets what everybody gets, is not told that something was used up', () => {
    for (const reason of ['stranger', 'control', 'stop_loss', 'fault', 'not_personal'])
      expect(drawClaim(en, answerOf('fallback', reason), {}).text).not.toContain('used up')
  })

  test.each(LANGUAGES)('fits the 200 characters of an alert in %s, code and all', (language) => {
    const name = 'A very long name of a very kind merchant '.repeat(3).slice(0, 120)
    const voucher = { ...VOUCHER, name, kind: 'free_item' as const }
    for (const [result, reason] of answers) {
      for (const isReachable of [true, false]) {
        const answer = { ...answerOf(result, reason), merchantName: name }
        const alert = drawClaimAlert(
          textsIn(language),
          answer.voucher ? { ...answer, voucher } : answer,
          isReachable,
        )
        expect(alert.length).toBeLessThanOrEqual(200)
        if (answer.voucher) expect(alert).toContain('7KQ2-M4XV-9RTC-V')
      }
    }
  })

  test('tells somebody whom the bot cannot write to how to keep the voucher', () => {
    expect(drawClaimAlert(en, answerOf('allocated'), false)).toContain('Tap once more')
    expect(drawClaimAlert(en, answerOf('allocated'), true)).toContain('in our chat')
  })

  test('shows the voucher with a button that copies its code, and cannot be forwarded', () => {
    const drawn = drawClaim(en, answerOf('allocated'), APP)

    expect(drawn.text).toBe(
      [
        '🎉 <b>You got £5.00 off at Candle &amp; Co</b>',
        '',
        'Autumn five',
        'Code: <code>7KQ2-M4XV-9RTC-V</code>',
        'from £20.00 spent',
        'At Candle &amp; Co, Soho, 12 Berwick Street',
        'Until 23 Dec 2026',
        'Show the code at the till.',
      ].join('\n'),
    )
    expect(drawn.isProtected).toBe(true)
    expect(drawn.buttons?.[0]).toEqual([
      { text: 'Copy 7KQ2-M4XV-9RTC-V', copy_text: { text: '7KQ2-M4XV-9RTC-V' } },
    ])
  })
})

const REMINDED = { reminders: true }

describe('the wallet', () => {
  test('says how to be reminded again, while reminders are off', () => {
    const { text, buttons } = drawVouchers(en, [VOUCHER], {}, { reminders: false })

    expect(text).toContain('Reminders before a voucher ends are off.')
    expect(buttons?.at(-1)).toEqual([{ text: '🔔 Remind me again', callback_data: 'b:on' }])
  })

  test('one voucher comes with how it was used, and with no code when it is over', () => {
    const redeemedAt = new Date('2026-11-21T10:00:00Z')
    const uses = [
      { amountMinor: 200, rolledBackMinor: 0, redeemedAt, storeName: 'Soho' },
      { amountMinor: 100, rolledBackMinor: 100, redeemedAt, storeName: null },
    ]
    const voucher = { ...VOUCHER, balanceMinor: 300 }

    const good = drawVoucherCard(en, { voucher, uses }, Buffer.from('picture'))
    const over = drawVoucherCard(
      en,
      { voucher: { ...voucher, status: 'expired' }, uses },
      undefined,
    )

    expect(good.text).toContain('Used: £2.00 · 21 Nov 2026 10:00 GMT · Soho')
    expect(good.text).toContain('Given back: £1.00 · 21 Nov 2026 10:00 GMT')
    expect(good.file).toMatchObject({ as: 'photo' })
    expect(over.text).toContain('expired')
    expect(over.text).not.toContain('Code')
    expect(over.file).toBeUndefined()
  })

  test('shows what can be used and counts the rest', () => {
    const used = { ...VOUCHER, status: 'redeemed' as const }
    const { text, buttons } = drawVouchers(
      en,
      [VOUCHER, { ...VOUCHER, balanceMinor: 300 }, used],
      {},
      REMINDED,
    )

    expect(text).toContain('£3.00 of £5.00 left')
    expect(text).toContain('One older voucher is used or over.')
    expect(buttons).toHaveLength(2)
  })

  test('with a hundred vouchers fits a message', () => {
    const long = {
      ...VOUCHER,
      name: '<'.repeat(120),
      merchantName: '&'.repeat(120),
      storeAddress: '"'.repeat(300),
    }

    const { text } = drawVouchers(
      en,
      Array.from({ length: 100 }, () => long),
      {},
      REMINDED,
    )

    expect(text.length).toBeLessThanOrEqual(4096 * 3)
    expect(readable(text).length).toBeLessThanOrEqual(4096)
    expect(text).toContain('… and 92 more')
  })

  test('names each kind of voucher by what it is worth', () => {
    const worth = (['percent_off', 'amount_off', 'gift_balance', 'free_item'] as const).map(
      (kind) => {
        const voucher = { ...VOUCHER, kind, ...(kind === 'percent_off' && { percentBp: 1250 }) }
        return drawVouchers(en, [voucher], {}, REMINDED).text.split('\n')[2]
      },
    )

    expect(worth).toEqual([
      '<b>12.5% off, up to £5.00</b>',
      '<b>£5.00 off</b>',
      '<b>£5.00 to spend</b>',
      '<b>Autumn five for free</b>',
    ])
  })
})

test('a holder is told what was spent and what is left', () => {
  const voucher = {
    ...VOUCHER,
    kind: 'gift_balance' as const,
    status: 'partially_redeemed' as const,
    balanceMinor: 200,
  }

  const { text } = drawSpending(en, 'notice-redeemed', { amountMinor: 300, voucher }, {})

  expect(text).toContain('✅ <b>£3.00 of your voucher was used at Candle &amp; Co</b>')
  expect(text).toContain('£2.00 of £5.00 left')
})

test('a cashier reads from how much and where a voucher is valid, before and after', () => {
  const [before, after] = [
    drawRefusedRedemption(en, {
      reason: 'amount_required',
      voucher: { ...VOUCHER, kind: 'percent_off', percentBp: 1000 },
    }),
    drawRedemption(en, REDEMPTION, false),
  ]
  const { storeName, ...anywhere } = { ...REDEMPTION.voucher, minSpendMinor: 0 }
  const unbound = drawRedemption(en, { ...REDEMPTION, voucher: anywhere }, false)

  for (const { text } of [before, after])
    expect(text).toContain('from £20.00 spent\nOnly at Soho, 12 Berwick Street\n')
  expect(unbound.text).not.toMatch(/spent|Only at/)
})

test.each([
  ['GBP', 2, '/redeem 7KQ2-M4XV-9RTC-V order=20.00'],
  ['JPY', 0, '/redeem 7KQ2-M4XV-9RTC-V order=2000'],
  ['KWD', 3, '/redeem 7KQ2-M4XV-9RTC-V order=20.000'],
] as const)(
  'what is missing at the till is asked for with an amount in %s',
  (currency, decimals, command) => {
    const minSpendMinor = decimals === 0 ? 2000 : 20 * 10 ** decimals
    const voucher = { ...VOUCHER, currency, minSpendMinor }

    const { text } = drawRefusedRedemption(en, { reason: 'order_amount_required', voucher })

    expect(text).toContain(command)
  },
)

test.each([
  ['EUR', '✅ <b>€12.34 redeemed</b>', 'Order: €20.00', 'Left: €0.05'],
  ['JPY', '✅ <b>JP¥1,234 redeemed</b>', 'Order: JP¥2,000', 'Left: JP¥5'],
  ['KWD', '✅ <b>KWD 1.234 redeemed</b>', 'Order: KWD 2.000', 'Left: KWD 0.005'],
])('a redemption in %s is told with the decimals of that currency', (currency, ...lines) => {
  const voucher = { ...REDEMPTION.voucher, currency, balanceMinor: 5 }
  const amounts = { amountMinor: 1234, orderMinor: 2000, balanceAfterMinor: 5 }

  const { text } = drawRedemption(en, { ...REDEMPTION, ...amounts, voucher }, false)

  // what stands between a code and its amount does not break
  for (const line of lines) expect(text.replaceAll('\u00a0', ' ')).toContain(line)
})

test('a cashier who comes second reads who used a voucher, when, where and for how much', () => {
  const redeemedAt = new Date('2026-11-25T10:00:00Z')
  const used = { redemptionId: 'rdm_1', amountMinor: 500, redeemedAt }
  const told = (who: Pick<UsedView, 'by' | 'label' | 'storeName'>, t = en) =>
    drawRefusedRedemption(t, {
      reason: 'already_redeemed',
      voucher: VOUCHER,
      used: { ...used, ...who },
    }).text.split('\n')[1]

  expect([
    told({ by: 'staff', label: 'Anna <b>', storeName: 'Soho' }),
    told({ by: 'staff' }),
    told({ by: 'till' }),
    told({ by: 'till' }, zh),
  ]).toEqual([
    '£5.00 · 25 Nov 2026 10:00 GMT · Anna &lt;b&gt; · Soho',
    '£5.00 · 25 Nov 2026 10:00 GMT · a colleague',
    '£5.00 · 25 Nov 2026 10:00 GMT · the till',
    '£5.00 · 2026年11月25日 10:00 GMT · 收银系统',
  ])
})

test.each([
  ['amount_off', 'The rest, £2.14, cannot be used any more'],
  ['free_item', 'The rest, £2.14, cannot be used any more'],
  ['percent_off', undefined],
] as const)('what is left unused of %s is told as %s', (kind, words) => {
  const voucher = { ...VOUCHER, kind, valueMinor: 314, status: 'redeemed' as const }

  const { text } = drawRedemption(en, { ...REDEMPTION, voucher, unusedMinor: 214 }, false)

  expect(text.includes('cannot be used any more')).toBe(words !== undefined)
  expect(text).toContain(words ?? '')
})

test('patent 12: a campaign is shown in numbers, with what it cost and can still cost', () => {
  const { text } = drawStats(en, { ...STATS, redeemed: 12, costPerRedemptionMinor: 250 })

  expect(text).toContain('📊 <b>Autumn</b> · running\n\n120 orders opened\n60 offers shown')
  expect(text).toContain('1 preset voucher\n12 redeemed')
  expect(text).toContain(
    '£30.00 spent of £120.00 given\n£2.50 for each redemption\n£700.00 bought with it at the till\n£90.00 can still be spent',
  )
})

test('a campaign’s numbers fit below a picture in either language', () => {
  const most = Object.fromEntries(
    Object.entries(STATS).map(([name, value]) => [
      name,
      typeof value === 'number' ? 9_007_199_254_740_991 : value,
    ]),
  ) as typeof STATS
  const campaign = { ...CAMPAIGN, name: '😀'.repeat(60) }
  const texts = LANGUAGES.map((one) => drawStats(textsIn(one), { ...most, campaign }).text)

  expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(1024)
})

test.each([
  [1, ['1 order opened', '1 offer shown', '1 share', '1 redemption undone', '1 person who shared']],
  [
    2,
    [
      '2 orders opened',
      '2 offers shown',
      '2 shares',
      '2 redemptions undone',
      '2 people who shared',
    ],
  ],
])('patent 12: %i of each is counted in the right words', (count, words) => {
  const steps = { queried: count, shown: count, shared: count, opened: count, claimed: count }
  const others = { fallback: count, redeemed: count, refused: count, rolledBack: count }

  const { text } = drawStats(en, { ...STATS, ...steps, ...others, sharers: count })

  expect(text.split('\n')).toEqual(expect.arrayContaining(words))
})

test('campaigns have a button that shows them and one that moves them on', () => {
  const shop = {
    merchantId: `mer_${'0'.repeat(20)}`,
    merchantName: 'Candle & Co',
    role: 'owner' as const,
  }
  const campaignId = `cmp_${'0'.repeat(20)}`
  const states = (['draft', 'active', 'paused', 'stopped'] as const).map((status) => ({
    ...CAMPAIGN,
    status,
    campaignId,
  }))

  const { buttons } = drawCampaigns(en, shop, states)

  const data = buttons?.map((row) =>
    row.map((button) => ('callback_data' in button ? button.callback_data : '')),
  )
  const [pause, resume, card] = ['p', 'r', 'c'].map(
    (letter) => `${letter}:${shop.merchantId}:${campaignId}`,
  )
  expect(data).toEqual([[card, resume], [card, pause], [card, resume], [card]])
  expect(
    Math.max(...(data ?? []).flat().map((one) => Buffer.byteLength(one ?? ''))),
  ).toBeLessThanOrEqual(64)
})

function answerOf(result: ClaimResult, reason?: string): ClaimAnswer {
  const hasVoucher = ['allocated', 'fallback', 'repeated'].includes(result)
  return {
    result,
    merchantName: 'Candle & Co',
    ...(reason !== undefined && { reason }),
    ...(hasVoucher && { voucher: VOUCHER }),
  }
}

/** What is left of a text when its markup is read. */
function readable(html: string): string {
  return html.replace(/<[^>]+>/g, '').replace(/&\w+;/g, 'x')
}

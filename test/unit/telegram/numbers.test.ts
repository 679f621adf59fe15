import { existsSync, readFileSync } from 'node:fs'
import { Telegram } from 'telegraf'
import { expect, test } from 'vitest'

import { createPictures } from '../../../src/pictures/draw-picture.ts'
import { violationsOf } from '../../../src/sandbox/world/calls.ts'
import { call } from '../../../src/telegram/call.ts'
import { type Alert, drawAlert } from '../../../src/telegram/draw/alert.ts'
import { drawExport } from '../../../src/telegram/draw/export.ts'
import { drawStats } from '../../../src/telegram/draw/stats.ts'
import { drawStatsPicture, STATS_SIZE } from '../../../src/telegram/draw/stats-picture.ts'
import { sendCall } from '../../../src/telegram/message.ts'
import { textsIn } from '../../../src/telegram/texts.ts'
import { testTelegram } from '../../helpers/telegram.ts'
import { CAMPAIGN, STATS } from './samples.ts'

const [en, zh] = [textsIn('en'), textsIn('zh')]
const PLACE = {
  merchantId: `mer_${'0'.repeat(20)}`,
  merchantName: 'Candle & Co',
  currency: 'GBP',
  role: 'owner' as const,
}
const campaign = { ...CAMPAIGN, campaignId: `cmp_${'0'.repeat(20)}` }

test.each<[Partial<Alert>, string]>([
  [
    { measure: 'budget', level: 80, used: 40_000, allowed: 50_000 },
    'Autumn: 80% of the budget is given or reserved, £400.00 of £500.00.',
  ],
  [
    { measure: 'count', level: 100, used: 1200, allowed: 1200 },
    'Autumn: all of its 1,200 vouchers are given.',
  ],
  [
    { measure: 'stock', level: 80, used: 8, allowed: 10, subjectId: 'vtp_1' },
    'Autumn: 80% of the vouchers “£5 off” are given, 8 of 10.',
  ],
  [
    { measure: 'refusals', level: 0, used: 40, before: 20, reason: 'campaign_paused' },
    '40 people went away with nothing in the last hour, far more than usual (in the seven days before: 20).\nMostly: the campaign is paused',
  ],
])('an alert says what happened: %o', (alert, words) => {
  const { text, buttons } = drawAlert(en, alert as Alert, { ...PLACE, campaign })

  expect(text).toContain('🔔 Candle &amp; Co\n')
  expect(text).toContain(words)
  expect(buttons).toHaveLength(1)
})

test('wrong codes are told with whose they mostly are', () => {
  const alert: Alert = { measure: 'wrong_codes', level: 0, used: 25, before: 3, byId: 'api' }
  const who = {
    personId: 'telegram:7',
    role: 'cashier',
    label: 'Tom',
    joinedAt: new Date(),
  } as const

  expect(drawAlert(en, alert, PLACE).text).toContain('Mostly by your till system.')
  expect(drawAlert(zh, { ...alert, byId: 'telegram:7' }, { ...PLACE, who }).text).toContain(
    '主要来自 Tom。',
  )
})

test('a file that no chat can take is not sent, and how to come by it is told', () => {
  const made = { exportId: 'exp_1', kind: 'ledger', rows: 900_000, bytes: 50_000_000 } as const

  const { text, hasFile } = drawExport(en, made, undefined)

  expect(hasFile).toBe(false)
  expect(text).toContain('900,000 rows and is too large for a chat')
  expect(text).toContain('exp_1')
})

test('in yen and in dinars amounts have their own decimals', () => {
  const money = (currency: string) =>
    drawStats(en, { ...STATS, campaign: { ...CAMPAIGN, currency } }).text

  expect(money('JPY')).toContain('JP¥3,000 spent of JP¥12,000 given')
  expect(money('KWD')).toMatch(/KWD\s3\.000 spent of KWD\s12\.000 given/)
})

test.each(['秋季', 'Жизнь', '🎄 sale', 'العربية', '<b>&amp;', '﷽', 'A'.repeat(120)])(
  'a picture can be drawn of a campaign that is called %s',
  async (name) => {
    const day = { ...STATS, day: '2026-11-22' }
    const stats = { ...STATS, campaign: { ...CAMPAIGN, name }, days: [day, day] }

    const picture = await createPictures()(drawStatsPicture(zh, stats), STATS_SIZE)

    expect(picture.subarray(1, 4).toString()).toBe('PNG')
  },
)

/** The Big List of Naughty Strings, where it is at hand. */
const LIST = new URL('../../../../shared/data/vectors/blns.json', import.meta.url)

test.skipIf(!existsSync(LIST))(
  'no name of a campaign, a voucher or a shop breaks what is said in numbers',
  async () => {
    const names = (JSON.parse(readFileSync(LIST, 'utf8')) as string[]).filter((name) => name.trim())
    await using telegram = await testTelegram()
    const reader = await telegram.person(101, { started: true })
    const client = new Telegram(telegram.world.bot.token, { apiRoot: telegram.url })

    for (const name of names) {
      const named = { ...campaign, name: name.slice(0, 120) }
      const alert: Alert = { measure: 'stock', level: 80, used: 8, allowed: 10, subjectId: 'vtp_1' }
      const messages = [
        drawStats(en, { ...STATS, campaign: named }),
        drawAlert(en, alert, { ...PLACE, merchantName: name, campaign: named }),
      ]
      for (const message of messages) {
        await call(client, 'sendMessage', sendCall(101, message).params as never)
      }
    }

    const sent = await reader.sees()
    const kinds = new Set(sent.flatMap(({ entities }) => entities?.map(({ type }) => type) ?? []))
    expect(sent).toHaveLength(names.length * 2)
    expect(violationsOf(telegram.world)).toEqual([])
    expect([...kinds]).toEqual(['bold'])
  },
  60_000,
)

import { existsSync, readFileSync } from 'node:fs'
import { Telegram } from 'telegraf'
import { expect, test } from 'vitest'

import { liabilityOf } from '../../../src/domain/liability.ts'
import { previewCard } from '../../../src/domain/preview-card.ts'
import type { ChangeView } from '../../../src/domain/views.ts'
import { violationsOf } from '../../../src/sandbox/world/calls.ts'
import { call } from '../../../src/telegram/call.ts'
import { drawCampaigns, drawStopQuestion } from '../../../src/telegram/draw/campaign.ts'
import { drawCampaignCard } from '../../../src/telegram/draw/campaign-card.ts'
import { drawClaim } from '../../../src/telegram/draw/claim.ts'
import { drawHistory } from '../../../src/telegram/draw/history.ts'
import { drawOrder } from '../../../src/telegram/draw/order.ts'
import { drawShare } from '../../../src/telegram/draw/share.ts'
import { drawStores } from '../../../src/telegram/draw/staff.ts'
import { escapeHtml } from '../../../src/telegram/escape.ts'
import { sendCall } from '../../../src/telegram/message.ts'
import { textsIn } from '../../../src/telegram/texts.ts'
import { testTelegram } from '../../helpers/telegram.ts'
import { CAMPAIGN, LINKS, OFFER, ORDER, SHARE, VOUCHER } from './samples.ts'

/** The Big List of Naughty Strings, where it is at hand. */
const LIST = new URL('../../../../shared/data/vectors/blns.json', import.meta.url)
const t = textsIn('en')

test.skipIf(!existsSync(LIST))(
  'no text of people or merchants breaks a message or becomes a link',
  async () => {
    const naughty = (JSON.parse(readFileSync(LIST, 'utf8')) as string[]).filter(
      (text) => text.trim() !== '',
    )
    await using telegram = await testTelegram()
    const reader = await telegram.person(101, { started: true })
    const client = new Telegram(telegram.world.bot.token, { apiRoot: telegram.url })

    for (const text of naughty) {
      for (const message of drawAll(text)) {
        await call(client, 'sendMessage', sendCall(101, message).params as never)
      }
    }

    const messages = await reader.sees()
    const entities = messages.flatMap((message) => message.entities ?? [])
    const kinds = new Set(
      // the profile of whoever changed something is a link of ours
      entities.filter(({ url }) => url !== 'tg://user?id=1').map(({ type }) => type),
    )
    expect(naughty.length).toBeGreaterThan(500)
    expect(messages).toHaveLength(naughty.length * 8)
    expect(violationsOf(telegram.world)).toEqual([])
    // Commands are those of our own examples.
    expect([...kinds].sort()).toEqual(['bold', 'code'])
  },
  60_000,
)

/** Everything that shows texts of people or merchants, with this one in every place. */
function drawAll(naughty: string) {
  const text = naughty.slice(0, 120)
  const offer = { ...OFFER, title: text, body: text }
  const line = { ...ORDER.lines[0]!, title: text }
  const order = { ...ORDER, sourceId: text, merchantName: text, storeName: text, lines: [line] }
  const share = { ...SHARE, merchantName: text, offer }
  const voucher = {
    ...VOUCHER,
    name: text,
    merchantName: text,
    storeName: text,
    storeAddress: text,
  }
  const campaign = {
    ...CAMPAIGN,
    name: text,
    offers: [{ ...CAMPAIGN.offers[0]!, title: text, body: text }],
    templates: [{ ...CAMPAIGN.templates[0]!, name: text, storeName: text }],
    storeIds: ['sto_1'],
  }
  const card = previewCard(campaign, new Map([['sto_1', text]]))
  const change: ChangeView = {
    changeId: 'chg_1',
    subject: 'campaign',
    subjectId: 'cmp_1',
    subjectName: text,
    action: 'changed',
    by: 'telegram:1',
    byLabel: text,
    before: { name: text, budgetMinor: 1 },
    after: { name: text, budgetMinor: 2 },
    happenedAt: new Date(0),
  }
  const terms = { currency: 'GBP', zone: 'UTC', selfId: 'telegram:2' }
  const shop = { merchantId: 'mer_1', merchantName: text, role: 'owner' as const }
  const store = { storeId: 'sto_1', sourceId: text, name: text, address: text, zone: 'UTC' }
  return [
    drawOrder(t, order, [offer], {}),
    drawShare(t, share, LINKS),
    drawClaim(t, { result: 'allocated', merchantName: text, voucher }, {}),
    drawCampaigns(t, shop, [campaign]),
    drawStores(t, text, [store]),
    drawCampaignCard(t, shop, { campaign, card, liability: liabilityOf(campaign) }, [store]),
    drawStopQuestion(t, 'mer_1', campaign),
    drawHistory(t, escapeHtml(text), [change], terms),
  ]
}

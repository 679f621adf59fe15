import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { isControl } from '../../src/matching/control.ts'
import type { Logged } from '../../src/matching/decide.ts'
import { audit } from '../../src/store/audit.ts'
import { changeSettings } from '../../src/store/people.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { queryOrder } from '../../src/usecases/query-order.ts'
import { testApp } from '../helpers/app.ts'
import {
  addCampaign,
  addKnown,
  addOrder,
  addShare,
  addShop,
  type CampaignOptions,
  people,
  type Shop,
} from '../helpers/shop.ts'

const KINDS: CampaignOptions = {
  slotsPerShare: 50,
  templates: [
    { name: 'For candles', traits: { candles: 1 } },
    { name: 'For the kitchen', traits: { kitchen: 1 } },
  ],
  fallback: { name: 'Preset' },
}
const OUTSIDER = people(200).find((person) => !isControl(person, 0.1))!
const CONTROL = people(200).find((person) => isControl(person, 0.1))!

let app: Awaited<ReturnType<typeof testApp>>

beforeAll(async () => {
  app = await testApp({ draw: () => 0.5 })
})
afterAll(() => app[Symbol.asyncDispose]())

/** A shop of its own, so that nothing which was learnt or set elsewhere decides here. */
async function shopWith(options: CampaignOptions = KINDS, setting = '') {
  const shop = await addShop(app)
  if (setting) await run(`update merchants set ${setting} where id = '${shop.merchantId}'`)
  const campaign = await addCampaign(app, shop, options)
  return { shop, campaign, share: await addShare(app, shop) }
}

function run<T extends object>(statement: string): Promise<T[]> {
  return app.db.run(({ sql }) => sql.unsafe<T[]>(statement)) as Promise<T[]>
}

async function claimAs(personId: string, token: string, on: AppContext = app) {
  return claimShare(on, { personId, by: { kind: 'token', token } })
}

type Row = {
  candidates: Logged
  chosenId: string
  chosenBy: string
  propensity: number
  reasons: { feature?: string; why?: string }[]
  model: string
  learnable: boolean
}

async function decisionOf({ merchantId }: Shop, personId: string, point = 'voucher'): Promise<Row> {
  const rows = await app.db.run(
    ({ sql }) => sql<Row[]>`
      select candidates, chosen_id, chosen_by, propensity, reasons, model, learnable from decisions
      where merchant_id = ${merchantId} and person_id = ${personId} and point = ${point}
      order by decided_at desc limit 1`,
  )
  return rows[0]!
}

test('patent 3 7 8: who buys candles gets the voucher for candles, and it is written down why', async () => {
  const { shop, campaign, share } = await shopWith()
  await addKnown(app, shop, 'telegram:2')

  const { result, voucher } = await claimAs('telegram:2', share.token)

  expect([result, voucher?.name]).toEqual(['allocated', 'For candles'])
  const { candidates, reasons, ...decision } = await decisionOf(shop, 'telegram:2')
  const [candles, kitchen, preset] = candidates.arms
  expect(decision).toEqual({
    chosenId: campaign.templateIds[0],
    chosenBy: 'match',
    propensity: candles!.p,
    model: 'voucher/0',
    learnable: true,
  })
  expect([kitchen!.id, preset!.id, preset!.p]).toEqual([
    campaign.templateIds[1],
    campaign.fallbackId,
    0,
  ])
  expect(candles!.p + kitchen!.p).toBeCloseTo(1, 9)
  expect(reasons[0]).toMatchObject({ feature: 'fit', high: true })
})

test('what was logged is what vouchers were drawn from', async () => {
  const { shop, campaign, share } = await shopWith({
    ...KINDS,
    slotsPerShare: 400,
    templates: [{ name: 'One' }, { name: 'Other' }, { name: 'Third' }],
  })
  let draws = 0
  const chance: AppContext = { ...app, draw: () => (draws++ * 0.618_033_988_7) % 1 }
  const openers = people(300)
  for (const person of openers) await addKnown(app, shop, person)
  for (const person of openers) await claimAs(person, share.token, chance)

  const rows = await run<{ chosenId: string; candidates: Logged }>(
    `select chosen_id, candidates from decisions where merchant_id = '${shop.merchantId}' and point = 'voucher'`,
  )
  for (const id of campaign.templateIds) {
    const expected = rows.reduce(
      (sum, { candidates }) => sum + candidates.arms.find((arm) => arm.id === id)!.p,
      0,
    )
    const given = rows.filter(({ chosenId }) => chosenId === id).length
    expect(Math.abs(given - expected)).toBeLessThan(4)
  }
})

describe('the control share', () => {
  test('gets the preset voucher, takes no slot, and is learnt from', async () => {
    const { shop, campaign, share } = await shopWith(KINDS, 'control_bp = 1000')
    for (const person of [OUTSIDER, CONTROL]) await addKnown(app, shop, person)

    expect(await claimAs(CONTROL, share.token)).toMatchObject({
      result: 'fallback',
      reason: 'control',
      voucher: { name: 'Preset' },
    })
    expect(await claimAs(OUTSIDER, share.token)).toMatchObject({ result: 'allocated' })

    expect(await decisionOf(shop, CONTROL)).toMatchObject({
      chosenId: campaign.fallbackId,
      chosenBy: 'fallback',
      propensity: 0.1,
      learnable: true,
      reasons: [{ why: 'control' }],
      candidates: { isControl: true, control: 0.1 },
    })
    const { propensity, candidates } = await decisionOf(shop, OUTSIDER)
    expect(propensity).toBeCloseTo(0.9 * candidates.arms[0]!.p, 9)
    const [row] = await run<{ taken: number }>(
      `select taken from shares where id = '${share.shareId}'`,
    )
    expect(row?.taken).toBe(1)
  })

  test('is given up where no preset voucher is left', async () => {
    const { shop, share } = await shopWith(
      { ...KINDS, fallback: { quantity: 1 } },
      'control_bp = 1000',
    )
    await addKnown(app, shop, CONTROL)
    await claimAs('telegram:77', share.token)

    expect(await claimAs(CONTROL, share.token)).toMatchObject({ result: 'allocated' })
    expect(await decisionOf(shop, CONTROL)).toMatchObject({ candidates: { control: 0 } })
  })
})

describe('who does not want to be matched', () => {
  test('gets the preset voucher, and nothing of them is told to a model', async () => {
    const { shop, share } = await shopWith()
    await addKnown(app, shop, 'telegram:2')
    await changeSettings(app.db, 'telegram:2', { personal: false })

    expect(await claimAs('telegram:2', share.token)).toMatchObject({
      result: 'fallback',
      reason: 'not_personal',
    })
    expect(await decisionOf(shop, 'telegram:2')).toMatchObject({
      candidates: [],
      model: '',
      learnable: false,
    })
    await changeSettings(app.db, 'telegram:2', { personal: true })
  })

  test('gets any other when the preset one is used up', async () => {
    const { shop, share } = await shopWith({ ...KINDS, fallback: false })
    await addKnown(app, shop, 'telegram:8')
    await changeSettings(app.db, 'telegram:8', { personal: false })

    expect(await claimAs('telegram:8', share.token)).toMatchObject({
      result: 'allocated',
      voucher: { name: 'For the kitchen' },
    })
    expect(await decisionOf(shop, 'telegram:8')).toMatchObject({
      chosenBy: 'draw',
      propensity: 0.5,
      reasons: [{ why: 'not_personal' }],
    })
  })
})

test('patent 9: a stranger never reaches the model', async () => {
  const { shop, share } = await shopWith()

  await claimAs('telegram:4', share.token)

  expect(await decisionOf(shop, 'telegram:4')).toMatchObject({ model: '', learnable: false })
})

test('a model that was stopped gives everybody the preset voucher', async () => {
  const { shop, share } = await shopWith()
  await addKnown(app, shop, 'telegram:2')
  await run(
    `insert into models (merchant_id, point, prior, stopped_at)
     values ('${shop.merchantId}', 'voucher', '[]', clock_timestamp())`,
  )
  app.currentModels.forget(`${shop.merchantId} voucher`)

  expect(await claimAs('telegram:2', share.token)).toMatchObject({
    result: 'fallback',
    reason: 'stop_loss',
  })
})

test('where all but one kind are used up, that one is given', async () => {
  const { shop, share } = await shopWith({
    ...KINDS,
    templates: [{ name: 'For candles', traits: { candles: 1 }, quantity: 1 }, { name: 'Other' }],
  })
  for (const person of ['telegram:2', 'telegram:3']) await addKnown(app, shop, person)

  expect((await claimAs('telegram:2', share.token)).voucher?.name).toBe('For candles')
  expect((await claimAs('telegram:3', share.token)).voucher?.name).toBe('Other')
  expect((await decisionOf(shop, 'telegram:3')).propensity).toBe(1)
})

test('what was used up between choosing and writing is not learnt from', async () => {
  const { shop, share } = await shopWith({
    ...KINDS,
    templates: [{ name: 'Only', quantity: 1 }],
  })
  for (const person of ['telegram:2', 'telegram:3']) await addKnown(app, shop, person)
  await claimAs('telegram:2', share.token)
  const { templateId } = (
    await run<{ templateId: string }>(
      `select id as template_id from voucher_templates where merchant_id = '${shop.merchantId}' and not is_fallback`,
    )
  )[0]!
  const stale = { ...app, recentCampaigns: staleCampaigns(app, templateId) }

  expect(await claimAs('telegram:3', share.token, stale)).toMatchObject({
    result: 'fallback',
    reason: 'template_used_up',
  })
  expect(await decisionOf(shop, 'telegram:3')).toMatchObject({ learnable: false })
})

/** What this process remembers of campaigns, as if nobody else had taken one of a kind. */
function staleCampaigns(of: AppContext, templateId: string): AppContext['recentCampaigns'] {
  return {
    ...of.recentCampaigns,
    get: (key) => {
      const campaign = of.recentCampaigns.get(key)
      return (
        campaign && {
          ...campaign,
          templates: campaign.templates.map((template) =>
            template.id === templateId ? { ...template, left: 1 } : template,
          ),
        }
      )
    },
  }
}

test('a kind that its merchant leaves out is never chosen', async () => {
  const { voucher } = await claimWhere(
    `update voucher_templates set most_bp = 0 where name = 'For candles'`,
  )

  expect(voucher?.name).toBe('Other')
})

test('while a budget must last, the preset voucher may be chosen, and the decision is learnt from', async () => {
  const { reason, voucher, learnable } = await claimWhere(
    `insert into pacings (merchant_id, campaign_id, lambda, seen_count, seen_minor)
     select merchant_id, id, 6, 0, 0 from campaigns`,
  )

  expect([reason, voucher?.name, learnable]).toEqual(['paced', 'Preset', true])
})

/** What somebody gets who buys candles, and whether that is learnt from. */
async function claimWhere(statement: string) {
  await using own = await testApp({ draw: () => 0.5 })
  const shop = await addShop(own)
  await addCampaign(own, shop, {
    ...KINDS,
    templates: [
      { name: 'For candles', traits: { candles: 1 }, valueMinor: 900 },
      { name: 'Other', valueMinor: 100 },
    ],
  })
  await own.db.run(({ sql }) => sql.unsafe(statement))
  const share = await addShare(own, shop)
  await addKnown(own, shop, 'telegram:2')
  const answer = await claimAs('telegram:2', share.token, own)
  const [row] = await own.db.run(
    ({ sql }) => sql<{ learnable: boolean }[]>`
      select learnable from decisions where point = 'voucher' and person_id = 'telegram:2'`,
  )
  expect(await audit(own.db)).toEqual([])
  return { ...answer, learnable: row?.learnable }
}

test.each(['1970-01-01', '2026-11-22', '9999-12-31'])(
  'a clock that shows %s stops nobody',
  async (day) => {
    const { shop, share } = await shopWith()
    await addKnown(app, shop, 'telegram:2')

    const answer = await claimAs('telegram:2', share.token, { ...app, now: () => new Date(day) })

    expect(answer).toMatchObject({ result: 'allocated' })
  },
)

describe('of several offers for an order', () => {
  const OFFERS = [
    { title: 'For cooks', traits: { kitchen: 1 } },
    { title: 'For candles', traits: { candles: 1 } },
  ]

  async function shopWithOffers() {
    const shop = await addShop(app)
    for (const { title, traits } of OFFERS) {
      await addCampaign(app, shop, { offer: { title, traits } })
    }
    return shop
  }

  async function shownTo(shop: Shop, personId: string) {
    const { queryToken } = await addOrder(app, shop, `of-${personId}`)
    const answer = await queryOrder(app, { personId, by: { kind: 'token', token: queryToken } })
    return answer.outcome === 'shown' ? answer.offers.map(({ title }) => title) : []
  }

  test('patent 2 3: the one that fits the buyer comes first, and it is written down why', async () => {
    const shop = await shopWithOffers()

    expect(await shownTo(shop, 'telegram:2')).toEqual(['For candles', 'For cooks'])
    expect(await decisionOf(shop, 'telegram:2', 'offer')).toMatchObject({
      chosenBy: 'match',
      model: 'offer/0',
      learnable: true,
      reasons: [{ feature: 'fit' }],
    })
  })

  test('the control share, and who does not want to be matched, sees them as they were made', async () => {
    const shop = await shopWithOffers()
    await run(`update merchants set control_bp = 1000 where id = '${shop.merchantId}'`)
    await shownTo(shop, OUTSIDER)
    await changeSettings(app.db, 'telegram:6', { personal: false })

    expect(await shownTo(shop, CONTROL)).toEqual(['For cooks', 'For candles'])
    expect(await shownTo(shop, 'telegram:6')).toEqual(['For cooks', 'For candles'])
    expect(await decisionOf(shop, CONTROL, 'offer')).toMatchObject({
      reasons: [{ why: 'control' }],
      learnable: true,
    })
    expect(await decisionOf(shop, 'telegram:6', 'offer')).toMatchObject({
      reasons: [{ why: 'not_personal' }],
      learnable: false,
    })
  })
})

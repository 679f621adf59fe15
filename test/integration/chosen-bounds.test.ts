import { afterAll, beforeAll, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { audit } from '../../src/store/audit.ts'
import { changeTemplate } from '../../src/usecases/change-template.ts'
import { copyCampaign } from '../../src/usecases/copy-campaign.ts'
import { createVouchers } from '../../src/usecases/create-vouchers.ts'
import { campaignOf } from '../../src/usecases/list-campaigns.ts'
import { otherProcesses, testApp } from '../helpers/app.ts'
import { addCampaign, addShop, type Shop } from '../helpers/shop.ts'

let app: AppContext & AsyncDisposable
let shop: Shop

beforeAll(async () => {
  app = await testApp()
  shop = await addShop(app)
})

afterAll(() => app[Symbol.asyncDispose]())

const KIND = { kind: 'amount_off', valueMinor: 500, quantity: 10 } as const

/** What the kinds to choose from may be chosen, at least and at most. */
async function boundsOf(campaignId: string): Promise<(readonly [number, number])[]> {
  const campaign = await campaignOf(app, shop.merchantId, campaignId)
  const ordinary = campaign?.templates.filter(({ isFallback }) => !isFallback) ?? []
  return ordinary.map(({ leastBp, mostBp }) => [leastBp, mostBp] as const)
}

test('a merchant says how often the model may choose a kind of voucher, and changes it', async () => {
  const { merchantId } = shop
  const { campaignId, templateIds } = await addCampaign(app, shop, {
    templates: [{ leastBp: 1000, mostBp: 6000 }, {}],
  })
  expect(await boundsOf(campaignId)).toEqual([
    [1000, 6000],
    [0, 10_000],
  ])

  const [first = ''] = templateIds
  const change = { leastBp: 2500, quantity: 900 }
  const changed = await changeTemplate(app, { merchantId, templateId: first, change })
  const again = await changeTemplate(app, { merchantId, templateId: first, change })

  expect([changed.outcome, again.outcome]).toEqual(['changed', 'unchanged'])
  expect(await boundsOf(campaignId)).toEqual([
    [2500, 6000],
    [0, 10_000],
  ])
  expect(await audit(app.db)).toEqual([])
})

test('a copy of a campaign is chosen from as often', async () => {
  const { campaignId } = await addCampaign(app, shop, {
    templates: [{ leastBp: 700, mostBp: 800 }],
  })

  const copy = await copyCampaign(app, { merchantId: shop.merchantId, campaignId })

  expect(copy.outcome === 'created' && (await boundsOf(copy.campaignId))).toEqual([[700, 800]])
  expect(await audit(app.db)).toEqual([])
})

test('bounds that cannot be kept are refused and change nothing', async () => {
  const { merchantId } = shop
  const { campaignId, templateIds, fallbackId } = await addCampaign(app, shop, {
    templates: [{ leastBp: 6000 }, {}],
  })
  const [, second = ''] = templateIds
  const ask = (templateId: string, change: object) =>
    changeTemplate(app, { merchantId, templateId, change })
  const add = (more: object) =>
    createVouchers(app, { merchantId, campaignId, name: 'One more', ...KIND, ...more })

  expect(await ask(second, { leastBp: 5000, mostBp: 4000 })).toEqual({
    outcome: 'refused',
    reason: 'least_above_most',
  })
  expect(await ask(second, { leastBp: 4001 })).toEqual({
    outcome: 'refused',
    reason: 'leasts_above_all',
  })
  expect(await ask(fallbackId, { mostBp: 100 })).toEqual({
    outcome: 'refused',
    reason: 'no_choice',
  })
  expect(await add({ leastBp: 4001 })).toEqual({ outcome: 'refused', reason: 'leasts_above_all' })
  await expect(add({ leastBp: 5000, mostBp: 4000 })).rejects.toThrow('must not be above')
  await expect(add({ isReward: true, mostBp: 4000 })).rejects.toThrow('to choose from')
  expect(await boundsOf(campaignId)).toEqual([
    [6000, 10_000],
    [0, 10_000],
  ])
})

test('however many ask at once, the least of all kinds never come to more than all', async () => {
  const { merchantId } = shop
  for (let round = 0; round < 12; round++) {
    const { campaignId, templateIds } = await addCampaign(app, shop, { templates: [{}, {}, {}] })
    const processes = otherProcesses(app, 6)

    const outcomes = await Promise.all(
      processes.map((one, i) =>
        i < 3
          ? changeTemplate(one, {
              merchantId,
              templateId: templateIds[i] ?? '',
              change: { leastBp: 4000 },
            })
          : createVouchers(one, {
              merchantId,
              campaignId,
              name: `Another ${i}`,
              ...KIND,
              leastBp: 4000,
            }),
      ),
    )

    expect(outcomes.filter(({ outcome }) => outcome !== 'refused')).toHaveLength(2)
    const leasts = (await boundsOf(campaignId)).map(([least]) => least)
    expect(leasts.reduce((sum, least) => sum + least, 0)).toBe(8000)
  }
  expect(await audit(app.db)).toEqual([])
})

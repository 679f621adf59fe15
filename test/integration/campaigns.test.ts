import { expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { newId } from '../../src/ids.ts'
import { audit } from '../../src/store/audit.ts'
import type { CampaignChange } from '../../src/store/campaign-changes.ts'
import { copyCampaign as storeCopy } from '../../src/store/campaign-copies.ts'
import { addStore } from '../../src/usecases/add-store.ts'
import { changeCampaign } from '../../src/usecases/change-campaign.ts'
import { changeTemplate } from '../../src/usecases/change-template.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { copyCampaign } from '../../src/usecases/copy-campaign.ts'
import { createCampaign } from '../../src/usecases/create-campaign.ts'
import { createVouchers } from '../../src/usecases/create-vouchers.ts'
import { editCampaign } from '../../src/usecases/edit-campaign.ts'
import { campaignsOf } from '../../src/usecases/list-campaigns.ts'
import { changesAt, changesOf } from '../../src/usecases/list-changes.ts'
import { previewOf } from '../../src/usecases/preview-campaign.ts'
import { testApp } from '../helpers/app.ts'
import { addCampaign, addKnown, addShare, addShop, people, type Shop } from '../helpers/shop.ts'

const ROUNDS = 15
const DAY_MS = 24 * 3600_000
const later = (days: number) => new Date(Date.now() + days * DAY_MS)

/** A draft without vouchers, of £1000 in pence. */
const DRAFT = {
  name: 'Spring',
  mode: 'matched',
  zone: 'Europe/London',
  endsAt: later(30),
  budgetMinor: 100_000,
  slotsPerShare: 5,
  offer: { title: 'Coffee for friends' },
} as const

async function only(app: AppContext, { merchantId }: Shop) {
  const [campaign] = await campaignsOf(app, merchantId)
  if (!campaign) throw new Error('no campaign')
  return campaign
}

/** So many people are given a voucher of £5 each. */
async function give(app: AppContext, shop: Shop, count: number): Promise<void> {
  const { reference } = await addShare(app, shop)
  for (const personId of people(count, 500)) {
    await addKnown(app, shop, personId)
    await claimShare(app, { personId, by: { kind: 'reference', reference } })
  }
}

test('a campaign keeps every term it was made with, and what is left out is without limit', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const terms = {
    maxVouchers: 100,
    dayMaxVouchers: 10,
    dayBudgetMinor: 5_000,
    openWeekdays: 31,
    openFromMinute: 660,
    openToMinute: 840,
    personLimit: 2,
    personPeriod: 'week',
    storeIds: [shop.storeId],
    onCancelledShare: 'revoke',
    onRefund: 'keep',
    rewardAfter: 3,
    rewardFor: 'claims',
  } as const

  const { merchantId } = shop
  await createCampaign(app, { ...DRAFT, ...terms, storeIds: [...terms.storeIds], merchantId })
  const full = await only(app, shop)
  await createCampaign(app, { ...DRAFT, merchantId, name: 'Plain' })

  expect(full).toMatchObject({ ...terms, claimScope: 'share', issuedCount: 0, dayCount: 0 })
  expect(await only(app, shop)).toMatchObject({
    name: 'Plain',
    maxVouchers: null,
    dayMaxVouchers: null,
    dayBudgetMinor: null,
    openWeekdays: 127,
    openFromMinute: 0,
    openToMinute: 1440,
    personLimit: null,
    personPeriod: null,
    storeIds: [],
    onCancelledShare: 'keep',
    onRefund: 'roll_back',
    rewardAfter: null,
    rewardFor: null,
    offers: [{ title: 'Coffee for friends', body: '', rule: null }],
  })
})

test.each([
  ['a limit without a period', { personLimit: 2 }, 'a number and a period'],
  [
    'a limit where there is one voucher anyway',
    { personLimit: 2, personPeriod: 'week', claimScope: 'campaign' },
    'claimScope: share',
  ],
  ['half a reward', { rewardAfter: 3 }, 'after how many'],
  ['hours of no length', { openFromMinute: 600, openToMinute: 600 }, 'the same minute'],
  ['a day above all', { maxVouchers: 5, dayMaxVouchers: 6 }, 'more vouchers in a day'],
] as const)('a campaign with %s is refused', async (_, terms, words) => {
  await using app = await testApp()
  const shop = await addShop(app)

  await expect(
    createCampaign(app, { ...DRAFT, ...terms, merchantId: shop.merchantId }),
  ).rejects.toThrow(words)
  expect(await campaignsOf(app, shop.merchantId)).toEqual([])
})

test('the store of another merchant is no store', async () => {
  await using app = await testApp()
  const [shop, other] = [await addShop(app), await addShop(app, 'Elsewhere')]
  const { merchantId } = shop
  const storeIds = [other.storeId]

  await expect(createCampaign(app, { ...DRAFT, storeIds, merchantId })).rejects.toThrow(
    'no such store',
  )
  const { campaignId } = await createCampaign(app, { ...DRAFT, merchantId })
  const change = { storeIds }
  await expect(editCampaign(app, { merchantId, campaignId, change })).rejects.toThrow(
    'no such store',
  )
})

test('what sharers can be given is booked beside the budget, and a campaign has one such kind', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { campaignId } = await addCampaign(app, shop, { rewardAfter: 3, rewardFor: 'claims' })
  const reward = {
    merchantId: shop.merchantId,
    campaignId,
    name: 'Thank you',
    kind: 'amount_off',
    valueMinor: 300,
    quantity: 40,
    isReward: true,
  } as const

  const made = await createVouchers(app, reward)
  const second = await createVouchers(app, { ...reward, name: 'Again' })

  expect(made).toMatchObject({ outcome: 'created' })
  expect(second).toEqual({ outcome: 'refused', reason: 'has_reward' })
  expect(await accounts(app, campaignId)).toMatchObject({ reward: 12_000, fallback: 100_000 })
  expect(await audit(app.db)).toEqual([])
})

test('a campaign that rewards sharers does not start before it has a voucher for them', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { merchantId } = shop
  const { campaignId } = await addCampaign(app, shop, { rewardAfter: 3, rewardFor: 'redemptions' })
  const start = () => changeCampaign(app, { merchantId, campaignId, to: 'active' })
  const kind = { merchantId, campaignId, name: 'Thanks', kind: 'free_item', valueMinor: 1 } as const

  expect(await start()).toEqual({ outcome: 'refused', reason: 'no_reward' })
  await createVouchers(app, { ...kind, quantity: 5, isReward: true })
  expect(await start()).toMatchObject({ outcome: 'changed', campaign: { status: 'active' } })
})

test('neither a preset voucher nor a reward is enough to start with', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { merchantId } = shop
  const { campaignId } = await addCampaign(app, shop, { templates: [] })

  const result = await changeCampaign(app, { merchantId, campaignId, to: 'active' })

  expect(result).toEqual({ outcome: 'refused', reason: 'no_vouchers' })
})

test('a raise and a lowering are booked, logged with who and what, and nothing else moves', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { campaignId } = await addCampaign(app, shop)
  await give(app, shop, 2)
  const edit = (change: CampaignChange, by: string) =>
    editCampaign(app, { merchantId: shop.merchantId, campaignId, change, by })

  const raised = await edit({ budgetMinor: 1_500_000, maxVouchers: 50 }, 'telegram:1')
  const lowered = await edit({ budgetMinor: 1_000 }, 'telegram:2')
  const unchanged = await edit({ budgetMinor: 1_000 }, 'telegram:2')

  expect([raised.outcome, lowered.outcome, unchanged.outcome]).toEqual([
    'changed',
    'changed',
    'unchanged',
  ])
  expect(await accounts(app, campaignId)).toMatchObject({ available: 0, issued: 1_000 })
  expect(await audit(app.db)).toEqual([])
  const [second, first] = (await changesOf(app, { merchantId: shop.merchantId, campaignId })) ?? []
  expect(first).toMatchObject({
    subject: 'campaign',
    action: 'changed',
    by: 'telegram:1',
    before: { budgetMinor: 1_000_000, maxVouchers: null },
    after: { budgetMinor: 1_500_000, maxVouchers: 50 },
  })
  expect(second).toMatchObject({ by: 'telegram:2', after: { budgetMinor: 1_000 } })
})

test.each([
  ['budget', { budgetMinor: 999 }, 'below_used_budget', 1_000],
  ['number of vouchers', { maxVouchers: 1 }, 'below_used_vouchers', 2],
  ['number of a day', { dayMaxVouchers: 1 }, 'below_used_day_vouchers', 2],
  ['budget of a day', { dayBudgetMinor: 999 }, 'below_used_day_budget', 1_000],
])('the %s never goes below what is used', async (_, change, reason, used) => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { campaignId } = await addCampaign(app, shop)
  await give(app, shop, 2)
  const before = await only(app, shop)

  const { merchantId } = shop
  const result = await editCampaign(app, { merchantId, campaignId, change })

  expect(result).toMatchObject({ outcome: 'refused', reason, used })
  expect(await only(app, shop)).toEqual(before)
})

test("yesterday's number does not stand in the way of a lower limit for a day", async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { campaignId } = await addCampaign(app, shop, { dayMaxVouchers: 10 })
  await give(app, shop, 2)
  await app.db.run(({ sql }) => sql`update campaigns set day = day - 1`)

  const { merchantId } = shop
  const change = { dayMaxVouchers: 1 }
  const result = await editCampaign(app, { merchantId, campaignId, change })

  expect(result).toMatchObject({ outcome: 'changed', campaign: { dayMaxVouchers: 1, dayCount: 0 } })
})

test.each([
  ['it ends before it starts', { endsAt: new Date(0) }, 'ends_before_start'],
  ['it is over at once', { endsAt: new Date(Date.now() - 1000) }, 'over'],
  ['it starts anew', { startsAt: later(1) }, 'started'],
  ['stores are taken away', { storeIds: [] as string[] }, 'stores_promised'],
])('of a campaign that runs it is refused that %s', async (_, change, reason) => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { campaignId } = await addCampaign(app, shop)
  if (reason === 'stores_promised') change = { storeIds: [shop.storeId] }
  const before = await only(app, shop)

  const { merchantId } = shop
  const result = await editCampaign(app, { merchantId, campaignId, change })

  expect(result).toMatchObject({ outcome: 'refused', reason })
  expect(await only(app, shop)).toEqual(before)
})

test('a campaign of some stores has vouchers for those alone', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { merchantId } = shop
  const { store } = await addStore(app, {
    merchantId,
    sourceId: '8',
    name: 'Camden',
    address: '',
    zone: 'UTC',
  })
  const { campaignId } = await createCampaign(app, {
    ...DRAFT,
    merchantId,
    storeIds: [shop.storeId],
  })
  const kind = { merchantId, campaignId, name: 'Mug', kind: 'free_item', valueMinor: 1 } as const
  const add = (storeSourceId: string) =>
    createVouchers(app, { ...kind, quantity: 5, storeSourceId })
  const set = (storeIds: string[]) =>
    editCampaign(app, { merchantId, campaignId, change: { storeIds } })

  expect(await add('8')).toEqual({ outcome: 'refused', reason: 'other_store' })
  expect(await add('7')).toMatchObject({ outcome: 'created' })
  expect(await set([store.storeId])).toMatchObject({ reason: 'stores_of_vouchers' })
  expect(await set([store.storeId, shop.storeId])).toMatchObject({ outcome: 'changed' })
  expect(await add('8')).toMatchObject({ outcome: 'created' })
})

test('what is said of a campaign changes with its terms, or not at all', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { merchantId } = shop
  const { campaignId } = await addCampaign(app, shop)
  await give(app, shop, 2)
  const offer = { title: 'Tea', rule: { customer: 'new' } as const }
  const edit = (change: CampaignChange) => editCampaign(app, { merchantId, campaignId, change })

  expect(await edit({ budgetMinor: 1, offer })).toMatchObject({ reason: 'below_used_budget' })
  expect((await only(app, shop)).offers).toMatchObject([{ title: 'A treat for your friends' }])
  expect(await edit({ offer })).toMatchObject({
    outcome: 'changed',
    campaign: { offers: [{ ...offer, body: '' }] },
  })
  expect(await edit({ offer: { rule: null } })).toMatchObject({
    campaign: { offers: [{ title: 'Tea', rule: null }] },
  })
  expect(await edit({ offer: { rule: null } })).toMatchObject({ outcome: 'unchanged' })
  const [, first] = (await changesOf(app, { merchantId, campaignId })) ?? []
  expect(first).toMatchObject({
    before: { offerTitle: 'A treat for your friends', offerRule: { amountMinor: { from: 1000 } } },
    after: { offerTitle: 'Tea', offerRule: { customer: 'new' } },
  })
})

test('what is stopped is neither changed nor raised', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { merchantId } = shop
  const { campaignId, templateIds } = await addCampaign(app, shop)
  await changeCampaign(app, { merchantId, campaignId, to: 'stopped' })

  const [templateId = ''] = templateIds
  const refused = { outcome: 'refused', reason: 'stopped' }
  expect(
    await editCampaign(app, { merchantId, campaignId, change: { endsAt: later(60) } }),
  ).toMatchObject(refused)
  expect(
    await changeTemplate(app, { merchantId, templateId, change: { quantity: 9_999 } }),
  ).toEqual(refused)
})

test('a change asked for twice with one request id is made once, and another change is refused', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { merchantId } = shop
  const { campaignId } = await addCampaign(app, shop)
  const edit = (budgetMinor: number, requestId: string) =>
    editCampaign(app, { merchantId, campaignId, change: { budgetMinor }, requestId })

  await edit(2_000_000, 'first')
  await edit(3_000_000, 'second')
  const again = await edit(2_000_000, 'first')

  expect(again).toMatchObject({ outcome: 'unchanged', campaign: { budgetMinor: 3_000_000 } })
  await expect(edit(4_000_000, 'first')).rejects.toThrow('used for something else')
  expect((await only(app, shop)).budgetMinor).toBe(3_000_000)
  expect(await audit(app.db)).toEqual([])
})

test('a pause that is delivered again after a resume pauses nothing', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { merchantId } = shop
  const { campaignId } = await addCampaign(app, shop)
  const pause = { merchantId, campaignId, to: 'paused', requestId: 'message-1' } as const

  await changeCampaign(app, pause)
  await changeCampaign(app, { merchantId, campaignId, to: 'active', requestId: 'message-2' })
  const again = await changeCampaign(app, pause)

  expect(again).toMatchObject({ outcome: 'unchanged', campaign: { status: 'active' } })
})

test('kinds are raised and lowered, not below what is given, and presets are booked with it', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { merchantId } = shop
  const { campaignId, templateIds, fallbackId } = await addCampaign(app, shop)
  await give(app, shop, 2)
  const set = (templateId: string, quantity: number) =>
    changeTemplate(app, { merchantId, templateId, change: { quantity } })
  const [templateId = ''] = templateIds

  expect(await set(templateId, 1)).toEqual({
    outcome: 'refused',
    reason: 'below_used_quantity',
    used: 2,
  })
  expect(await set(templateId, 2)).toMatchObject({ outcome: 'changed', name: '£5 off' })
  expect(await set(fallbackId, 1_500)).toMatchObject({ outcome: 'changed' })
  expect(await accounts(app, campaignId)).toMatchObject({ fallback: 150_000 })
  expect(await set(fallbackId, 10)).toMatchObject({ outcome: 'changed' })
  expect(await accounts(app, campaignId)).toMatchObject({ fallback: 1_000 })
  expect(await audit(app.db)).toEqual([])
})

test('lowered while vouchers are given, a budget stays above what is given', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { merchantId } = shop
  const { campaignId } = await addCampaign(app, shop, { slotsPerShare: 1000 })
  const { reference } = await addShare(app, shop)

  for (let round = 0; round < ROUNDS; round += 1) {
    const crowd = people(6, 10_000 + round * 10)
    for (const personId of crowd) await addKnown(app, shop, personId)
    const { issuedMinor } = await only(app, shop)
    const change = { budgetMinor: Math.max(1, issuedMinor + 1_500) }
    await Promise.all([
      ...crowd.map((personId) =>
        claimShare(app, { personId, by: { kind: 'reference', reference } }),
      ),
      editCampaign(app, { merchantId, campaignId, change }),
      editCampaign(app, { merchantId, campaignId, change: { maxVouchers: 10_000 - round } }),
    ])
    await editCampaign(app, { merchantId, campaignId, change: { budgetMinor: 1_000_000 } })
  }

  expect(await audit(app.db)).toEqual([])
  expect((await only(app, shop)).maxVouchers).toBe(10_000 - ROUNDS + 1)
})

test('one change asked for by many at once is made once', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { merchantId } = shop
  const { campaignId } = await addCampaign(app, shop)

  for (let round = 1; round <= ROUNDS; round += 1) {
    const change = { budgetMinor: 1_000_000 + round }
    const results = await Promise.all(
      Array.from({ length: 6 }, () =>
        editCampaign(app, { merchantId, campaignId, change, requestId: `round-${round}` }),
      ),
    )
    expect(results.filter(({ outcome }) => outcome === 'changed')).toHaveLength(1)
  }
  expect(await audit(app.db)).toEqual([])
})

test('a copy is a draft of the same terms, kinds and offer with a budget of its own', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { merchantId } = shop
  const { campaignId } = await addCampaign(app, shop, { maxVouchers: 500, openWeekdays: 31 })
  await give(app, shop, 2)
  const copy = (idempotencyKey: string) =>
    copyCampaign(app, { merchantId, campaignId, idempotencyKey })

  const made = await copy('once')
  const again = await copy('once')
  const third = await copy('twice')

  expect(made).toMatchObject({ outcome: 'created' })
  expect(again).toEqual({ ...made, outcome: 'repeated' })
  expect(third).toMatchObject({ outcome: 'created' })
  const [newest, second, first] = await campaignsOf(app, merchantId)
  const names = [newest, second, first].map((campaign) => campaign?.name)
  expect(names).toEqual(['Autumn 3', 'Autumn 2', 'Autumn'])
  expect(second).toMatchObject({
    status: 'draft',
    maxVouchers: 500,
    openWeekdays: 31,
    issuedMinor: 0,
    issuedCount: 0,
    templates: [
      { name: '£5 off', issued: 0, quantity: 1000 },
      { name: '£1 off', issued: 0, isFallback: true },
    ],
    offers: [{ title: 'A treat for your friends' }],
  })
  expect(await audit(app.db)).toEqual([])
})

test('a copy lasts as long as the first, to the end of that day in its zone', async () => {
  const now = new Date('2027-03-20T15:30:00Z')
  await using app = await testApp({ now: () => now })
  const shop = await addShop(app)
  const { merchantId } = shop
  const startsAt = new Date('2027-03-01T09:00:00Z')
  // the clocks of London change on 28 March
  const endsAt = new Date('2027-03-10T00:00:00Z')
  await createCampaign(app, { ...DRAFT, merchantId, startsAt: now, endsAt: later(900) })
  await app.db.run(
    ({ sql }) => sql`update campaigns set starts_at = ${startsAt}, ends_at = ${endsAt}`,
  )
  const { campaignId } = await only(app, shop)

  await copyCampaign(app, { merchantId, campaignId })

  expect((await only(app, shop)).endsAt).toEqual(new Date('2027-03-29T23:00:00Z'))
})

test('a campaign of another shop is not copied, whatever was read before', async () => {
  await using app = await testApp()
  const [shop, other] = [await addShop(app), await addShop(app, 'Elsewhere')]
  const { campaignId } = await addCampaign(app, other)

  const isCopied = await storeCopy(app.db, shop.merchantId, campaignId, {
    id: newId('cmp'),
    name: 'Stolen',
    startsAt: new Date(),
    endsAt: later(1),
    templateIds: [newId('vtp'), newId('vtp')],
    offerIds: [newId('off')],
    changeId: newId('chg'),
    by: 'api',
  })

  expect(isCopied).toBe(false)
  expect(await campaignsOf(app, shop.merchantId)).toEqual([])
})

test('a copy of a copy made at once by many under one key is one', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { merchantId } = shop
  const { campaignId } = await addCampaign(app, shop)

  const copies = await Promise.all(
    Array.from({ length: 8 }, () =>
      copyCampaign(app, { merchantId, campaignId, idempotencyKey: 'race' }),
    ),
  )

  expect(copies.filter(({ outcome }) => outcome === 'created')).toHaveLength(1)
  expect(await campaignsOf(app, merchantId)).toHaveLength(2)
})

test('the preview says what people will see and what it can cost at most', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { merchantId } = shop
  const { campaignId } = await addCampaign(app, shop, {
    storeIds: [shop.storeId],
    personLimit: 2,
    personPeriod: 'week',
    fallback: { quantity: 10 },
    templates: [{ quantity: 20 }, { name: 'Mug', kind: 'free_item', valueMinor: 700, quantity: 5 }],
  })

  const preview = await previewOf(app, { merchantId, campaignId })

  expect(preview?.liability).toEqual({
    budgetMinor: 1_000_000,
    fallbackMinor: 1_000,
    rewardMinor: 0,
    worstMinor: 20 * 500 + 5 * 700 + 1_000,
    currency: 'GBP',
  })
  expect(preview?.card).toMatchObject({ title: 'A treat for your friends' })
  expect(preview?.card.lines).toEqual(
    expect.arrayContaining([
      { kind: 'each', slots: 5, toMinor: 700 },
      { kind: 'stores', names: ['Soho'] },
      { kind: 'limit', count: 2, period: 'week' },
    ]),
  )
})

test('the log of a merchant tells of campaigns, vouchers and stores, newest first, and of no other', async () => {
  await using app = await testApp()
  const [shop, other] = [await addShop(app), await addShop(app, 'Elsewhere')]
  await addCampaign(app, shop)
  await addCampaign(app, other, { name: 'Theirs' })

  const changes = await changesAt(app, { merchantId: shop.merchantId, withStaff: false })

  expect(changes.map(({ subject, action, subjectName }) => [subject, action, subjectName])).toEqual(
    [
      ['campaign', 'started', 'Autumn'],
      ['template', 'created', '£1 off'],
      ['template', 'created', '£5 off'],
      ['campaign', 'created', 'Autumn'],
      ['store', 'created', 'Soho'],
      ['merchant', 'created', 'Candle & Co'],
    ],
  )
  expect(JSON.stringify(changes)).not.toContain('Theirs')
})

/** What the ledger says is in each account of a campaign. */
async function accounts(app: AppContext, campaignId: string): Promise<Record<string, number>> {
  const rows = await app.db.run(
    ({ sql }) => sql<{ account: string; balance: number }[]>`
      select account, sum(amount)::bigint as balance from (
        select to_account as account, amount_minor as amount from ledger
        where merchant_id like 'mer_%' and campaign_id = ${campaignId}
        union all
        select from_account, -amount_minor from ledger
        where merchant_id like 'mer_%' and campaign_id = ${campaignId}
      ) entries group by account`,
  )
  return Object.fromEntries(rows.map(({ account, balance }) => [account, balance]))
}

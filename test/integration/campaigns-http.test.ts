import { afterAll, beforeAll, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import type { Server } from '../../src/http/server.ts'
import { testApp } from '../helpers/app.ts'
import { sessionOf, testHttp } from '../helpers/http.ts'
import { addShop, type Shop } from '../helpers/shop.ts'
import { addRole } from '../helpers/staff.ts'

let app: AppContext & AsyncDisposable
let server: Server
let shop: Shop

beforeAll(async () => {
  app = await testApp({ now: () => new Date() })
  server = await testHttp(app)
  shop = await addShop(app)
  await addRole(app, shop, 'manager', 12)
})

afterAll(async () => {
  await server.close()
  await app[Symbol.asyncDispose]()
})

type Method = 'GET' | 'POST' | 'PATCH'

async function ask(method: Method, url: string, payload?: object, key?: string) {
  const reply = await server.inject({
    method,
    url,
    ...(payload && { payload }),
    headers: {
      ...(await sessionOf(app, 12)),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
  })
  return { status: reply.statusCode, ...reply.json() }
}

const CAMPAIGN = {
  name: 'Spring',
  mode: 'matched',
  zone: 'Europe/London',
  endsAt: '2030-01-01T00:00:00Z',
  budgetMinor: 100_000,
  slotsPerShare: 3,
  maxVouchers: 500,
  dayMaxVouchers: 50,
  dayBudgetMinor: 6_000,
  openWeekdays: 31,
  openFromMinute: 660,
  openToMinute: 840,
  personLimit: 2,
  personPeriod: 'week',
  onCancelledShare: 'revoke',
  onRefund: 'keep',
  rewardAfter: 3,
  rewardFor: 'claims',
  offer: { title: 'Coffee for friends', body: 'At the till' },
}
const COFFEE = { name: 'Coffee', kind: 'amount_off', valueMinor: 500, quantity: 100 }

async function addDraft(): Promise<string> {
  const { campaignId } = await ask('POST', '/v1/campaigns', {
    ...CAMPAIGN,
    storeIds: [shop.storeId],
  })
  await ask('POST', `/v1/campaigns/${campaignId}/vouchers`, {
    ...COFFEE,
    useWeekdays: 96,
    useFromMinute: 600,
    useToMinute: 1200,
  })
  return campaignId
}

test('a manager makes a campaign in the Mini App, looks at it, starts it and reads who did what', async () => {
  const campaignId = await addDraft()
  const url = `/v1/campaigns/${campaignId}`
  await ask('POST', `${url}/vouchers`, {
    ...COFFEE,
    name: 'Thanks',
    valueMinor: 300,
    quantity: 10,
    isReward: true,
  })

  const preview = await ask('GET', `${url}/preview`)
  const started = await ask('POST', `${url}/activate`)
  const changes = await ask('GET', `${url}/changes`)

  expect(preview).toMatchObject({
    campaign: { ...withoutOffer(), claimScope: 'share', storeIds: [shop.storeId] },
    card: {
      title: 'Coffee for friends',
      body: 'At the till',
      lines: [
        { kind: 'each', slots: 3, toMinor: 500 },
        { kind: 'voucher', name: 'Coffee', use: { weekdays: 96, fromMinute: 600, toMinute: 1200 } },
        { kind: 'voucher', name: 'Thanks', isReward: true },
        { kind: 'until', endsAt: '2030-01-01T00:00:00.000Z' },
        { kind: 'valid', days: 30 },
        { kind: 'open', weekdays: 31, fromMinute: 660, toMinute: 840 },
        { kind: 'stores', names: ['Soho'] },
        { kind: 'limit', count: 2, period: 'week' },
        { kind: 'reward', after: 3, for: 'claims' },
      ],
    },
    liability: { budgetMinor: 100_000, rewardMinor: 3_000, worstMinor: 53_000, currency: 'GBP' },
  })
  expect(started).toMatchObject({ outcome: 'changed', campaign: { status: 'active' } })
  expect(changes.changes).toMatchObject([
    { action: 'started', by: 'telegram:12', before: { status: 'draft' } },
    { subject: 'template', action: 'created', subjectName: 'Thanks' },
    { subject: 'template', action: 'created', subjectName: 'Coffee' },
    { subject: 'campaign', action: 'created', after: { name: 'Spring', budgetMinor: 100_000 } },
  ])
})

function withoutOffer() {
  const { offer: _, endsAt: __, ...terms } = CAMPAIGN
  return terms
}

test('null lifts a limit, and a change is made once for an Idempotency-Key', async () => {
  const url = `/v1/campaigns/${await addDraft()}`
  const change = { maxVouchers: null, personLimit: null, personPeriod: null, storeIds: [] }

  const changed = await ask('PATCH', url, change, 'lift')
  const again = await ask('PATCH', url, change, 'lift')
  const other = await ask('PATCH', url, { maxVouchers: 400 }, 'lift')

  expect(changed).toMatchObject({
    outcome: 'changed',
    campaign: { maxVouchers: null, personLimit: null, personPeriod: null, storeIds: [] },
  })
  expect(again).toMatchObject({ outcome: 'unchanged' })
  expect(other).toMatchObject({ status: 409, code: 'ERR_IDEMPOTENCY_CONFLICT' })
})

test.each([
  ['an end before the start', { endsAt: '1980-01-01T00:00:00Z' }, 400, 'ERR_REQUEST_INVALID'],
  ['29 February of a common year', { endsAt: '2027-02-29T00:00:00Z' }, 400, 'ERR_REQUEST_INVALID'],
  ['half a limit', { personPeriod: null }, 400, 'ERR_REQUEST_INVALID'],
  [
    'a store that is not there',
    { storeIds: [`sto_${'0'.repeat(20)}`] },
    404,
    'ERR_STORE_NOT_FOUND',
  ],
  ['an amount with decimals', { budgetMinor: 10.5 }, 400, 'ERR_REQUEST_INVALID'],
  ['an amount as text', { budgetMinor: '1000' }, 400, 'ERR_REQUEST_INVALID'],
  ['nothing for a budget', { budgetMinor: null }, 400, 'ERR_REQUEST_INVALID'],
  ['a negative number', { maxVouchers: -1 }, 400, 'ERR_REQUEST_INVALID'],
  ['no weekday at all', { openWeekdays: 0 }, 400, 'ERR_REQUEST_INVALID'],
  ['a field that there is not', { slotsPerShare: 3 }, 400, 'ERR_REQUEST_INVALID'],
])('%s is refused and changes nothing', async (_, change, status, code) => {
  const url = `/v1/campaigns/${await addDraft()}`
  const before = await ask('GET', `${url}/preview`)

  const problem = await ask('PATCH', url, change)

  expect(problem).toMatchObject({ status, code })
  expect(await ask('GET', `${url}/preview`)).toEqual(before)
})

test('a copy is made once for its key, and kinds go no lower than what is given', async () => {
  const campaignId = await addDraft()

  const made = await ask('POST', `/v1/campaigns/${campaignId}/clone`, { name: 'Summer' }, 'copy')
  const again = await ask('POST', `/v1/campaigns/${campaignId}/clone`, { name: 'Summer' }, 'copy')
  const { campaigns } = await ask('GET', '/v1/campaigns')
  const [{ templateId }] = campaigns[0].templates
  const raised = await ask('PATCH', `/v1/templates/${templateId}`, { quantity: 7 })

  expect(again).toEqual({ ...made, outcome: 'repeated' })
  expect(campaigns[0]).toMatchObject({ campaignId: made.campaignId, name: 'Summer' })
  expect(raised).toMatchObject({ outcome: 'changed', campaign: { templates: [{ quantity: 7 }] } })
})

test('below what is used nothing goes, and the answer says how much that is', async () => {
  const campaignId = await addDraft()
  await app.db.run(
    ({ sql }) => sql`
      update campaigns set issued_minor = 1000, issued_count = 2
      where merchant_id = ${shop.merchantId} and id = ${campaignId}`,
  )

  const url = `/v1/campaigns/${campaignId}`
  expect(await ask('PATCH', url, { budgetMinor: 999 })).toMatchObject({
    status: 409,
    code: 'ERR_BELOW_USED',
    title: 'Of the budget is used, in minor units: 1000.',
  })
  expect(await ask('PATCH', url, { maxVouchers: 1, dayMaxVouchers: null })).toMatchObject({
    code: 'ERR_BELOW_USED',
    title: 'Vouchers given already: 2.',
  })
})

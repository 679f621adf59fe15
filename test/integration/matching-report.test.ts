import { expect, test } from 'vitest'

import { newId } from '../../src/ids.ts'
import { campaignsOf } from '../../src/store/campaigns.ts'
import { changesOfMerchant } from '../../src/store/change-log.ts'
import { keepReport } from '../../src/store/reports.ts'
import { changeMatching, resumeMatching } from '../../src/usecases/matching-settings.ts'
import { reportMatching, reportMatchings } from '../../src/usecases/report-matching.ts'
import { showMatching } from '../../src/usecases/show-matching.ts'
import { otherProcesses, testApp } from '../helpers/app.ts'
import { urlOf } from '../helpers/database.ts'
import { addSettled, type DecidedPlace, decidedPlace, trueLift } from '../helpers/settled.ts'
import { addCampaign, addShop } from '../helpers/shop.ts'

async function reportOf({ app, shop }: DecidedPlace) {
  await reportMatching(app, shop.merchantId)
  const [report] = (await showMatching(app, shop.merchantId)).reports
  if (!report) throw new Error('no report')
  return report
}

function alertsOf({ app, shop }: DecidedPlace) {
  return app.db.run(
    ({ sql }) => sql<{ personId: string; payload: Record<string, unknown> }[]>`
      select person_id, payload from outbox
      where merchant_id = ${shop.merchantId} and kind = 'alert' order by person_id`,
  )
}

test('patent 12: how much more the choice brings than the preset, with bounds that hold the truth', async () => {
  await using place = await decidedPlace()

  const { lift, objective, outcomes, stoppedAt } = await reportOf(place)

  expect([objective, outcomes, stoppedAt]).toEqual(['redemptions', 1000, null])
  expect(lift?.count).toBe(1000)
  expect(lift?.low).toBeLessThan(trueLift(place.situation))
  expect(lift?.high).toBeGreaterThan(trueLift(place.situation))
  expect(lift?.low).toBeGreaterThan(0)
})

test('with a margin it is told in money', async () => {
  await using place = await decidedPlace({ worth: [300, 200, 100] })
  const { app, shop, situation } = place
  const { merchantId } = shop
  await changeMatching(app, { merchantId, change: { marginBp: 4000 } })

  const { lift, objective, whatIf } = await reportOf(place)

  expect(objective).toBe('money')
  expect(lift?.low).toBeLessThan(trueLift(situation))
  expect(lift?.high).toBeGreaterThan(trueLift(situation))
  const always = whatIf.find(({ name }) => name === '£5 off')
  expect(always?.doublyRobust.low).toBeLessThan(0.4 * 300)
  expect(always?.doublyRobust.high).toBeGreaterThan(0.4 * 300)
})

test('what another choice would have brought holds the truth, beside how it was', async () => {
  await using place = await decidedPlace()

  const { whatIf } = await reportOf(place)

  const truths = { '£5 off': 0.4, Coffee: 0.4, random: 0.4, preset: 0.3 }
  const told = Object.fromEntries(whatIf.map((one) => [one.name ?? one.policy, one]))
  expect(Object.keys(told).sort()).toEqual(Object.keys(truths).sort())
  for (const [name, truth] of Object.entries(truths)) {
    for (const bounds of [told[name]?.ips, told[name]?.snips, told[name]?.doublyRobust]) {
      expect(bounds?.low, name).toBeLessThan(truth)
      expect(bounds?.high, name).toBeGreaterThan(truth)
    }
    expect(told[name]?.count).toBe(1000)
    expect(told[name]?.asItWas).toBeCloseTo(0.48, 1)
  }
})

test('what drives the choice is told with the people it is for', async () => {
  await using place = await decidedPlace()
  const [first] = place.situation.templateIds

  const { drivers, arms } = await reportOf(place)

  expect(drivers.find(({ armId }) => armId === first)).toEqual({
    armId: first,
    name: '£5 off',
    feature: 'orders',
    withIt: expect.closeTo(0.8),
    without: expect.closeTo(0.3),
  })
  expect(
    arms.map(({ name, share, isPreset }) => [name, Math.round(100 * share), isPreset]),
  ).toEqual([
    ['£5 off', 55, false],
    ['Coffee', 45, false],
    ['£1 off', 0, true],
  ])
  expect(arms.reduce((sum, { settled }) => sum + settled, 0)).toBe(1000)
})

test('of few decisions nothing is said', async () => {
  await using place = await decidedPlace({ count: 199 })
  expect((await reportOf(place)).lift).toBeNull()

  await addSettled(place.app, { ...place.situation, count: 100, seed: 6 })

  expect((await reportOf(place)).lift?.count).toBe(299)
})

test('where nobody gets the preset one, nothing is said of how it compares', async () => {
  await using place = await decidedPlace({ control: 0 })

  expect(await reportOf(place)).toMatchObject({ lift: null, outcomes: 1000, compared: 0 })
})

const WORSE = {
  redeemed: [
    [0.2, 0.2, 0.7],
    [0.2, 0.2, 0.7],
  ],
} as const

test('a model that does worse than the preset is stopped, and owners and managers are told once', async () => {
  await using place = await decidedPlace(WORSE)

  await Promise.all(
    otherProcesses(place.app, 5).map((app) => reportMatching(app, place.shop.merchantId)),
  )
  const stopped = await reportOf(place)

  expect(stopped.stoppedAt).toBeInstanceOf(Date)
  expect(stopped.lift?.high).toBeLessThan(0)
  const alerts = await alertsOf(place)
  expect(alerts.map(({ personId }) => personId)).toEqual(['telegram:11', 'telegram:12'])
  expect(alerts[0]?.payload).toMatchObject({ measure: 'lift', point: 'voucher', used: 1000 })
})

test('offers are judged as vouchers are, once what was shared of them has ended', async () => {
  await using place = await decidedPlace()
  const { app, shop, situation } = place
  const { merchantId } = shop
  const names = ['Tea', 'Cake', 'Usual']
  for (const title of names) await addCampaign(app, shop, { name: title, offer: { title } })
  const offers = (await campaignsOf(app.db, merchantId)).flatMap((campaign) => campaign.offers)
  const [tea = '', cake = '', usual = ''] = names.map(
    (title) => offers.find((offer) => offer.title === title)?.offerId,
  )
  const of = { ...situation, ...WORSE, point: 'offer' as const, templateIds: [tea, cake] as const }
  await addSettled(app, { ...of, presetId: usual })
  const offerReport = async () => {
    await reportMatching(app, merchantId)
    const { reports } = await showMatching(app, merchantId)
    return reports.find(({ point }) => point === 'offer')
  }

  const report = await offerReport()

  expect(report).toMatchObject({ outcomes: 1000, stoppedAt: expect.any(Date) })
  expect(report?.whatIf.flatMap(({ name }) => name ?? [])).toEqual(['Tea', 'Cake'])
  expect((await alertsOf(place)).map(({ payload }) => payload['point'])).toEqual(['offer', 'offer'])
  await app.db.run(
    ({ sql }) => sql`update decisions set decided_at = clock_timestamp() where point = 'offer'`,
  )
  expect(await offerReport()).toMatchObject({ outcomes: 0, arms: [] })
})

test('switched on again, only what is decided from then on can stop it', async () => {
  await using place = await decidedPlace(WORSE)
  const { app, shop } = place
  const resume = { merchantId: shop.merchantId, point: 'voucher', by: 'telegram:11' } as const
  await reportOf(place)

  expect(await resumeMatching(app, resume)).toEqual({ outcome: 'changed' })
  expect(await resumeMatching(app, resume)).toEqual({ outcome: 'unchanged' })
  expect((await reportOf(place)).stoppedAt).toBeNull()

  await addSettled(app, { ...place.situation, seed: 6 })
  await app.db.run(
    ({ sql }) => sql`
      update vouchers set issued_at = clock_timestamp() where id like 'vch_6x%'`,
  )
  expect((await reportOf(place)).stoppedAt).toBeInstanceOf(Date)
  expect(await alertsOf(place)).toHaveLength(4)
})

test('the clock reports what is new, and nothing twice', async () => {
  await using place = await decidedPlace()
  const url = await urlOf(place.app)

  expect(await reportMatchings(place.app, url)).toBe(1)
  expect(await reportMatchings(place.app, url)).toBe(0)
  await changeMatching(place.app, { merchantId: place.shop.merchantId, change: { marginBp: 1 } })
  expect(await reportMatchings(place.app, url)).toBe(1)
})

test('a report that was begun before a model was switched on again does not stop it', async () => {
  await using place = await decidedPlace(WORSE)
  const { app, shop } = place
  const { merchantId } = shop
  const told = {
    objective: 'redemptions',
    outcomes: 9,
    compared: 9,
    lift: null,
    personal: null,
  } as const
  const found = { ...told, reached: 1, whatIf: [], arms: [], drivers: [] }
  await reportOf(place)
  await resumeMatching(app, { merchantId, point: 'voucher' })

  const isStopped = await keepReport(app.db, { merchantId, point: 'voucher' }, found, {
    isWorse: true,
    judgedFrom: null,
    changeId: newId('chg'),
  })

  expect(isStopped).toBe(false)
  expect((await showMatching(app, merchantId)).reports[0]?.stoppedAt).toBeNull()
})

test('what a merchant tells the model is kept with who told it, and a request is answered once', async () => {
  await using app = await testApp()
  const { merchantId } = await addShop(app)
  const ask = { merchantId, by: 'telegram:1', requestId: 'one' }
  const change = { marginBp: 4000, controlBp: 500 }

  const first = await changeMatching(app, { ...ask, change })
  const again = await changeMatching(app, { ...ask, change })
  const other = changeMatching(app, { ...ask, change: { controlBp: 1 } })

  expect(first).toEqual({
    outcome: 'changed',
    settings: { marginBp: 4000, controlBp: 500, poolsLearning: false },
  })
  expect(again.outcome).toBe('unchanged')
  await expect(other).rejects.toThrow('something else')
  const [kept] = await changesOfMerchant(app.db, merchantId, 1, true)
  expect(kept).toMatchObject({
    subject: 'merchant',
    action: 'changed',
    by: 'telegram:1',
    before: { marginBp: null, controlBp: 0 },
    after: { marginBp: 4000, controlBp: 500 },
  })
  const off = await changeMatching(app, { merchantId, change: { marginBp: null } })
  expect(off.settings.marginBp).toBeNull()
})

import { expect, test } from 'vitest'

import { countLearnt } from '../../src/matching/learner.ts'
import { audit } from '../../src/store/audit.ts'
import { creditOutcomes } from '../../src/store/outcomes.ts'
import { createVouchers } from '../../src/usecases/create-vouchers.ts'
import { erasePerson } from '../../src/usecases/erase-person.ts'
import { learn } from '../../src/usecases/learn.ts'
import { rebuildModel } from '../../src/usecases/rebuild-model.ts'
import { rollBackRedemption } from '../../src/usecases/roll-back-redemption.ts'
import { otherProcesses } from '../helpers/app.ts'
import { learningShop, modelNow, play, restarted } from '../helpers/learning.ts'
import { people } from '../helpers/shop.ts'

const ANSWERS = `select answer, count(*)::integer from outcomes
  where merchant_id = $1 and point = 'voucher' group by 1 order by 1`
const VERSION = `select version from models where merchant_id = $1 and point = 'voucher'`

test('patent 12: what people do with their vouchers adjusts what is given next', async () => {
  await using place = await learningShop()
  const [dear] = place.templateIds
  const before = await place.give(...people(40))
  const liked = before.filter(({ valueMinor }) => valueMinor === 500)
  await place.spend(liked)
  await place.expire(before)

  await learn(place.app)

  Object.assign(place.app, restarted(place.app))
  const after = await place.give(...people(40, 3000))
  const named = `select distinct model from decisions where merchant_id = $1 and point = 'voucher'
    and model <> '' order by 1`
  expect(await place.rows(named)).toEqual([['voucher/0'], ['voucher/1']])
  const share = (vouchers: typeof before) =>
    vouchers.filter(({ valueMinor }) => valueMinor === 500).length / vouchers.length
  expect(share(after)).toBeGreaterThan(share(before))
  expect((await modelNow(place)).learnt.money[dear ?? '']).toEqual({
    count: liked.length,
    orderMinor: 2000 * liked.length,
    costMinor: 500 * liked.length,
  })
  expect(await audit(place.app.db)).toEqual([])
})

test('patent 12: what became of a voucher is learnt when it ends, whichever way it went', async () => {
  await using place = await learningShop()
  const given = await place.give(...people(4))
  const [spent, expired, revoked] = given

  await place.spend(spent ? [spent] : [])
  await learn(place.app)
  const open = await place.rows(ANSWERS)
  await place.rows(`update vouchers set status = 'revoked', unused_minor = value_minor
    where merchant_id = $1 and id = '${revoked?.voucherId}'`)
  await place.expire([spent, expired, revoked].flatMap((voucher) => voucher ?? []))
  await learn(place.app)

  expect(open).toEqual([])
  expect(await place.rows(ANSWERS)).toEqual([
    [0, 1],
    [1, 1],
  ])
})

test('patent 12: what somebody did with their vouchers is known of them once', async () => {
  await using place = await learningShop()
  const [one, other] = await place.give('telegram:10', 'telegram:11')
  await place.spend(one ? [one] : [])
  await place.expire([one, other].flatMap((voucher) => voucher ?? []))

  for (let i = 0; i < 3; i++) await learn(place.app)

  const tried = `select person_id, tried from customers where merchant_id = $1 and tried <> '{}' order by 1`
  expect(await place.rows(tried)).toEqual([
    ['telegram:10', { amount_off: [1, 1] }],
    ['telegram:11', { amount_off: [1, 0] }],
  ])
})

test('learning twice learns nothing twice, and two who learn at once lose nothing', async () => {
  await using place = await learningShop()
  const { app } = place
  for (let round = 0; round < 15; round++) {
    await play(place, 4, 1000 + 10 * round)
    await Promise.all(otherProcesses(app, 4).map((other) => learn(other)))
  }
  await learn(app)
  const version = await place.rows(VERSION)
  await learn(app)

  expect(await place.rows(VERSION)).toEqual(version)
  expect(await place.rows(ANSWERS)).toEqual([
    [0, 30],
    [1, 30],
  ])
  expect(countLearnt((await modelNow(place)).learnt)).toBe(60)
  const tried = `select sum((tried #>> '{amount_off,0}')::integer)::integer from customers where merchant_id = $1`
  expect(await place.rows(tried)).toEqual([[60]])
  expect(await rebuildModel(app, place.shop.merchantId, 'voucher')).toEqual({
    outcome: 'identical',
    count: 60,
  })
  expect(await audit(app.db)).toEqual([])
})

test('the same log learnt anew is the same to the last bit, in however many steps it was learnt', async () => {
  await using place = await learningShop()
  const { app, shop } = place
  for (let i = 0; i < 3; i++) {
    await play(place, 20, 1000 + 100 * i)
    await learn(app)
  }

  expect(await place.rows(VERSION)).toEqual([[3]])
  expect(await rebuildModel(app, shop.merchantId, 'voucher')).toEqual({
    outcome: 'identical',
    count: 60,
  })
  expect(await rebuildModel(app, shop.merchantId, 'offer')).toMatchObject({ outcome: 'identical' })
  expect(await place.rows(VERSION)).toEqual([[3]])
})

test('a refund changes what a voucher brought, and never that it was spent', async () => {
  await using place = await learningShop()
  const { app, shop } = place
  const { merchantId } = shop
  await app.db.run(({ sql }) => sql`update merchants set margin_bp = 6000 where id = ${merchantId}`)
  const [voucher] = await place.give('telegram:10')
  const [redemptionId = ''] = await place.spend(voucher ? [voucher] : [], { orderMinor: 2000 })
  const brought = `select answer, value_minor, lift_minor is not null from outcomes
    where merchant_id = $1 and point = 'voucher'`

  await place.expire(voucher ? [voucher] : [])
  await learn(app)
  const before = await place.rows(brought)
  const requestId = 'back-1'
  await rollBackRedemption(app, { merchantId, redemptionId, requestId, by: 'api' })
  await learn(app)

  const cost = voucher?.valueMinor ?? 0
  expect(before).toEqual([[1, 1200 - cost, true]])
  expect(await place.rows(brought)).toEqual([[1, 0, true]])
  expect(await place.rows(VERSION)).toEqual([[1]])
  expect(await rebuildModel(app, merchantId, 'voucher')).toMatchObject({ outcome: 'identical' })
})

test('where the till did not say what was paid, it was at least what the voucher took off', async () => {
  await using place = await learningShop({ templates: [{ valueMinor: 500 }] })
  const { app, shop } = place
  await place.rows('update merchants set margin_bp = 6000 where id = $1')
  const given = await place.give('telegram:10', 'telegram:11')
  await place.spend(given.slice(0, 1), {})
  await place.spend(given.slice(1), { orderMinor: 3000 })
  await place.expire(given)

  await learn(app)

  const brought = `select value_minor from outcomes where merchant_id = $1 and point = 'voucher' order by 1`
  expect(await place.rows(brought)).toEqual([[300 - 500], [1800 - 500]])
  const [arm = ''] = place.templateIds
  expect((await modelNow(place)).learnt.money[arm]).toEqual({
    count: 2,
    orderMinor: 3500,
    costMinor: 1000,
  })
  expect(await rebuildModel(app, shop.merchantId, 'voucher')).toMatchObject({
    outcome: 'identical',
  })
})

test('kinds of vouchers may come, be used up and go while the model learns', async () => {
  await using place = await learningShop()
  const { app, shop, campaignId } = place
  const { merchantId } = shop
  const vouchers = {
    merchantId,
    campaignId,
    kind: 'amount_off',
    valueMinor: 400,
    quantity: 50,
  } as const
  await play(place, 10)
  await learn(app)

  for (const [i, name] of ['£4 off', 'Four more', 'And four'].entries()) {
    await createVouchers(app, { ...vouchers, name })
    Object.assign(app, restarted(app))
    await play(place, 10, 2000 + 100 * i)
    await place.rows(`update voucher_templates set quantity = greatest(issued, 1)
      where merchant_id = $1 and name = '${name}'`)
    await learn(app)
  }

  const { version, learnt } = await modelNow(place)
  expect([version, countLearnt(learnt)]).toEqual([4, 40])
  expect(learnt.stages[0]?.arms.length).toBeGreaterThan(2)
  expect(await rebuildModel(app, merchantId, 'voucher')).toMatchObject({ outcome: 'identical' })
  expect(await audit(app.db)).toEqual([])
})

test('a refund before anybody has looked changes nothing about the answer', async () => {
  await using place = await learningShop()
  const { merchantId } = place.shop
  const [voucher] = await place.give('telegram:10')
  const [redemptionId = ''] = await place.spend(voucher ? [voucher] : [])
  await rollBackRedemption(place.app, { merchantId, redemptionId, requestId: 'b', by: 'api' })
  await place.expire(voucher ? [voucher] : [])

  await learn(place.app)

  expect(await place.rows(ANSWERS)).toEqual([[1, 1]])
})

test('outcomes that are unknown, repeated or of another merchant do no harm', async () => {
  await using place = await learningShop()
  await using stranger = await learningShop()
  const { app, shop } = place
  await play(place, 4)
  await learn(app)
  const before = await place.rows(
    'select subject_id, answer from outcomes where merchant_id = $1 order by 1',
  )
  const known = String(before.at(-1)?.[0])
  const outcome = {
    stage: 'redeemed',
    valueMinor: 5,
    liftYes: 1,
    liftMinor: 1,
    kind: null,
  } as const

  const credited = await creditOutcomes(app.db, shop.merchantId, 'voucher', [
    { ...outcome, subjectId: 'clm_unknown', answer: 1 },
    { ...outcome, subjectId: known, answer: 1 },
    { ...outcome, subjectId: known, answer: 0 },
  ])
  const foreign = await creditOutcomes(stranger.app.db, stranger.shop.merchantId, 'voucher', [
    { ...outcome, subjectId: known, answer: 1 },
  ])

  expect([credited, foreign].map(({ count, corrected }) => count + corrected)).toEqual([0, 0])
  expect(
    await place.rows('select subject_id, answer from outcomes where merchant_id = $1 order by 1'),
  ).toEqual(before)
})

test('when clocks jump, everything is learnt once all the same', async () => {
  await using place = await learningShop()
  const { app, shop } = place
  await play(place, 4)
  await learn(app)
  const jumped = (interval: string) =>
    app.db.run(
      ({ sql }) => sql`
        update models set gathered_until = clock_timestamp() + ${interval}::text::interval
        where merchant_id = ${shop.merchantId}`,
    )

  await jumped('3 days')
  await play(place, 4, 2000)
  await learn(app)
  const ahead = await place.rows(ANSWERS)
  await app.db.run(
    ({ sql }) => sql`
      update decisions set decided_at = clock_timestamp() + interval '1 day'
      where merchant_id = ${shop.merchantId}`,
  )
  await jumped('-3 days')
  await play(place, 4, 3000)
  await learn(app)

  expect(ahead).toEqual([
    [0, 4],
    [1, 4],
  ])
  expect(await place.rows(ANSWERS)).toEqual([
    [0, 6],
    [1, 6],
  ])
})

test('whoever is erased leaves nothing of themselves in what was learnt', async () => {
  await using place = await learningShop()
  await play(place, 4)
  await learn(place.app)

  await erasePerson(place.app, 'telegram:1000')
  await learn(place.app)

  const of = (
    await place.rows(`select d::text, o::text from decisions d join outcomes o
    on o.merchant_id = d.merchant_id and o.subject_id = d.subject_id where d.merchant_id = $1`)
  ).flat()
  expect(of).not.toHaveLength(0)
  expect(of.filter((row) => String(row).includes('telegram:1000'))).toEqual([])
  expect(await rebuildModel(place.app, place.shop.merchantId, 'voucher')).toMatchObject({
    outcome: 'identical',
  })
  expect(await audit(place.app.db)).toEqual([])
})

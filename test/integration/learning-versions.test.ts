import { expect, test } from 'vitest'

import { countLearnt } from '../../src/matching/learner.ts'
import { modelOf } from '../../src/usecases/current-model.ts'
import { freezeModel, goBack } from '../../src/usecases/freeze-model.ts'
import { learn } from '../../src/usecases/learn.ts'
import { rebuildModel } from '../../src/usecases/rebuild-model.ts'
import { learningShop, modelNow, play } from '../helpers/learning.ts'

const ANSWERS = `select answer, count(*)::integer from outcomes
  where merchant_id = $1 and point = 'voucher' group by 1 order by 1`

test('a frozen model goes on choosing, and learns what it missed when it is thawed', async () => {
  await using place = await learningShop()
  const { app, shop } = place
  const { merchantId } = shop
  await play(place, 4)
  await learn(app)

  expect(await freezeModel(app, merchantId, 'voucher', true)).toBe(true)
  expect(await freezeModel(app, merchantId, 'voucher', true)).toBe(false)
  await play(place, 4, 2000)
  await learn(app)
  const frozen = await modelNow(place)
  await freezeModel(app, merchantId, 'voucher', false)
  await learn(app)

  expect([frozen.version, countLearnt(frozen.learnt)]).toEqual([1, 4])
  expect(await place.rows(ANSWERS)).toEqual([
    [0, 4],
    [1, 4],
  ])
  const thawed = await modelNow(place)
  expect([thawed.version, countLearnt(thawed.learnt)]).toEqual([2, 8])
  const logged = `select action from audit_log where merchant_id = $1 and action like 'matching_%' order by happened_at`
  expect(await place.rows(logged)).toEqual([
    ['matching_frozen_voucher'],
    ['matching_thawed_voucher'],
  ])
})

test('an older version decides again until learning goes on', async () => {
  await using place = await learningShop()
  const { app, shop } = place
  const { merchantId } = shop
  for (let i = 0; i < 3; i++) {
    await play(place, 4, 1000 + 100 * i)
    await learn(app)
  }

  expect(await goBack(app, merchantId, 'voucher')).toBe(2)
  expect(await goBack(app, merchantId, 'voucher', 9)).toBeUndefined()
  await learn(app)
  expect(countLearnt((await modelNow(place)).learnt)).toBe(8)
  expect(await goBack(app, merchantId, 'voucher', 0)).toBe(0)
  expect(await goBack(app, merchantId, 'voucher')).toBeUndefined()
  expect(countLearnt((await modelNow(place)).learnt)).toBe(0)
  await freezeModel(app, merchantId, 'voucher', false)
  await learn(app)

  const { version, learnt } = await modelNow(place)
  expect([version, countLearnt(learnt)]).toEqual([4, 12])
  expect(await rebuildModel(app, merchantId, 'voucher')).toMatchObject({ outcome: 'identical' })
})

test('where nothing was decided yet there is no model to freeze or rebuild', async () => {
  await using place = await learningShop()

  expect(await rebuildModel(place.app, place.shop.merchantId, 'voucher')).toEqual({
    outcome: 'none',
  })
  expect(await freezeModel(place.app, place.shop.merchantId, 'voucher', true)).toBe(false)
})

test('states are let go of but for the newest, and the one that decides', async () => {
  await using place = await learningShop()
  const { app, shop } = place
  for (let i = 0; i < 9; i++) {
    await play(place, 1, 1000 + i)
    await learn(app)
  }
  const kept = `select version from model_states where merchant_id = $1 and point = 'voucher' order by 1`

  expect((await place.rows(kept)).flat()).toEqual([5, 6, 7, 8, 9])
  expect(await goBack(app, shop.merchantId, 'voucher', 3)).toBeUndefined()
})

test('a new version is read beside the decisions, and a model that has not changed is the same one', async () => {
  await using place = await learningShop()
  const { app, shop } = place
  const key = `${shop.merchantId} voucher`
  const later = async () => {
    const known = app.currentModels.get(key)
    if (known) app.currentModels.keep(key, { ...known, freshUntil: 0 })
    return modelOf(app, shop.merchantId, 'voucher')
  }
  await play(place, 2)
  const first = await later()

  const same = await later()
  await learn(app)
  const old = await later()

  expect([same === first, old === first, first.version]).toEqual([true, true, 0])
  await expect.poll(() => modelOf(app, shop.merchantId, 'voucher')).toMatchObject({ version: 1 })
})

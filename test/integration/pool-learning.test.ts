import { expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { modelOf } from '../../src/usecases/current-model.ts'
import { learn } from '../../src/usecases/learn.ts'
import { poolLearning } from '../../src/usecases/pool-learning.ts'
import { learningShop, restarted } from '../helpers/learning.ts'
import { addShop, people } from '../helpers/shop.ts'

function share(app: AppContext, merchantId: string, shares: boolean) {
  return app.db.run(
    ({ sql }) => sql`update merchants set pools_learning = ${shares} where id = ${merchantId}`,
  )
}

async function pooled(app: AppContext) {
  return app.db.run(
    ({ sql }) => sql<{ point: string; merchants: number; prior: unknown }[]>`
      select point, merchants, prior from pooled_models order by point`,
  )
}

/** How likely a yes is in a shop that has learnt nothing itself. */
async function baseRate(app: AppContext, merchantId: string) {
  const { priors, version } = await modelOf(restarted(app), merchantId, 'voucher')
  return { version, baseRate: priors[0]?.baseRate ?? 0 }
}

test('who begins later begins with what consenting merchants have learnt, until nobody consents', async () => {
  await using place = await learningShop()
  const { app, shop } = place
  const given = await place.give(...people(30))
  await place.spend(given)
  await place.expire(given)
  await learn(app)
  const { merchantId } = await addShop(app, 'Newcomer')
  const cold = await baseRate(app, merchantId)

  await poolLearning(app)
  const none = await pooled(app)
  await share(app, shop.merchantId, true)
  await poolLearning(app)
  const shared = await pooled(app)
  const warm = await baseRate(app, merchantId)
  const own = await baseRate(app, shop.merchantId)
  await share(app, shop.merchantId, false)
  await poolLearning(app)

  expect(none).toEqual([])
  expect(shared.map(({ point, merchants }) => [point, merchants])).toEqual([['voucher', 1]])
  expect(warm.baseRate).toBeGreaterThan(cold.baseRate)
  expect(own).toEqual({ version: 1, baseRate: cold.baseRate })
  expect(await pooled(app)).toEqual([])
})

test('nothing but the weights of features leaves a shop', async () => {
  await using place = await learningShop()
  const { app, shop } = place
  const given = await place.give(...people(5))
  await place.spend(given)
  await place.expire(given)
  await learn(app)
  await share(app, shop.merchantId, true)

  await poolLearning(app)

  const numbers = /^[[\]{},:\d.e+-]*$/
  for (const { prior } of await pooled(app)) {
    const words = JSON.stringify(prior).replaceAll(/"\w+":/g, '')
    expect(words).toMatch(numbers)
  }
})

import { expect, test } from 'vitest'

import { paceCampaigns } from '../../src/usecases/pace-campaigns.ts'
import { otherProcesses } from '../helpers/app.ts'
import { learningShop } from '../helpers/learning.ts'
import { people } from '../helpers/shop.ts'

const PRICES = 'select lambda > 0, seen_count, seen_minor from pacings where merchant_id = $1'
const DAY_MS = 24 * 3600_000

test('vouchers become dear when a budget would not last, and cost nothing more when it does', async () => {
  const scarce = { budgetMinor: 10_000, endsAt: new Date(Date.now() + 20 * DAY_MS) }
  await using poor = await learningShop(scarce)
  await using rich = await learningShop({ ...scarce, budgetMinor: 100_000_000 })

  for (const { app, shop, give } of [poor, rich]) {
    await give(...people(12))
    await paceCampaigns(app, shop.merchantId)
  }

  const issued = 'select true, issued_count, issued_minor from campaigns where merchant_id = $1'
  expect(await poor.rows(PRICES)).toEqual(await poor.rows(issued))
  expect(await rich.rows(PRICES)).toEqual([[false, 12, expect.any(Number)]])
})

test('what was given is reckoned with once, whoever does it', async () => {
  await using place = await learningShop({ budgetMinor: 10_000 })
  const { app, shop, give, rows } = place
  await give(...people(6))
  await paceCampaigns(app, shop.merchantId)
  const price = 'select lambda, paced_at from pacings where merchant_id = $1'
  const once = await rows(price)

  await Promise.all(otherProcesses(app, 4).map((other) => paceCampaigns(other, shop.merchantId)))

  expect(once).toHaveLength(1)
  expect(await rows(price)).toEqual(once)
})

test('a campaign that draws, is paused or has given nothing has no price', async () => {
  await using place = await learningShop()
  const { app, shop, campaignId, give, rows } = place
  await paceCampaigns(app, shop.merchantId)
  await give(...people(3))
  for (const change of [
    `status = 'paused'`,
    `status = 'active', mode = 'random', slots_per_share = 5, pot_minor = 1000, draw_min_minor = 1,
     draw_max_minor = 500`,
  ]) {
    await rows(`update campaigns set ${change} where merchant_id = $1 and id = '${campaignId}'`)
    await paceCampaigns(app, shop.merchantId)
  }

  expect(await rows(PRICES)).toEqual([])
})

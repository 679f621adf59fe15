import { expect, test } from 'vitest'

import { seedShop } from '../../src/sandbox/demo/seed-shop.ts'
import { voucherWorth } from '../../src/telegram/draw/parts.ts'
import { textsIn } from '../../src/telegram/texts.ts'
import { campaignsOf } from '../../src/usecases/list-campaigns.ts'
import { listMerchants } from '../../src/usecases/list-merchants.ts'
import { testApp } from '../helpers/app.ts'

test('the free item of the demonstration’s shop is named as its worth is told', async () => {
  await using app = await testApp()
  await seedShop(app)
  const [merchant] = await listMerchants(app)

  const campaigns = await campaignsOf(app, merchant?.id ?? '')

  const worth = campaigns
    .flatMap(({ templates, currency }) => templates.map((one) => ({ ...one, currency })))
    .filter(({ kind }) => kind === 'free_item')
    .map((template) => voucherWorth(textsIn('en'), template))
  expect(worth).toEqual(['Billboard mug for free'])
})

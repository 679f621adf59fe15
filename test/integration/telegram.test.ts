import { expect, test } from 'vitest'

import { vouchersOf } from '../../src/usecases/list-vouchers.ts'
import { addCampaign, addKnown, addOrder, addShop } from '../helpers/shop.ts'
import { buttonsOf, testBot } from '../helpers/telegram.ts'

test('patent 1: an order’s offer is shared into a group, and a member gets a voucher there', async () => {
  await using bot = await testBot()
  const { app, telegram } = bot
  const shop = await addShop(app)
  await addCampaign(app, shop)
  await addKnown(app, shop, 'telegram:102')
  const order = await addOrder(app, shop, '536365', { totalMinor: 1530 })
  const [mia, ben] = [await telegram.person(101), await telegram.person(102)]
  const group = await telegram.group([101, 102])

  await mia.start(order.reference)
  const shown = await mia.reads('536365')
  const query = buttonsOf(shown)[0]?.switch_inline_query_chosen_chat?.query ?? ''
  const results = await mia.query(query)
  const post = await mia.post(results, group.id)
  const answer = await ben.press(post, 'Get it here')

  expect(shown.text).toContain('A treat for your friends')
  expect(results).toMatchObject({
    is_personal: true,
    cache_time: 0,
    results: [{ title: 'A treat for your friends' }],
  })
  expect(post).toMatchObject({ from: { id: 101 }, via_bot: { username: 'passalong_bot' } })
  expect(answer).toMatchObject({
    show_alert: true,
    text: expect.stringContaining('You got £5.00 off'),
  })
  const [voucher] = await vouchersOf(app, 'telegram:102')
  expect(answer.text).toContain(voucher?.code.slice(0, 4))
})

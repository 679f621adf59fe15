import { expect, test } from 'vitest'

import { readCode, spellCode } from '../../src/domain/code.ts'
import { acceptInvite } from '../../src/usecases/accept-invite.ts'
import { addStore } from '../../src/usecases/add-store.ts'
import { cancelOrder } from '../../src/usecases/cancel-order.ts'
import { vouchersOf } from '../../src/usecases/list-vouchers.ts'
import { redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { addCampaign, addShare, addShop } from '../helpers/shop.ts'
import { addStaff, issueVoucher } from '../helpers/staff.ts'
import { buttonsOf, eventually, testBot } from '../helpers/telegram.ts'

test('a voucher is redeemed once, its holder is told, and undoing gives it back', async () => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  const voucher = await issueVoucher(bot.app, shop)
  const cashier = await addStaff(bot, shop, 'cashier', 101)
  const holder = await bot.telegram.person(900)
  await holder.start()
  await holder.reads('Welcome')

  await cashier.write(`/redeem ${spellCode(voucher.code).toLowerCase()}`)
  const done = await cashier.reads('£1.00 redeemed')
  await holder.reads('£1.00 of your voucher was used at Candle & Co')
  await cashier.write(`/redeem ${voucher.code}`)
  const second = await cashier.reads('This voucher was used already')
  expect(second.text).toMatch(/£1\.00 · .* GMT · a colleague/)
  await cashier.press(done, 'Undo')
  await holder.reads('£1.00 is back on your voucher')
  // Its button may be gone by now.
  await cashier.press(done, 'Undo').catch(() => undefined)

  const undone = async () =>
    (await cashier.sees()).find((one) => one.message_id === done.message_id)
  await eventually(async () => (await undone())?.text).toContain('Undone: £1.00 is on the voucher')
  expect(await vouchersOf(bot.app, 'telegram:900')).toMatchObject([
    { status: 'issued', balanceMinor: 100 },
  ])
})

test('a gift balance is spent in parts, with the code in groups and the amount behind it', async () => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  const voucher = await issueVoucher(bot.app, shop, { kind: 'gift_balance', valueMinor: 1000 })
  const cashier = await addStaff(bot, shop, 'cashier', 101)
  const spaced = spellCode(voucher.code).replaceAll('-', ' ')

  await cashier.write(`/redeem ${spaced} 2.50`)
  const { text } = await cashier.reads('£2.50 redeemed')
  await cashier.write(`/redeem ${spaced} 20`)
  await cashier.reads('There is not that much left on it.')
  await cashier.write(`/redeem ${spaced.slice(0, -1)}U`)
  await cashier.reads('No voucher has this code. Check it letter by letter.')
  await cashier.write(`/redeem ${spaced} 2,5`)
  await cashier.reads('must be an amount in GBP')
  await cashier.write(`/redeem ${spaced}`)
  await cashier.reads('£7.50 redeemed')

  expect(text).toContain('Left: £7.50')
})

test('an amount behind a code is an amount, also where both together look like a code', async () => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  const { code } = await issueVoucher(bot.app, shop, { kind: 'gift_balance', valueMinor: 50_000 })
  const cashier = await addStaff(bot, shop, 'cashier', 101)
  const amount = Array.from({ length: 400 }, (_, i) => String(i + 1)).find((n) =>
    readCode(code + n),
  )

  await cashier.write(`/redeem ${spellCode(code)} ${amount}`)

  await cashier.reads(`£${amount}.00 redeemed`)
})

test('the rest of a voucher that keeps none is named when it is lost, and undoing brings it back', async () => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  const { code } = await issueVoucher(bot.app, shop, { valueMinor: 314 })
  const cashier = await addStaff(bot, shop, 'cashier', 101)

  await cashier.write(`/redeem ${code} 1`)
  const done = await cashier.reads('£1.00 redeemed')
  await cashier.press(done, 'Undo')
  const vouchers = () => vouchersOf(bot.app, 'telegram:900')
  await eventually(vouchers).toMatchObject([{ balanceMinor: 314 }])

  expect(done.text).toContain('The rest, £2.14, cannot be used any more')
})

test('a percentage asks what the order comes to and is computed', async () => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  const percentage = { kind: 'percent_off' as const, percentBp: 1500, valueMinor: 800 }
  const { code } = await issueVoucher(bot.app, shop, percentage)
  const cashier = await addStaff(bot, shop, 'cashier', 101)

  await cashier.write(`/redeem ${code}`)
  const { text } = await cashier.reads('Say what the order comes to')
  await cashier.write(`/redeem ${code} order=23.30`)
  const done = await cashier.reads('£3.50 redeemed')

  expect(text).toContain('15% off, up to £8.00')
  expect(text).toContain(`/redeem ${spellCode(code)} order=5.00`)
  expect(done.text).toContain('Order: £23.30')
})

test('a minimum spend asks what the order comes to; a voucher of one store is not taken in another', async () => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  await addStore(bot.app, {
    merchantId: shop.merchantId,
    sourceId: '8',
    name: 'Camden',
    address: '',
    zone: 'Europe/London',
  })
  const { code } = await issueVoucher(bot.app, shop, { minSpendMinor: 2000, storeSourceId: '7' })
  const cashier = await addStaff(bot, shop, 'cashier', 101)

  await cashier.write(`/redeem ${code}`)
  const { text } = await cashier.reads('It has a minimum spend')
  await cashier.write(`/redeem ${code} order=19.99`)
  await cashier.reads('does not come to the minimum spend')
  await cashier.write(`/redeem ${code} order=20.00 store=8`)
  await cashier.reads('not valid in this store')
  await cashier.write(`/redeem ${code} order=20.00 store=9`)
  await cashier.reads('You have no store with this id')
  await cashier.write(`/redeem ${code} order=20.00 store=7 receipt=A-1`)
  await cashier.reads('£1.00 redeemed')

  expect(text).toContain(`/redeem ${spellCode(code)} order=20.00`)
})

test.each([
  ['/redeem 7KQ2-M4XV-9RTC-X', 'its check character does not fit'],
  ['/redeem 7kq2 m4xv 9rtc x', 'its check character does not fit'],
  ['/redeem HELLO10', 'No voucher has this code'],
  ['/redeem HELLO10 5.00', 'No voucher has this code'],
  ['/redeem HELLO10 -1', 'must be an amount in GBP such as 5.00'],
  ['/redeem HELLO10 １２', 'must be an amount in GBP such as 5.00'],
  ['/redeem HELLO10 order=1e3', 'must be an amount in GBP such as 5.00'],
  ['/redeem HELLO10 order=1,000.50', 'must be an amount in GBP such as 5.00'],
  ['/redeem HELLO10 order=0.001', 'must be an amount in GBP such as 5.00'],
  ['/redeem HELLO10 total=5', 'total'],
  ['/redeem HELLO10 receipt=""', '“receipt” is missing'],
  ['/redeem', 'Send the code, and an amount if not all of it is spent'],
])('typed wrong, %s is answered with what is wrong', async (typed, words) => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  const cashier = await addStaff(bot, shop, 'cashier', 101)

  await cashier.write(typed)

  await cashier.reads(words)
})

test('a holder is told why a voucher was withdrawn, and why money is back on one', async () => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  const gift = { kind: 'gift_balance' as const, valueMinor: 1000 }
  await addCampaign(bot.app, shop, { onCancelledShare: 'revoke', fallback: gift })
  const { reference } = await addShare(bot.app, shop, 'telegram:1', 'gift-order')
  const { merchantId } = shop
  const holder = await bot.telegram.person(900)
  await holder.start(reference)
  const won = await holder.reads('£10.00 to spend')
  const code = /[0-9A-Z-]{16}/.exec(won.text ?? '')?.[0] ?? ''

  await redeemVoucher(bot.app, {
    merchantId,
    code,
    requestId: 'a',
    by: 'api',
    amountMinor: 400,
    orderId: 'paid',
  })
  await holder.reads('£4.00 of your voucher was used')
  await cancelOrder(bot.app, { merchantId, orderSourceId: 'paid' })
  await holder.reads('Your order was paid back: £4.00 is back on your voucher for Candle & Co')
  await cancelOrder(bot.app, { merchantId, orderSourceId: 'gift-order' })

  await holder.reads('Your voucher for Candle & Co was withdrawn')
})

test('a command delivered twice redeems once', async () => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  const { code } = await issueVoucher(bot.app, shop, { kind: 'gift_balance', valueMinor: 1000 })
  const cashier = await addStaff(bot, shop, 'cashier', 101)
  const text = `/redeem ${code} 2.00`
  const message = {
    message_id: 5,
    date: 1,
    chat: { id: 101, type: 'private' },
    text,
    from: { id: 101, is_bot: false, first_name: 'C' },
    entities: [{ type: 'bot_command', offset: 0, length: 7 }],
  }

  await bot.telegram.sim('/sim/updates', { updates: [{ message }, { message }, { message }] })
  await cashier.reads('redeemed already by the same message')

  expect(await vouchersOf(bot.app, 'telegram:900')).toMatchObject([{ balanceMinor: 800 }])
})

test('a message whose id was used for something else asks to be sent again', async () => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  const { code } = await issueVoucher(bot.app, shop, { kind: 'gift_balance', valueMinor: 1000 })
  const cashier = await addStaff(bot, shop, 'cashier', 101)
  const write = (text: string) => ({
    message: {
      message_id: 5,
      date: 1,
      chat: { id: 101, type: 'private' },
      text,
      from: { id: 101, is_bot: false, first_name: 'C' },
      entities: [{ type: 'bot_command', offset: 0, length: 7 }],
    },
  })

  const updates = [write(`/redeem ${code} 2.00`), write(`/redeem ${code} 3.00`)]
  await bot.telegram.sim('/sim/updates', { updates })

  await cashier.reads('Not done: this message did something else before. Send the command again.')
})

test('a cashier of another shop cannot redeem or undo here', async () => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  const other = await addShop(bot.app, 'Other')
  const voucher = await issueVoucher(bot.app, shop)
  const [cashier, stranger] = [
    await addStaff(bot, shop, 'cashier', 101),
    await addStaff(bot, other, 'cashier', 102),
  ]

  await stranger.write(`/redeem ${voucher.code}`)
  const refused = await stranger.reads('No voucher has this code.')
  await cashier.write(`/redeem ${voucher.code}`)
  const data = buttonsOf(await cashier.reads('redeemed'))[0]?.callback_data
  const press = { from: 102, chatId: 102, messageId: refused.message_id, data, forged: true }
  const answer = await bot.telegram.sim('/sim/callbacks', press)

  expect(answer).toMatchObject({ text: 'This button is not valid any more.' })
  expect(await vouchersOf(bot.app, 'telegram:900')).toMatchObject([{ status: 'redeemed' }])
})

test('somebody with roles at two shops says which by button or by name', async () => {
  await using bot = await testBot()
  const [candles, cakes] = [await addShop(bot.app, 'Candles'), await addShop(bot.app, 'Cakes & Co')]
  const { code } = await issueVoucher(bot.app, cakes, { kind: 'gift_balance', valueMinor: 1000 })
  const cashier = await addStaff(bot, candles, 'cashier', 101)
  await acceptInvite(bot.app, { personId: 'telegram:101', reference: cakes.ownerReference })

  await cashier.write(`/redeem ${code} 2.00`)
  const question = await cashier.reads('For which shop?')
  await cashier.press(question, 'Cakes')
  await cashier.reads('£2.00 redeemed')
  await cashier.press(question, 'Cakes')
  await cashier.reads('redeemed already by the same message')
  await cashier.write(`/redeem ${code} 3.00 merchant="cakes & co"`)
  await cashier.reads('£3.00 redeemed')
  await cashier.write('/staff')

  await cashier.reads('Staff of Cakes & Co')
})

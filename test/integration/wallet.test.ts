import { expect, test } from 'vitest'

import { spellCode } from '../../src/domain/code.ts'
import type { SimMessage } from '../../src/sandbox/sim.ts'
import { addStore } from '../../src/usecases/add-store.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { vouchersOf } from '../../src/usecases/list-vouchers.ts'
import { redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { rollBackRedemption } from '../../src/usecases/roll-back-redemption.ts'
import { addCampaign, addKnown, addShare, addShop } from '../helpers/shop.ts'
import { buttonsOf, eventually, type Person, testBot } from '../helpers/telegram.ts'

/** Mia with a gift balance of £10 in her wallet. */
async function withWallet(bot: Awaited<ReturnType<typeof testBot>>) {
  const { app, telegram } = bot
  const shop = await addShop(app)
  await addCampaign(app, shop, { templates: [{ kind: 'gift_balance', valueMinor: 1000 }] })
  const mia = await telegram.person(101, { started: true })
  await addKnown(app, shop, 'telegram:101')
  const { token } = await addShare(app, shop)
  const { voucher } = await claimShare(app, {
    personId: 'telegram:101',
    by: { kind: 'token', token },
  })
  if (!voucher) throw new Error('no voucher')
  return { mia, voucher, merchantId: shop.merchantId }
}

test('a voucher is shown as a QR code, with how it was used', async () => {
  await using bot = await testBot()
  const { mia, voucher, merchantId } = await withWallet(bot)
  const redeem = (requestId: string, amountMinor: number) =>
    redeemVoucher(bot.app, { merchantId, code: voucher.code, amountMinor, requestId, by: 'api' })
  await redeem('a', 300)
  const undone = await redeem('b', 200)
  if (undone.outcome === 'refused') throw new Error(undone.reason)
  const { redemptionId } = undone.redemption
  await rollBackRedemption(bot.app, { merchantId, redemptionId, requestId: 'c', by: 'api' })

  await mia.write('/vouchers')
  await mia.press(await mia.reads('Your vouchers'), '▦ £10.00 to spend')
  const { caption, photo, protect_content, ...card } = await pictureFor(mia)

  expect(caption).toContain(`Code: ${spellCode(voucher.code)}`)
  expect(caption).toContain('£7.00 of £10.00 left')
  expect(caption).toMatch(/Given back: £2\.00 · .*\nUsed: £3\.00 · /)
  expect(protect_content).toBe(true)
  expect(buttonsOf(card as SimMessage)[0]?.copy_text?.text).toBe(spellCode(voucher.code))
  const file = await fetch(bot.telegram.url + photo)
  expect(file.headers.get('content-type')).toBe('image/png')
})

test('nobody is shown a voucher of somebody else', async () => {
  await using bot = await testBot()
  const { voucher, merchantId } = await withWallet(bot)
  const eve = await bot.telegram.person(102, { started: true })
  await eve.write('/help')
  const { message_id } = await eve.reads('What I can do')

  const answer = await bot.telegram.sim('/sim/callbacks', {
    from: 102,
    chatId: 102,
    messageId: message_id,
    forged: true,
    data: `w:${merchantId}:${voucher.voucherId}`,
  })

  expect(answer).toMatchObject({ text: 'This voucher is not yours.' })
})

test('what is over is counted, not shown, and its code is no picture any more', async () => {
  await using bot = await testBot()
  const { mia, voucher, merchantId } = await withWallet(bot)
  await mia.write('/vouchers')
  const wallet = await mia.reads('Your vouchers')
  await bot.app.db.run(
    ({ sql }) => sql`
      update vouchers set expires_at = clock_timestamp()
      where merchant_id = ${merchantId} and id = ${voucher.voucherId}`,
  )

  await mia.press(wallet, '▦ £10.00 to spend')
  const card = await mia.reads('expired')
  await mia.write('/vouchers')
  const after = await mia.reads('One older voucher is used or over.')

  expect(card.text).not.toContain('Code')
  expect(after.text).not.toContain('£10.00')
})

test('a voucher says in which stores and when it is valid, at once and in the wallet', async () => {
  await using bot = await testBot()
  const { app } = bot
  const shop = await addShop(app)
  const afar = { merchantId: shop.merchantId, sourceId: '8', zone: 'Europe/London' }
  const { store } = await addStore(app, { ...afar, name: 'Camden', address: '1 Lock' })
  await addStore(app, { ...afar, sourceId: '9', name: 'Deptford', address: '1 Yard' })
  await addCampaign(app, shop, {
    storeIds: [shop.storeId, store.storeId],
    fallback: { useWeekdays: 31, useFromMinute: 660, useToMinute: 840 },
  })
  const mia = await bot.telegram.person(101)
  await mia.start()
  await mia.reads('Welcome')
  const { token } = await addShare(app, shop)

  const { voucher } = await claimShare(app, {
    personId: 'telegram:101',
    by: { kind: 'token', token },
  })
  const told = await mia.reads('A gift for you')
  const [kept] = await vouchersOf(app, 'telegram:101')

  expect(voucher).toMatchObject({
    storeNames: ['Camden', 'Soho'],
    hours: { weekdays: 31, fromMinute: 660, toMinute: 840 },
  })
  expect(kept).toEqual(voucher)
  expect(told.text).toContain('At Candle & Co: Camden, Soho\nOnly Mon–Fri 11:00–14:00\nUntil')
})

async function pictureFor(person: Person): Promise<SimMessage> {
  let found: SimMessage | undefined
  await eventually(async () => {
    found = (await person.sees()).findLast((message) => message.photo)
    return found?.photo
  }).toBeDefined()
  if (!found) throw new Error('no picture')
  return found
}

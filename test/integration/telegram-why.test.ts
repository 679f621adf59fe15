import { expect, test } from 'vitest'

import { changeSettings } from '../../src/usecases/person-settings.ts'
import { addCampaign, addKnown, addOrder, addShare, addShop, type Shop } from '../helpers/shop.ts'
import { addRole, addStaff } from '../helpers/staff.ts'
import { type Person, testBot } from '../helpers/telegram.ts'

type Bot = Awaited<ReturnType<typeof testBot>>

/** Mia, known to the shop, with a voucher that she got in the chat. */
async function withMia(bot: Bot): Promise<{ shop: Shop; mia: Person; code: string }> {
  const shop = await addShop(bot.app)
  await addCampaign(bot.app, shop, {
    templates: [
      { name: 'Candles & more', traits: { candles: 1 } },
      { name: 'Tea', traits: { tea: 1 } },
    ],
  })
  const mia = await bot.telegram.person(101, { started: true })
  await addKnown(bot.app, shop, 'telegram:101')
  const { reference } = await addShare(bot.app, shop)
  await mia.start(reference)
  const { text = '' } = await mia.reads('You got')
  return { shop, mia, code: /<code>([^<]+)<|Code: (\S+)/.exec(text)?.slice(1).join('') ?? '' }
}

test('a button under a voucher asks why, and the bot says so in the language of the person', async () => {
  await using bot = await testBot()
  const { mia } = await withMia(bot)
  const voucher = await mia.reads('You got')

  await mia.press(voucher, 'Why this one?')
  const why = await mia.reads('What there was, and how likely each was:')
  await changeSettings(bot.app, 'telegram:101', { language: 'zh' })
  await mia.press(voucher, 'Why this one?')
  const chinese = await mia.reads('当时可选的')

  expect(why.text).toMatch(/^💡 Why this one\?\n.+\./)
  expect(why.text).toMatch(/▸ .+ · \d+%/)
  expect(why.text).toMatch(/Candles & more/)
  expect(chinese.text).toMatch(/^💡 为何是这一份？\n.+。/)
})

test('whoever reads the numbers asks with /why and a code, and is not told who holds it', async () => {
  await using bot = await testBot()
  const { shop, code } = await withMia(bot)
  const owner = await addStaff(bot, shop, 'owner', 11)
  const analyst = await bot.telegram.person(14, { started: true })
  await addRole(bot.app, shop, 'analyst', 14, 11)

  await analyst.write(`/why ${code.toLowerCase().replaceAll('-', ' ')}`)
  const why = await analyst.reads('Decided by voucher/0.')
  await owner.write('/why')
  const form = await owner.reads('Send the code of a voucher')
  await owner.write('/why 7KQ2-M4XV-9RTC-W')
  await owner.reads('A character of this code is wrong')
  await owner.write('/why 7KQ2-M4XV-9RTC-V')
  await owner.reads('No voucher has this code.')

  expect(why.text).toContain('redemption expected: ')
  expect(why.text).not.toMatch(/101|Mia|\byou\b/)
  expect(form.text).toContain('/why 7KQ2-M4XV-9RTC-V')
})

test('of a voucher that is not theirs nobody is told why, and a cashier is not told either', async () => {
  await using bot = await testBot()
  const { app, telegram } = bot
  const { shop, code } = await withMia(bot)
  const [row] = await app.db.run(
    ({ sql }) =>
      sql<{ id: string }[]>`select id from vouchers where merchant_id = ${shop.merchantId}`,
  )
  const eve = await telegram.person(102, { started: true })
  await eve.write('/help')
  const { message_id } = await eve.reads('What I can do')
  await addRole(app, shop, 'cashier', 102)

  const answer = await telegram.sim('/sim/callbacks', {
    from: 102,
    chatId: 102,
    messageId: message_id,
    forged: true,
    data: `why:${row?.id}`,
  })
  await eve.write(`/why ${code}`)

  expect(answer).toMatchObject({ text: 'This voucher is not yours.' })
  await eve.reads('I do not know that command.')
})

test('under several offers a button asks why the first comes first', async () => {
  await using bot = await testBot()
  const { app, telegram } = bot
  const shop = await addShop(app)
  for (const title of ['Candles for friends', 'Tea for friends'])
    await addCampaign(app, shop, { name: title, offer: { title } })
  const { reference } = await addOrder(app, shop, 'R-1')
  const mia = await telegram.person(101, { started: true })
  await mia.start(reference)

  await mia.press(await mia.reads('Order R-1'), 'Why this offer first?')
  const why = await mia.reads('What there was')

  expect(why.text).toMatch(/(Candles|Tea) for friends · \d+%/)
  expect(why.text).toContain('▸ ')
})

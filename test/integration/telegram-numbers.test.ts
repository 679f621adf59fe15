import { expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { makeExport, takeExports } from '../../src/usecases/make-export.ts'
import { raiseAlerts } from '../../src/usecases/raise-alerts.ts'
import { removeStaff } from '../../src/usecases/remove-staff.ts'
import { addCampaign, addKnown, addShare, addShop, type Shop } from '../helpers/shop.ts'
import { addStaff } from '../helpers/staff.ts'
import { buttonsOf, eventually, testBot } from '../helpers/telegram.ts'

test('patent 12: /stats answers with a picture and the numbers below it', async () => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  await addCampaign(bot.app, shop, { name: 'Autumn <b>' })
  await claimOne(bot.app, shop)
  const analyst = await addStaff(bot, shop, 'analyst', 101)

  await analyst.write('/stats')
  const message = await analyst.reads('Autumn <b>')

  expect(message.caption).toContain('1 voucher from a share')
  expect(message.caption).toContain('£0.00 spent of £5.00 given')
  const picture = await bytesOf(bot, message.photo)
  expect(picture.subarray(1, 4).toString()).toBe('PNG')
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([840, 1080])
})

test('the numbers come in the language of whoever asks', async () => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  await addCampaign(bot.app, shop, { name: '秋季' })
  const owner = await addStaff(bot, shop, 'owner', 101)

  await owner.write('/language zh')
  await owner.press(await owner.reads(/./), '中文').catch(() => undefined)
  await owner.write('/stats')

  expect((await owner.reads('秋季')).caption).toContain('0 领到分享的券')
})

test('/export makes a file, which comes into the chat', async () => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  await addCampaign(bot.app, shop)
  const code = await claimOne(bot.app, shop)
  const manager = await addStaff(bot, shop, 'manager', 101)

  await manager.write('/export vouchers campaign=autumn')
  await manager.reads('The file is being made.')
  await makeAll(bot.app)
  const message = await manager.reads('Vouchers of Autumn: 1 row')

  expect(message.document).toMatchObject({ name: expect.stringMatching(/^vouchers-.*\.csv$/) })
  const text = (await bytesOf(bot, message.document?.address)).toString()
  expect(text.split('\r\n')[1]).toContain(`,${code},Autumn,£5 off,amount_off,issued,GBP,5.00,0.00,`)
})

test('/export alone asks which file, an analyst for those without codes', async () => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  const [manager, analyst] = [
    await addStaff(bot, shop, 'manager', 101),
    await addStaff(bot, shop, 'analyst', 102),
  ]

  await manager.write('/export')
  const question = await manager.reads('Which file?')
  await analyst.write('/export')
  const words = buttonsOf(await analyst.reads('Which file?')).map(({ text }) => text)
  await analyst.write('/export codes')
  await analyst.reads('Files with codes are for owners and managers.')
  await manager.press(question, 'Books')
  await manager.reads('The file is being made.')
  await makeAll(bot.app)

  await manager.reads('There is nothing to export yet')
  expect(buttonsOf(question)).toHaveLength(5)
  expect(words).toEqual(['Redemptions', 'Claims', 'Books'])
})

test.each([
  ['/export everything', 'say what to export'],
  ['/export vouchers codes', 'say what to export'],
  ['/export campaign=Autumn', 'say what to export'],
  ['/export vouchers campaign=Spring', 'there is no campaign “Spring”'],
  ['/export vouchers format=xml', '“format” must be csv or json'],
  ['/export vouchers camp=Autumn', '“camp” is not a field'],
])('%s is answered: %s', async (typed, words) => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  await addCampaign(bot.app, shop)
  const owner = await addStaff(bot, shop, 'owner', 101)

  await owner.write(typed)
  const { text } = await owner.reads(words)

  expect(text).toContain('/export vouchers campaign="Spring" format=csv')
  expect(await takeExports(bot.app, 1)).toEqual([])
})

test('an alert comes with a button to the numbers', async () => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  const owner = await addStaff(bot, shop, 'owner', 101)
  await owner.start()
  await owner.reads(/./)
  await addCampaign(bot.app, shop, { budgetMinor: 500 })
  await claimOne(bot.app, shop)

  await raiseAlerts(bot.app)
  const alert = await owner.reads('the budget is used up, £5.00 of £5.00')
  await owner.press(alert, '📊')

  expect(alert.text).toContain('🔔 Candle & Co')
  expect((await owner.reads('£5.00 given')).photo).toBeDefined()
})

test('whoever has lost their role meanwhile gets no file', async () => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  await addCampaign(bot.app, shop)
  const manager = await addStaff(bot, shop, 'manager', 102)
  await manager.write('/export ledger')
  await manager.reads('The file is being made.')

  await removeStaff(bot.app, {
    merchantId: shop.merchantId,
    personId: 'telegram:102',
    by: 'telegram:1',
  })
  await makeAll(bot.app)

  await eventually(() => outboxOf(bot.app)).toEqual([{ lastError: 'nothing to tell' }])
  expect((await manager.sees()).filter(({ document }) => document)).toEqual([])
})

test('a file that is forgotten before it could be sent is not tried again and again', async () => {
  await using bot = await testBot()
  const shop = await addShop(bot.app)
  await addCampaign(bot.app, shop)
  const owner = await addStaff(bot, shop, 'owner', 101)
  await owner.write('/export ledger')
  await owner.reads('The file is being made.')
  await bot.telegram.fault({ kind: '429', method: 'sendDocument', times: 1, retryAfter: 3 })
  await makeAll(bot.app)

  await bot.app.db.run(({ sql }) => sql`delete from exports where merchant_id = ${shop.merchantId}`)

  await eventually(() => outboxOf(bot.app)).toEqual([{ lastError: 'nothing to tell' }])
})

type Bot = Awaited<ReturnType<typeof testBot>>

async function bytesOf(bot: Bot, path = ''): Promise<Buffer> {
  const reply = await fetch(bot.telegram.url + path)
  return Buffer.from(await reply.arrayBuffer())
}

async function makeAll(app: AppContext): Promise<void> {
  const jobs = await takeExports(app, 10)
  for (const job of jobs) await makeExport(app, job, new AbortController().signal)
}

/** A voucher of £5 from a share; answers its code. */
async function claimOne(app: AppContext, shop: Shop): Promise<string> {
  await addKnown(app, shop, 'telegram:21')
  const { token } = await addShare(app, shop, 'telegram:20')
  const by = { kind: 'token', token } as const
  const { voucher } = await claimShare(app, { personId: 'telegram:21', by })
  return voucher?.code ?? ''
}

async function outboxOf(app: AppContext): Promise<object[]> {
  return app.db.run(
    ({ sql }) => sql<object[]>`
      select last_error from outbox where merchant_id <> '' and kind = 'export_ready'`,
  )
}

import { describe, expect, test } from 'vitest'

import { startLongWork } from '../../src/jobs/long-work.ts'
import type { SimMessage } from '../../src/sandbox/sim.ts'
import { addCampaign, addOrder, addShop } from '../helpers/shop.ts'
import { addStaff } from '../helpers/staff.ts'
import { buttonsOf, eventually, type Person, testBot } from '../helpers/telegram.ts'

/** The bot's messages that say this, as they read now. */
async function saying(person: Person, words: string): Promise<SimMessage[]> {
  return (await person.sees()).filter(({ from, text }) => from.is_bot && text?.includes(words))
}

describe('/codes', () => {
  test('makes codes and shows in one message how far it has come, until they are ready', async () => {
    await using bot = await testBot()
    const shop = await addShop(bot.app)
    await addCampaign(bot.app, shop, { fallback: false })
    const manager = await addStaff(bot, shop, 'manager', 101)

    await manager.write('/codes count=25000 prefix=save')
    const begun = await manager.reads('Making codes for £5 off')
    expect(begun.text).toContain('▱▱▱▱▱▱▱▱▱▱ 0 of 25,000')
    const work = startLongWork(bot.app)
    await eventually(async () => (await saying(manager, '25,000 of 25,000')).length).toBe(1)
    await work.stop()

    const [ready, ...others] = await saying(manager, 'codes for £5 off')
    expect(others).toEqual([])
    expect(ready?.message_id).toBe(begun.message_id)
    expect(ready?.text).toBe('🔢 The codes for £5 off are ready\n25,000 of 25,000')
    expect(buttonsOf(ready!)).toEqual([])
    await manager.write('/codes')
    await manager.reads('✅ £5 off: 25,000')
  })

  test('are stopped by a button, which nobody else may press', async () => {
    await using bot = await testBot()
    const shop = await addShop(bot.app)
    await addCampaign(bot.app, shop, { fallback: false })
    const manager = await addStaff(bot, shop, 'manager', 101)
    const cashier = await addStaff(bot, shop, 'cashier', 102)

    await manager.write('/codes count=1000000')
    const begun = await manager.reads('Making codes')
    const { callback_data: data } = buttonsOf(begun)[0]!
    await cashier.write('/help')
    const { message_id: messageId } = await cashier.reads('What I can do')
    await bot.telegram.sim('/sim/callbacks', {
      from: 102,
      chatId: 102,
      messageId,
      data,
      forged: true,
    })
    const answer = await manager.press(begun, 'Stop')

    expect(answer.text).toBe('They are being stopped.')
    await eventually(async () => (await saying(manager, 'was stopped')).length).toBe(1)
    const [log] = await bot.app.db.run(
      ({ sql }) => sql`
        select by_id from audit_log where merchant_id = ${shop.merchantId} and action = 'cancel'`,
    )
    expect(log).toEqual({ byId: 'telegram:101' })
  })

  test('ask which vouchers are meant where a campaign has several', async () => {
    await using bot = await testBot()
    const shop = await addShop(bot.app)
    await addCampaign(bot.app, shop, { templates: [{}, { name: '£2 off' }] })
    const manager = await addStaff(bot, shop, 'manager', 101)

    await manager.write('/codes campaign=Autumn count=5')
    const question = await manager.reads('For which vouchers?')
    expect(buttonsOf(question).map(({ text }) => text)).toEqual([
      '🎟 £5 off · Autumn',
      '🎟 £2 off · Autumn',
      '🎟 £1 off · Autumn',
    ])
    await manager.press(question, '£2 off')
    await manager.reads('Making codes for £2 off')
    await manager.write('/codes voucher="£1 off" count=5')

    await manager.reads('Making codes for £1 off')
  })

  test('takes codes that a merchant brings, and says which it left out', async () => {
    await using bot = await testBot()
    const shop = await addShop(bot.app)
    await addCampaign(bot.app, shop)
    const manager = await addStaff(bot, shop, 'manager', 101)

    await manager.write('/codes import\nsummer-01\nSUMMER-02\nsummer-01\n<b>')
    await manager.press(await manager.reads('For which vouchers?'), '£5 off')
    const { text } = await manager.reads('codes were taken')
    await manager.write('/codes import voucher="£5 off" SUMMER-02')
    const again = await manager.reads('No code was taken')

    expect(text).toBe(
      [
        '🔢 2 codes were taken for £5 off',
        '• summer-01 – stands there twice',
        '• <b> – no code of 4 to 64 letters, digits and . _ / # * + -',
      ].join('\n'),
    )
    expect(again.text).toContain('• SUMMER-02 – waits in the pool already')
  })

  test.each([
    ['/codes import', 'the codes are missing behind “import”.'],
    ['/codes count=0', '“count” must be a whole number from 1 to 10000000.'],
    ['/codes count=１２', '“count” must be a whole number'],
    ['/codes count=1e3', '“count” must be a whole number'],
    ['/codes count=5 prefix=spring', '“I” cannot stand in a prefix'],
    ['/codes count=5 prefix=<b>', '“<” cannot stand in a prefix'],
    ['/codes count=5 length=3', '“length” must be a whole number from 4 to 40.'],
    ['/codes 1000', '“1000” stands there without a name.'],
    ['/codes count=5 amount=3', '“amount” is not a field of this form.'],
    ['/codes count=600000 length=4', 'more than half of all codes of this length'],
    ['/codes count=5 campaign=Winter', 'There are no such vouchers.'],
  ])('%s is answered with what is wrong', async (text, words) => {
    await using bot = await testBot()
    const shop = await addShop(bot.app)
    await addCampaign(bot.app, shop, { fallback: false })
    const manager = await addStaff(bot, shop, 'manager', 101)

    await manager.write(text)

    await manager.reads(words)
    const batches = await bot.app.db.run(
      ({ sql }) => sql`select id from code_batches where merchant_id = ${shop.merchantId}`,
    )
    expect(batches).toEqual([])
  })
})

describe('/testoffer', () => {
  test('says of each offer whether an order shows it, and which part of its rule fails', async () => {
    await using bot = await testBot()
    const shop = await addShop(bot.app)
    await addCampaign(bot.app, shop)
    await addCampaign(bot.app, shop, {
      name: 'Coffee <week>',
      offer: {
        title: 'Coffee & cake',
        rule: {
          all: [
            { amountMinor: { from: 1000 } },
            { any: [{ categories: ['coffee'] }, { storeIds: [shop.storeId] }] },
            { not: { customer: 'new' } },
          ],
        },
      },
    })
    await addOrder(bot.app, shop, '536365')
    const manager = await addStaff(bot, shop, 'manager', 101)

    await manager.write('/testoffer order=536365 now=2026-11-28T18:30')
    const { text } = await manager.reads('Order 536365')
    await manager.write('/testoffer 536365 returning=yes offer="coffee & cake"')
    const { text: returning } = await manager.reads('returning customer')

    expect(text).toContain('£15.30 · 7 Soho · Sat 18:30 · new customer')
    expect(text).toContain('✅ A treat for your friends · Autumn – is shown')
    expect(text).toContain(
      [
        '❌ Coffee & cake · Coffee <week> – is not shown',
        '❌ all of these:',
        '\u2003✅ spent: at least £10.00 (£15.30)',
        '\u2003✅ any of these:',
        '\u2003\u2003▫️ category: coffee (candles)',
        '\u2003\u2003✅ store: 7 Soho (7 Soho)',
        '\u2003❌ not: new customer (new customer)',
      ].join('\n'),
    )
    expect(returning).toContain('✅ Coffee & cake · Coffee <week> – is shown')
    expect(returning).not.toContain('A treat')
  })

  test('holds a rule that is written against an order that is only thought of, in Chinese too', async () => {
    await using bot = await testBot()
    const shop = await addShop(bot.app)
    const manager = await addStaff(bot, shop, 'manager', 101)
    await manager.write('/language')
    await manager.press(await manager.reads('Which language'), '中文')
    await manager.reads('从现在起我说中文')

    await manager.write(
      '/testoffer spend=25 store=7 rule=“day=sat,sun and spend<20” now=2026-11-23T09:00',
    )

    const { text } = await manager.reads('您的规则')
    expect(text).toContain('❌ 您的规则 – 不符合')
    expect(text).toContain('\u2003❌ 星期：周六、周日（周一）')
    expect(text).toContain('\u2003❌ 消费：至多 £19.99（£25.00）')
  })

  test.each([
    ['/testoffer', '“order” is missing.'],
    ['/testoffer order=9', 'There is no order “9”.'],
    ['/testoffer order=1 store=S9', 'There is no such store.'],
    ['/testoffer spend=1,000.50', '“spend” must be an amount in GBP such as 5.00.'],
    ['/testoffer order=1 now=2027-02-29T10:00', '“now” must be a moment by the clock of the store'],
    ['/testoffer order=1 now=tomorrow', '“now” must be a moment'],
    ['/testoffer order=1 language=fr', '“language” must be en or zh.'],
    [
      '/testoffer order=1 rule="spend>=20 and catgory=tea"',
      '“catgory” is no condition: spend>=20 and 👉catgory=tea',
    ],
    ['/testoffer order=1 rule="store=S9"', 'there is no store “S9”, only 7: store=👉S9'],
    ['/testoffer order=1 rule="new and returning"', 'new and returning exclude each other'],
  ])('%s is answered with what is wrong', async (text, words) => {
    await using bot = await testBot()
    const shop = await addShop(bot.app)
    const manager = await addStaff(bot, shop, 'manager', 101)

    await manager.write(text)

    const { text: answer } = await manager.reads(words.slice(0, 12))
    expect(answer).toContain(words)
  })
})

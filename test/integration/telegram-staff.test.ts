import { describe, expect, test } from 'vitest'

import { campaignsOf } from '../../src/usecases/list-campaigns.ts'
import { addCampaign, addShop } from '../helpers/shop.ts'
import { addStaff } from '../helpers/staff.ts'
import { eventually, testBot } from '../helpers/telegram.ts'

const UNKNOWN = 'I do not know that command.'

describe('joining and leaving', () => {
  test('an invitation gives its role and its commands to the first who opens it', async () => {
    await using bot = await testBot()
    const shop = await addShop(bot.app)
    const [owner, eve] = [await bot.telegram.person(101), await bot.telegram.person(102)]
    const menu = () =>
      bot.telegram.sim<{ commands: { command: string }[] }>('/sim/chats/101/menu?as=101')

    await owner.start(shop.ownerReference)
    await owner.reads('You are owner at Candle & Co now')
    await eve.start(shop.ownerReference)
    await eve.reads('This invitation was used by somebody else.')
    await owner.start(shop.ownerReference)
    await owner.reads('You are owner at Candle & Co already.')

    await eventually(async () => (await menu()).commands.map(({ command }) => command)).toContain(
      'staff',
    )
  })

  test('an owner invites by button and by name, and removes after a question', async () => {
    await using bot = await testBot()
    const shop = await addShop(bot.app)
    const owner = await addStaff(bot, shop, 'owner', 101)
    const anna = await bot.telegram.person(102)
    const menu = () =>
      bot.telegram.sim<{ commands: { command: string }[] }>('/sim/chats/102/menu?as=102')

    await owner.write('/staff cashier Anna')
    const { text } = await owner.reads('Send this link to your new cashier.')
    await anna.start(/start=([\w-]{22})/.exec(text ?? '')?.[1])
    await anna.reads('You are cashier at Candle & Co now')
    await owner.write('/staff')
    const list = await owner.reads('Staff of Candle & Co')
    expect(list.text).toContain('Anna – cashier')
    await owner.press(list, '+ manager')
    await owner.reads('Send this link to your new manager.')
    await owner.press(list, 'Remove Anna')
    await eventually(async () =>
      (await owner.sees()).some((one) => one.text?.startsWith('Take the role cashier')),
    ).toBe(true)
    const question =
      (await owner.sees()).find((one) => one.text?.startsWith('Take the role')) ?? list
    await owner.press(question, 'Yes, remove')
    await eventually(async () =>
      (await owner.sees()).some((one) => one.text === 'Anna has no role here any more.'),
    ).toBe(true)
    await anna.write('/redeem 123')

    await anna.reads(UNKNOWN)
    await eventually(async () =>
      (await menu()).commands.map(({ command }) => command),
    ).not.toContain('redeem')
  })

  test('a shop keeps its last owner', async () => {
    await using bot = await testBot()
    const shop = await addShop(bot.app)
    const owner = await addStaff(bot, shop, 'owner', 101)
    await owner.write('/staff')
    const { message_id } = await owner.reads('Staff of')

    const data = `D:${shop.merchantId}:telegram:101`
    await bot.telegram.sim('/sim/callbacks', {
      from: 101,
      chatId: 101,
      messageId: message_id,
      data,
      forged: true,
    })

    await owner.reads('A shop keeps its last owner.')
  })

  test.each([
    [
      'cashier',
      ['/redeem'],
      ['/newvoucher', '/newcampaign', '/stats', '/stores', '/staff', '/pause', '/campaigns'],
    ],
    ['analyst', ['/stats', '/campaigns'], ['/redeem x', '/newvoucher', '/staff', '/resume']],
    [
      'manager',
      ['/redeem', '/stats', '/stores', '/newvoucher', '/newcampaign', '/pause', '/resume'],
      ['/staff'],
    ],
  ] as const)('a %s has their commands and no others', async (role, theirs, others) => {
    await using bot = await testBot()
    const person = await addStaff(bot, await addShop(bot.app), role, 101)

    for (const command of [...theirs, ...others]) await person.write(command)
    const answers = async () =>
      (await person.sees()).filter(({ from }) => from.is_bot).map(({ text = '' }) => text)
    await eventually(async () => (await answers()).length).toBe(theirs.length + others.length)

    const unknown = (await answers()).map((text) => text.startsWith(UNKNOWN))
    expect(unknown).toEqual([...theirs.map(() => false), ...others.map(() => true)])
  })
})

describe('campaigns', () => {
  test('patent 11: store address, store id and number create vouchers; the campaign is made, filled and started', async () => {
    await using bot = await testBot()
    const shop = await addShop(bot.app)
    const owner = await addStaff(bot, shop, 'owner', 101)

    await owner.write(
      '/newcampaign name="Spring" budget=500 slots=20 days=30 title="Coffee for friends" pot=40 min=1 max=5',
    )
    await owner.reads('Campaign Spring is a draft')
    await owner.write('/resume')
    await owner.reads('There is nothing to get in this campaign yet')
    await owner.write(
      '/newvoucher store=7 address="12 Berwick Street, London" count=100 name="Coffee" off=5.00',
    )
    await owner.reads('100 vouchers were created')
    await owner.write(
      '/newvoucher count=50 name="Hello" percent=10 max=2 preset=yes campaign=spring',
    )
    await owner.reads('Hello: 10% off, up to £2.00, in Spring')
    await owner.write('/resume')
    await owner.reads('Campaign Spring is running')

    const [campaign] = await campaignsOf(bot.app, shop.merchantId)
    expect(campaign).toMatchObject({
      name: 'Spring',
      status: 'active',
      mode: 'random',
      budgetMinor: 50_000,
      slotsPerShare: 20,
    })
    expect(campaign?.templates).toMatchObject([
      { name: 'Coffee', kind: 'amount_off', valueMinor: 500, quantity: 100, isFallback: false },
      {
        name: 'Hello',
        kind: 'percent_off',
        percentBp: 1000,
        valueMinor: 200,
        quantity: 50,
        isFallback: true,
      },
    ])
  })

  test.each([
    ['/newvoucher store=7 name=X off=5', '“count” is missing.'],
    ['/newvoucher count=5 name=X', 'say what it is worth'],
    ['/newvoucher count=5 name=X off=5 item=3', 'say what it is worth'],
    ['/newvoucher count=5 name=X off=five', 'must be an amount in GBP such as 5.00'],
    ['/newvoucher count=5 name=X percent=15', '“max” is missing.'],
    ['/newvoucher cuont=5 name=X off=5', '“cuont” is not a field'],
    ['/newvoucher store=9 count=5 name=X off=5', 'There is no store “9”.'],
    [
      '/newvoucher store=7 address="1 Elsewhere" count=5 name=X off=5',
      'The address of store “7” is another one.',
    ],
    ['/newvoucher campaign=Nope count=5 name=X off=5', 'There is no such campaign.'],
    ['/newcampaign name="Open', 'a quotation mark is not closed'],
    ['/newcampaign name=X budget=500 slots=20 until=2020-01-01', 'the end lies in the past'],
    ['/newcampaign name=X budget=500 slots=20 until=2027-02-30', 'must be a day such as'],
    ['/newcampaign name=X budget=500 slots=20 days=3 pot=40', 'go together'],
    ['/newcampaign name=X budget=500 slots=20 days=3 pot=40 min=3 max=5', 'go together'],
    ['/newcampaign name=X budget=5 slots=20 days=3 pot=40 min=1 max=5', 'at least one pot'],
    ['/newcampaign name=X budget=500 slots=20 days=3 zone=Mars/Olympus', 'must be a time zone'],
    ['/stores id=8', '“name” is missing.'],
    ['/stores id=8 name=X zone=Nowhere', '“zone” must be a time zone'],
    ['/stores nine', '“nine” stands there without a name'],
    ['/stores id=8 name=High Street', '“Street” stands there without a name'],
    ['/newvoucher count=5 name=Big Coffee off=5', '“Coffee” stands there without a name'],
    ['/newcampaign Spring budget=500 slots=20 days=3', '“Spring” stands there without a name'],
    ['/staff janitor Bob', '“janitor” is no role: owner, manager, cashier or analyst'],
    ['/pause Nope', 'There is no such campaign.'],
    ['/resume Autumn', 'Campaign Autumn is running'],
  ])('%s is answered: %s', async (typed, words) => {
    await using bot = await testBot()
    const shop = await addShop(bot.app)
    await addCampaign(bot.app, shop, { fallback: false })
    const owner = await addStaff(bot, shop, 'owner', 101)

    await owner.write(typed)
    await owner.reads(words)

    expect(await campaignsOf(bot.app, shop.merchantId)).toHaveLength(1)
  })

  test('one is paused and resumed by button, by name, or at once where it is the only one', async () => {
    await using bot = await testBot()
    const shop = await addShop(bot.app)
    await addCampaign(bot.app, shop, { name: 'Autumn' })
    const owner = await addStaff(bot, shop, 'owner', 101)

    await owner.write('/pause')
    await owner.reads('Campaign Autumn is paused')
    await owner.write('/pause')
    await owner.reads('No campaign is running.')
    await owner.write('/pause "autumn"')
    await owner.reads('Campaign Autumn is paused')
    await addCampaign(bot.app, shop, { name: 'Winter' })
    await owner.write('/resume Autumn')
    await owner.reads('Campaign Autumn is running')
    await owner.write('/pause')
    await owner.press(await owner.reads('Which campaign?'), 'Winter')
    await owner.reads('Campaign Winter is paused')
    await owner.write('/campaigns')
    const list = await owner.reads('Campaigns of Candle & Co')
    await owner.press(list, '📣 Autumn')
    await owner.press(await owner.reads('What people see'), '📊')

    const { caption } = await owner.reads('📊 Autumn')
    expect(list.text).toContain('📣 Winter · paused')
    expect(caption).toContain('0 vouchers from shares')
  })

  test('new vouchers ask for their campaign where several are possible', async () => {
    await using bot = await testBot()
    const shop = await addShop(bot.app)
    const owner = await addStaff(bot, shop, 'owner', 101)
    await addCampaign(bot.app, shop, { name: 'Autumn' })
    await addCampaign(bot.app, shop, {
      name: 'Lucky',
      mode: 'random',
      potMinor: 1000,
      drawMinMinor: 100,
      drawMaxMinor: 600,
    })
    const kinds = async () =>
      (await campaignsOf(bot.app, shop.merchantId)).map(({ name, templates }) => [
        name,
        templates.filter((template) => template.name === 'Coffee').length,
      ])

    await owner.write('/newvoucher count=100 name=Coffee off=5')
    const question = await owner.reads('Which campaign?')
    expect(await kinds()).toEqual([
      ['Lucky', 0],
      ['Autumn', 0],
    ])
    await owner.press(question, 'Autumn')
    await owner.reads('Coffee: £5.00 off, in Autumn')
    await owner.write('/newvoucher count=100 name=Coffee off=5 campaign=Lucky')
    const { text } = await owner.reads('Coffee, in Lucky: what each is worth is drawn')

    expect(text).not.toContain('£5.00')
    expect(await kinds()).toEqual([
      ['Lucky', 1],
      ['Autumn', 1],
    ])
  })

  test('stores are listed and added', async () => {
    await using bot = await testBot()
    const shop = await addShop(bot.app)
    const owner = await addStaff(bot, shop, 'owner', 101)

    await owner.write('/stores id=8 name=“Camden” address="1 High Street" zone=Europe/London')
    await owner.reads('Store 8 · Camden was added')
    await owner.write('/stores')

    expect((await owner.reads('Stores of Candle & Co')).text).toContain(
      '8 Camden · 1 High Street · Europe/London',
    )
  })
})

import { describe, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import type { SimMessage } from '../../src/sandbox/sim.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { vouchersOf } from '../../src/usecases/list-vouchers.ts'
import { addCampaign, addKnown, addOrder, addShare, addShop } from '../helpers/shop.ts'
import { buttonsOf, eventually, type Person, testBot } from '../helpers/telegram.ts'

const HINT = /Scan the code on your receipt, or choose/
const UNKNOWN = 'I do not know that command. /help shows what I can do.'

/** A shop with a running campaign. */
async function openShop(app: AppContext, options: Parameters<typeof addCampaign>[2] = {}) {
  const shop = await addShop(app)
  const campaign = await addCampaign(app, shop, options)
  return { shop, ...campaign }
}

/** What the bot has said to a person, in order. */
async function toldTo(person: Person): Promise<string[]> {
  return (await person.sees()).filter(({ from }) => from.is_bot).map(({ text }) => text ?? '')
}

function shareQuery(message: SimMessage): string {
  return buttonsOf(message)[0]?.switch_inline_query_chosen_chat?.query ?? ''
}

describe('an order', () => {
  test('patent 2 5: is opened by the code of the receipt, and shows the offer that fits it', async () => {
    await using bot = await testBot()
    const { shop } = await openShop(bot.app)
    const order = await addOrder(bot.app, shop, '536365')
    const mia = await bot.telegram.person(101)

    await mia.start(order.reference)
    const shown = await mia.reads('Order 536365')

    expect(shown.text).toContain('🎁 A treat for your friends')
    expect(buttonsOf(shown).map(({ text }) => text)).toEqual([
      '🎁 Share: A treat for your friends',
      'Open',
    ])
  })

  test('patent 2 5: is opened by number, store and PIN, and says nothing of offers when none fits', async () => {
    await using bot = await testBot()
    const { shop } = await openShop(bot.app, {
      offer: { title: 'Big', rule: { amountMinor: { from: 999_999 } } },
    })
    const { pin } = await addOrder(bot.app, shop, 'A 1')
    const mia = await bot.telegram.person(101)

    await mia.start()
    await mia.reads('Welcome')
    await mia.write('/order "A 1" 7 000001x')
    await mia.reads('No order matches')
    await mia.write(`/order "A 1" 7 ${pin}`)
    const shown = await mia.reads('Order A 1')

    expect(shown.text).not.toContain('🎁')
    expect(buttonsOf(shown).map(({ text }) => text)).toEqual(['Open'])
  })

  test('belongs to whoever opened it first', async () => {
    await using bot = await testBot()
    const { shop } = await openShop(bot.app)
    const { reference } = await addOrder(bot.app, shop, '536365')
    const [mia, eve] = [await bot.telegram.person(101), await bot.telegram.person(102)]

    await mia.start(reference)
    await mia.reads('Order 536365')
    await eve.start(reference)
    await eve.reads('Somebody else has opened this order already.')
    await eve.write('/orders')
    await eve.reads('No orders yet')
    await mia.write('/orders')
    const list = await mia.reads('Your orders')
    await mia.press(list, '536365')

    await mia.reads(/^Order 536365/)
  })

  test.each(['/order', '/order 536365', '/order 1 2 3 4', '/order "open'])(
    'a mistyped “%s” is answered with the right form and an example',
    async (typed) => {
      await using bot = await testBot()
      const mia = await bot.telegram.person(101, { started: true })

      await mia.write(typed)

      const { text } = await mia.reads('Send the order number')
      expect(text).toContain('/order 536365 S1 123456')
    },
  )
})

describe('a share', () => {
  test('patent 1: goes into a group in the sharer’s name, and a member gets a voucher there', async () => {
    await using bot = await testBot()
    const { shop } = await openShop(bot.app)
    await addKnown(bot.app, shop, 'telegram:102')
    const { reference } = await addOrder(bot.app, shop, '536365')
    const [mia, ben] = [await bot.telegram.person(101), await bot.telegram.person(102)]
    const group = await bot.telegram.group([101, 102])

    await mia.start(reference)
    const results = await mia.query(shareQuery(await mia.reads('536365')))
    const post = await mia.post(results, group.id)
    const answer = await ben.press(post, 'Get it here')

    expect(results).toMatchObject({
      is_personal: true,
      cache_time: 0,
      results: [{ title: 'A treat for your friends' }],
    })
    expect(post).toMatchObject({ from: { id: 101 }, via_bot: { username: 'passalong_bot' } })
    expect(buttonsOf(post)[0]?.url).toMatch(/^https:\/\/t\.me\/passalong_bot\/app\?startapp=/)
    const [voucher] = await vouchersOf(bot.app, 'telegram:102')
    expect(answer).toMatchObject({
      show_alert: true,
      text: expect.stringContaining('You got £5.00 off'),
    })
    expect(answer.text).toContain(voucher?.code.slice(0, 4))
  })

  test('is found again by its reference, by its sharer only', async () => {
    await using bot = await testBot()
    const { shop } = await openShop(bot.app)
    const { reference } = await addShare(bot.app, shop, 'telegram:101')
    const [mia, ben] = [await bot.telegram.person(101), await bot.telegram.person(102)]

    expect((await mia.query(reference)).results).toMatchObject([{ id: `s:${reference}` }])
    expect((await mia.query('A'.repeat(22))).results).toEqual([])
    expect((await ben.query(reference)).results).toEqual([])
  })

  test('patent 10: whoever has a voucher is told so and shown it again', async () => {
    await using bot = await testBot()
    const { shop } = await openShop(bot.app)
    const share = await addShare(bot.app, shop)
    const ben = await bot.telegram.person(102)

    await ben.start(share.reference)
    const notice = await ben.reads('A gift for you: £1.00 off at Candle & Co')
    await ben.start(share.reference)
    const again = await ben.reads('You have yours already: £1.00 off')

    const copied = [notice, again].map((message) => buttonsOf(message)[0]?.copy_text?.text)
    expect(copied[0]).toMatch(/^[0-9A-Z-]{16}$/)
    expect(copied[1]).toBe(copied[0])
    expect(notice.protect_content).toBe(true)
    expect(await toldTo(ben)).toHaveLength(2)
  })

  test('a claim in the group tells by alert, and by a private notice to those who can be written to', async () => {
    await using bot = await testBot()
    const { shop } = await openShop(bot.app)
    await addShare(bot.app, shop, 'telegram:101')
    const people = [
      await bot.telegram.person(101),
      await bot.telegram.person(102),
      await bot.telegram.person(103),
    ]
    const [mia, ben, zoe] = people as [Person, Person, Person]
    const group = await bot.telegram.group([101, 102, 103])
    await ben.start()
    await ben.reads('Welcome')
    const post = await mia.post(await mia.query(''), group.id)

    const known = await ben.press(post, 'Get it here')
    const unknown = await zoe.press(post, 'Get it here')
    const second = await zoe.press(post, 'Get it here')

    expect(known.text).toContain('It is in our chat and in /vouchers.')
    await ben.reads('A gift for you')
    expect(unknown.text).toContain('Tap once more to keep it in your chat with me.')
    expect(second.url).toBe(`https://t.me/passalong_bot?start=${/c:(.*)/.exec(dataOf(post))?.[1]}`)
    await zoe.start(second.url?.split('start=')[1])
    await zoe.reads('You have yours already')
    expect(bot.telegram.calls('sendMessage').filter((call) => !call.ok)).toEqual([])
  })

  test('its post shows how much is left, and at last that nothing is', async () => {
    await using bot = await testBot()
    const { shop } = await openShop(bot.app, { slotsPerShare: 2 })
    for (const id of [102, 103]) await addKnown(bot.app, shop, `telegram:${id}`)
    await addShare(bot.app, shop, 'telegram:101')
    const [mia, ben] = [await bot.telegram.person(101), await bot.telegram.person(102)]
    const group = await bot.telegram.group([101, 102])
    const post = await mia.post(await mia.query(''), group.id)
    const shown = async () => (await ben.sees(group.id)).at(-1)

    expect(post.text).toContain('2 of 2 left')
    await ben.press(post, 'Get it here')
    await eventually(async () => (await shown())?.text).toContain('one of 2 left')
    const reference = dataOf(post).slice(2)
    await claimShare(bot.app, { personId: 'telegram:103', by: { kind: 'reference', reference } })
    await eventually(async () => (await shown())?.text).toContain('All gone')

    expect(buttonsOf((await shown()) as SimMessage)).toEqual([{ text: 'All gone', disabled: {} }])
    const edits = bot.telegram
      .calls('editMessageText')
      .filter((call) => call.ok)
      .map((call) => Date.parse(call.at))
    expect(Math.min(...edits.slice(1).map((at, i) => at - (edits[i] ?? 0)))).toBeGreaterThanOrEqual(
      4900,
    )
  }, 30_000)

  test('is stopped by its sharer after a question', async () => {
    await using bot = await testBot()
    const { shop } = await openShop(bot.app)
    const share = await addShare(bot.app, shop, 'telegram:101')
    const [mia, ben] = [
      await bot.telegram.person(101, { started: true }),
      await bot.telegram.person(102),
    ]

    await mia.write('/shares')
    const question = await mia
      .press(await mia.reads('5 of 5 left'), 'Stop')
      .then(() => mia.reads('Stop “A treat'))
    await mia.press(question, 'Keep it')
    const list = await mia
      .reads('goes on')
      .then(() => mia.write('/shares'))
      .then(() => mia.reads('Your shares'))
    await mia.press(list, 'Stop')
    await mia.press(await mia.reads('Stop “A treat'), 'Yes, stop it')
    await mia.reads('is stopped. Vouchers that friends have already stay theirs.')
    await ben.start(share.reference)

    await ben.reads('Whoever shared this has stopped it.')
  })

  test('of somebody else cannot be posted or stopped by forged buttons', async () => {
    await using bot = await testBot()
    const { shop } = await openShop(bot.app)
    const share = await addShare(bot.app, shop, 'telegram:101')
    const { reference } = await addOrder(bot.app, shop, 'mine')
    const eve = await bot.telegram.person(102, { started: true })
    await eve.write('hello')
    const message = await eve.reads(HINT)

    const results = await eve.query(`${reference} ${share.offer.offerId}`)
    const press = { from: 102, chatId: 102, messageId: message.message_id, forged: true }
    const stopped = await bot.telegram.sim('/sim/callbacks', {
      ...press,
      data: `X:${share.reference}`,
    })
    const strange = await bot.telegram.sim('/sim/callbacks', {
      ...press,
      data: 'c:AAAAAAAAAAAAAAAAAAAAAA',
    })

    expect(results).toMatchObject({
      results: [],
      button: { text: 'See your own offers', start_parameter: 'orders' },
    })
    expect(stopped).toMatchObject({ text: 'This share is not yours.' })
    expect(strange).toMatchObject({
      text: expect.stringContaining('not valid any more'),
      show_alert: true,
    })
  })
})

describe('talking', () => {
  test('a command twice delivered is answered once', async () => {
    await using bot = await testBot()
    const mia = await bot.telegram.person(101, { started: true })
    const message = {
      message_id: 77,
      date: 1,
      chat: { id: 101, type: 'private' },
      from: userOf(101),
      text: '/help',
    }
    const entities = [{ type: 'bot_command', offset: 0, length: 5 }]
    const updates = [{ update_id: 5, message: { ...message, entities } }]

    await bot.telegram.sim('/sim/updates', { updates, repeat: 5 })
    await mia.reads('What I can do')
    await mia.write('/privacy')
    await mia.reads('What is kept about you')

    expect(await toldTo(mia)).toHaveLength(2)
  })

  test('a command that only staff have is answered to others like one that is not there', async () => {
    await using bot = await testBot()
    await openShop(bot.app)
    const mia = await bot.telegram.person(101, { started: true })

    for (const command of ['/frobnicate', '/redeem 123', '/newvoucher count=1', '/staff'])
      await mia.write(command)
    await eventually(() => toldTo(mia)).toEqual([UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN])
  })

  test('a dead link, an unknown text and help are answered', async () => {
    await using bot = await testBot()
    const mia = await bot.telegram.person(101)

    await mia.start('AAAAAAAAAAAAAAAAAAAAAA')
    await mia.reads('This link is not valid any more.')
    await mia.write('what is this?')
    await mia.reads(HINT)
    await mia.write('/help')

    expect((await mia.reads('What I can do')).text).not.toContain('For staff')
  })

  test('the language follows Telegram until the person chooses one', async () => {
    await using bot = await testBot()
    const li = await bot.telegram.person(101, { language_code: 'zh-hans', started: true })

    await li.write('/vouchers')
    await li.reads('还没有券')
    await li.write('/language')
    await li.press(await li.reads('请选择语言'), 'English')
    await li.reads('From now on I speak English.')
    await li.write('/vouchers')

    await li.reads('No vouchers yet')
  })

  test('in groups the bot answers only a command that names it', async () => {
    await using bot = await testBot()
    const mia = await bot.telegram.person(101)
    const group = await bot.telegram.sim<{ id: number }>('/sim/groups', {
      title: 'Friends',
      members: [101],
      botIsMember: true,
    })

    for (const text of ['hello', '/start', '/orders', '/start@passalong_bot'])
      await mia.write(text, group.id)
    const said = async () =>
      (await mia.sees(group.id)).filter(({ from, text }) => from.is_bot && text)
    await eventually(said).toMatchObject([
      { text: expect.stringContaining('Let us talk in private') },
    ])

    expect((await said())[0]?.reply_to_message_id).toBe(5)
  })

  test('bots, edited and forwarded messages are not answered', async () => {
    await using bot = await testBot()
    const mia = await bot.telegram.person(101, { started: true })
    const message = {
      message_id: 50,
      date: 1,
      chat: { id: 101, type: 'private' },
      from: userOf(101),
      text: '/help',
      entities: [{ type: 'bot_command', offset: 0, length: 5 }],
    }
    const origin = { type: 'hidden_user', sender_user_name: 'X', date: 1 }
    const updates = [
      { message: { ...message, forward_origin: origin } },
      { message: { ...message, from: { ...userOf(101), is_bot: true } } },
      { edited_message: { ...message, edit_date: 2 } },
      { message: { ...message, via_bot: { ...userOf(9), is_bot: true } } },
    ]

    await bot.telegram.sim('/sim/updates', { updates })
    await mia.write('/privacy')
    await mia.reads('What is kept about you')

    expect(await toldTo(mia)).toHaveLength(1)
  })

  test('whoever blocks the bot is known not to be reachable, until they let it write again', async () => {
    await using bot = await testBot()
    const mia = await bot.telegram.person(101)
    const reachable = async () => {
      const [row] = await bot.app.db.run(
        ({ sql }) => sql`select reachable from people where id = 'telegram:101'`,
      )
      return row?.['reachable']
    }
    await mia.start()
    await mia.reads('Welcome')

    await bot.telegram.sim('/sim/block', { person: 101, blocked: true })
    await eventually(reachable).toBe(false)
    await bot.telegram.sim('/sim/block', { person: 101, blocked: false })
    await eventually(reachable).toBe(true)
  })

  test('the menu lists the commands in both languages and opens the Mini App', async () => {
    await using bot = await testBot()
    await bot.telegram.person(101, { started: true })
    await bot.telegram.person(102, { started: true, language_code: 'zh' })
    const menu = (id: number) =>
      bot.telegram.sim<{ commands: { description: string }[] }>(`/sim/chats/${id}/menu?as=${id}`)

    await eventually(() => menu(101)).toMatchObject({ button: { type: 'web_app' } })

    expect((await menu(101)).commands[0]).toEqual({
      command: 'vouchers',
      description: 'My vouchers',
    })
    expect((await menu(102)).commands[0]).toEqual({ command: 'vouchers', description: '我的券' })
  })
})

function dataOf(post: SimMessage): string {
  return buttonsOf(post).find(({ callback_data }) => callback_data)?.callback_data ?? ''
}

function userOf(id: number) {
  return { id, is_bot: false, first_name: `Person ${id}`, language_code: 'en' }
}

import { describe, expect, test } from 'vitest'

import { createLog } from '../../src/log.ts'
import type { SimMessage } from '../../src/sandbox/sim.ts'
import { audit } from '../../src/store/audit.ts'
import { addUpdate, setUpdateAside } from '../../src/store/inbox.ts'
import { vouchersOf } from '../../src/usecases/list-vouchers.ts'
import { settingsOf } from '../../src/usecases/person-settings.ts'
import { dump, linesWith } from '../helpers/dump.ts'
import { initDataOf, sessionOf, testHttp } from '../helpers/http.ts'
import { addCampaign, addOrder, addShare, addShop } from '../helpers/shop.ts'
import { addStaff } from '../helpers/staff.ts'
import { buttonsOf, eventually, type Person, testBot } from '../helpers/telegram.ts'

const ID = 7_777_000_042
const CANARY = {
  first_name: 'Zebedee',
  last_name: 'Canaryson',
  username: 'canary_zebra',
}
/** Whatever tells who it is: number, names, what they wrote, what the shop calls them. */
const TRACES = [String(ID), 'zebedee', 'canaryson', 'canary_zebra', 'xyzzy', 'zebra-ref']

/** What the tables say of a person who has done everything that a person can do. */
const TABLES = [
  'audit_log',
  'campaigns',
  'claims',
  'code_batches',
  'code_posts',
  'customers',
  'decisions',
  'exports',
  'holds',
  'inbox',
  'invites',
  'memberships',
  'orders',
  'outbox',
  'people',
  'redemptions',
  'rollbacks',
  'shares',
  'staff',
  'till_refusals',
  'usage_events',
  'vouchers',
]

test('a canary who did everything is in no table and no line of the log after their erasure', async () => {
  await using bot = await testBot()
  const { app, telegram } = bot
  const log: string[] = []
  app.log = createLog('trace', { write: (line) => void log.push(line) })
  await using server = await testHttp(app)
  const canary = await liveFully(bot, server)
  await telegram.fault({ kind: '500', method: 'sendMessage', chat: ID, times: 1000 })
  await canary.write('/help xyzzy')
  await eventually(() => telegram.calls('sendMessage').at(-1)?.params['text']).toContain('I can do')

  const before = linesWith(await dump(app), TRACES)
  const reply = await server.inject({
    method: 'POST',
    url: '/v1/me/erasure',
    headers: await sessionOf(app, ID),
    payload: { confirm: true },
  })

  expect(reply.json()).toEqual({ outcome: 'erased' })
  expect([...new Set(before.map((line) => line.split(':')[0]))]).toEqual(
    expect.arrayContaining(TABLES),
  )
  await eventually(async () => linesWith(await dump(app), TRACES)).toEqual([])
  expect(linesWith(log, TRACES)).toEqual([])
  expect(log.length).toBeGreaterThan(0)
  expect(await audit(app.db)).toEqual([])
}, 60_000)

describe('in the chat', () => {
  test('a copy of everything comes at once, as a file', async () => {
    await using bot = await testBot()
    const { app } = bot
    const shop = await addShop(app)
    await addCampaign(app, shop)
    const { reference } = await addShare(app, shop)
    const mia = await bot.telegram.person(101)
    await mia.start(reference)
    await mia.reads('A gift for you')

    await mia.write('/privacy')
    await mia.press(await mia.reads('What is kept about you'), 'A copy of everything')
    const sent = await fileFor(mia)

    expect(sent.caption).toMatch(/^Everything that is kept of you, \d+ \w+ \d{4}/)
    const file = await fetch(bot.telegram.url + sent.document?.address)
    const data = (await file.json()) as Record<string, unknown>
    expect(data).toMatchObject({
      person: { personId: 'telegram:101', language: 'en', reachable: true },
      merchants: [{ merchantName: 'Candle & Co', vouchers: [{ claim: { result: 'fallback' } }] }],
    })
  })

  test('one tap switches personalising off, and another one on again', async () => {
    await using bot = await testBot()
    const mia = await bot.telegram.person(101, { started: true })

    await mia.write('/privacy')
    const privacy = await mia.reads('You can switch that off')
    await mia.press(privacy, 'Do not personalise')
    const off = await changed(mia, privacy, 'Nothing that is known of you decides what you get')
    const kept = await settingsOf(bot.app, 'telegram:101')
    await mia.press(off, 'Personalise again')
    await changed(mia, privacy, 'You can switch that off')

    expect(kept).toMatchObject({ personal: false })
    expect(await settingsOf(bot.app, 'telegram:101')).toMatchObject({ personal: true })
  })

  test('everything is erased after a question that says what is lost', async () => {
    await using bot = await testBot()
    const { app } = bot
    const shop = await addShop(app)
    await addCampaign(app, shop)
    const owner = await addStaff(bot, shop, 'owner', 101)
    const { reference } = await addShare(app, shop)
    await owner.start(reference)
    await owner.reads('A gift for you')

    await owner.write('/privacy')
    const privacy = await owner.reads('What is kept about you')
    await owner.press(privacy, 'Erase everything')
    const question = await changed(owner, privacy, 'Erase everything that is kept of you?')
    await owner.press(question, 'Keep it')
    await changed(owner, privacy, 'Nothing was erased.')
    const kept = await vouchersOf(app, 'telegram:101')
    await owner.write('/privacy')
    const again = await owner.reads('What is kept about you')
    await owner.press(again, 'Erase everything')
    await owner.press(await changed(owner, again, 'Erase everything that'), 'Yes, erase')
    await changed(owner, again, 'Everything that was kept of you is erased.')

    expect(kept).toHaveLength(1)
    expect(question.text).toContain('A voucher that is not used up becomes void.')
    expect(question.text).toContain('You are no longer owner at Candle & Co.')
    expect(question.text).toContain('Nobody else owns Candle & Co.')
    await eventually(async () => linesWith(await dump(app), ['101'])).toEqual([])
    await owner.write('/staff')
    await owner.reads('I do not know that command.')
    expect(await audit(app.db)).toEqual([])
  })
})

describe('what was sent and handled', () => {
  test('is forgotten: neither words nor whom stay behind', async () => {
    await using bot = await testBot()
    const mia = await bot.telegram.person(101)
    await mia.start()
    await mia.reads('Welcome')
    await mia.write('my telephone number is 5550100')
    await mia.reads('Scan the code')

    const mail = async () => (await dump(bot.app)).filter((line) => /^(in|out)box/.test(line))
    await eventually(async () => linesWith(await mail(), ['101', '5550100'])).toEqual([])
    expect((await mail()).length).toBeGreaterThan(3)
  })
})

/** Someone who buys, shares, claims, is refused, writes, works for a shop, and whose update went wrong. */
async function liveFully(
  bot: Awaited<ReturnType<typeof testBot>>,
  server: Awaited<ReturnType<typeof testHttp>>,
): Promise<Person> {
  const { app, telegram } = bot
  const canary = await telegram.person(ID, CANARY)
  await canary.start()
  await canary.reads('Welcome')
  await server.inject({
    method: 'POST',
    url: '/v1/session',
    payload: { initData: initDataOf(app, ID, { user: JSON.stringify({ id: ID, ...CANARY }) }) },
  })
  await server.inject({
    method: 'PATCH',
    url: '/v1/me/settings',
    headers: await sessionOf(app, ID),
    payload: { zone: 'Asia/Kathmandu' },
  })
  await canary.write('hello, xyzzy')
  await canary.reads('Scan the code')
  await canary.write('/order xyzzy 7 123456')
  await canary.reads('No order matches')
  for (const name of ['Candle & Co', 'Other & Sons']) await shopAndWork(bot, server, canary, name)
  const payload = JSON.stringify({ message: { from: { id: ID, ...CANARY }, text: 'xyzzy' } })
  await addUpdate(app.db, app.bot.id, { updateId: 1, queue: `chat:${ID}`, payload })
  await setUpdateAside(app.db, app.bot.id, 1, 'went wrong')
  await telegram.person(999, { started: true })
  return canary
}

async function shopAndWork(
  { app, telegram }: Awaited<ReturnType<typeof testBot>>,
  server: Awaited<ReturnType<typeof testHttp>>,
  canary: Person,
  name: string,
): Promise<void> {
  const shop = await addShop(app, name)
  const { templateIds } = await addCampaign(app, shop, {
    claimScope: 'share',
    slotsPerShare: 1,
    fallback: { quantity: 1 },
  })
  const order = await addOrder(app, shop, 'R-1', { customerRef: 'zebra-ref' })
  await canary.start(order.reference)
  const shown = await canary.reads('Order R-1')
  const friend = await telegram.person(name.length, { started: true })
  const group = await telegram.group([ID, friend.id])
  const results = await canary.query(
    buttonsOf(shown)[0]?.switch_inline_query_chosen_chat?.query ?? '',
  )
  const post = await canary.post(results, group.id)
  await canary.press(post, 'Get it here')
  await friend.press(post, 'Get it here')

  const { token } = await addShare(app, shop, 'telegram:999')
  const headers = await sessionOf(app, ID)
  await server.inject({ method: 'POST', url: '/v1/claims', headers, payload: { token } })

  const owner = await addStaff({ app, telegram }, shop, 'owner', 100 + name.length)
  await owner.write(`/staff manager Zebedee Canaryson`)
  const { text } = await owner.reads('Send this link')
  await canary.start(/start=([\w-]{22})/.exec(text ?? '')?.[1])
  await canary.reads('You are manager')
  await canary.write(
    `/newcampaign name="Spring" budget=500 slots=20 days=30 title="Tea" merchant="${name}"`,
  )
  await eventually(async () => (await canary.sees()).at(-1)?.text).toContain('Spring')
  const [voucher] = await vouchersOf(app, `telegram:${friend.id}`)
  await canary.write(`/redeem ${voucher?.code ?? ''} merchant="${name}"`)
  await canary.press(await canary.reads('redeemed'), 'Undo')
  await eventually(async () => (await canary.sees()).at(-1)?.text).toContain('Undone')
  await canary.write(`/redeem 7KQ2-M4XV-9RTC-V merchant="${name}"`)
  await canary.reads('No voucher has this code')

  const { merchantId } = shop
  const ask = async (url: string, payload: object) => {
    const body = { ...payload, merchantId }
    const reply = await server.inject({ method: 'POST', url, headers, payload: body })
    expect({ url, status: reply.statusCode }).toEqual({ url, status: 200 })
  }
  const requestId = crypto.randomUUID()
  await ask('/v1/holds', { code: voucher?.code, requestId })
  await ask('/v1/exports', { kind: 'claims', format: 'csv' })
  await ask('/v1/codes/batches', { templateId: templateIds[0], count: 5, requestId })
  await canary.reads('Making codes')
}

async function fileFor(person: Person): Promise<SimMessage> {
  let found: SimMessage | undefined
  await eventually(async () => {
    found = (await person.sees()).findLast((message) => message.document)
    return found?.document?.name
  }).toBe('passalong-data.json')
  if (!found) throw new Error('no file')
  return found
}

/** A message in whose place another text has come. */
async function changed(person: Person, { message_id }: SimMessage, words: string) {
  let found: SimMessage | undefined
  await eventually(async () => {
    found = (await person.sees()).find((message) => message.message_id === message_id)
    return found?.text
  }).toContain(words)
  if (!found) throw new Error('no message')
  return found
}

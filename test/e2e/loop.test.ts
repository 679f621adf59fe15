import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

import {
  clientOf,
  dataDir,
  eventually,
  type Json,
  type Program,
  passalong,
  startProgram,
} from './program.ts'

const EXCERPT = 'test/unit/orders/samples/online-retail-excerpt.csv'
const SHOPPER = 1001
const MEMBERS = 200
const SLOTS = 30
const PRESET = 50

let directory: Awaited<ReturnType<typeof dataDir>>
let program: Program
let sandbox: ReturnType<typeof clientOf>
let merchant: ReturnType<typeof clientOf>
let merchantId: string
let group: number
let members: number[]

beforeAll(async () => {
  directory = await dataDir()
  program = await startProgram(directory.path)
  sandbox = clientOf(program)
  const added = await passalong(
    directory.path,
    'merchants',
    'add',
    'Gift & Co',
    '--currency',
    'GBP',
    '--json',
  )
  const { apiKey, ...rest } = JSON.parse(added.stdout)
  merchantId = rest.merchantId
  merchant = clientOf(program, { authorization: `Bearer ${apiKey}` })
  await passalong(
    directory.path,
    'stores',
    'add',
    '--merchant',
    merchantId,
    '--id',
    '1',
    '--name',
    'Online',
    '--address',
    '1 High Street',
    '--zone',
    'Europe/London',
  )
  group = (await sandbox.get('/sim/state')).groups[0].id
  members = []
  for (let i = 0; i < MEMBERS; i++) {
    const { id } = await sandbox.post('/sim/people', {
      first_name: `Member ${i}`,
      started: i % 2 === 0,
    })
    members.push(id)
    await sandbox.post(`/sim/groups/${group}/members`, { member: id, status: 'member' })
  }
}, 60_000)

afterAll(async () => {
  await program[Symbol.asyncDispose]()
  await directory[Symbol.asyncDispose]()
})

async function startCampaign(name: string): Promise<string> {
  const { campaignId } = await merchant.post('/v1/campaigns', {
    name,
    mode: 'matched',
    endsAt: '2035-01-01T00:00:00Z',
    budgetMinor: 10_000_000,
    slotsPerShare: SLOTS,
    offer: { title: name, rule: { amountMinor: { from: 1 } } },
  })
  const kind = { kind: 'amount_off', valueMinor: 300 }
  await merchant.post(`/v1/campaigns/${campaignId}/vouchers`, {
    ...kind,
    name: '£3 off',
    quantity: 1000,
  })
  await merchant.post(`/v1/campaigns/${campaignId}/vouchers`, {
    ...kind,
    name: 'Hello',
    quantity: PRESET,
    isFallback: true,
  })
  await merchant.post(`/v1/campaigns/${campaignId}/activate`)
  return campaignId
}

/** The last message that the bot has sent to somebody, once there is a new one. */
async function answerTo(person: number, say: () => Promise<unknown>) {
  const messages = () => sandbox.get(`/sim/chats/${person}/messages?as=${person}`)
  const before = (await messages()).length
  await say()
  return (await eventually(messages, (now) => now.length > before + 1)).at(-1)
}

/** Shares the campaign's offer of an order into the group, as its shopper does, and answers the post. */
async function shareIntoGroup(orderMessage: Json, title: string) {
  const button = orderMessage.reply_markup.inline_keyboard
    .flat()
    .find((one: Json) => one.text.includes(title))
  const { query } = button.switch_inline_query_chosen_chat
  const { queryId, results } = await sandbox.post('/sim/inline-queries', {
    from: SHOPPER,
    query,
    chatType: 'supergroup',
  })
  return sandbox.post('/sim/inline-results', {
    from: SHOPPER,
    chat: group,
    queryId,
    resultId: results[0].id,
  })
}

/** All members press the button in the group at the same moment. */
async function everybodyTaps(post: Json): Promise<string[]> {
  const { callback_data: data } = post.reply_markup.inline_keyboard
    .flat()
    .find((one: Json) => one.callback_data)
  const answers = await Promise.all(
    members.map((from) =>
      sandbox.post('/sim/callbacks', { from, chatId: group, messageId: post.message_id, data }),
    ),
  )
  return answers.map(({ text, url }) => text ?? url)
}

test('real orders are imported, opened by PIN, shared, and claimed by two hundred at once, exactly as many as allowed', async () => {
  const pins = join(directory.path, 'pins.csv')
  const imported = await passalong(
    directory.path,
    'orders',
    'import',
    EXCERPT,
    '--merchant',
    merchantId,
    '--store',
    '1',
    '--currency',
    'GBP',
    '--zone',
    'Europe/London',
    '--map',
    'online-retail',
    '--pins',
    pins,
  )
  expect(imported.stdout + imported.stderr).toContain('7')
  const first = await startCampaign('First treat')
  const [, order, pin] = /^"?(5\d+)"?,"?(\d{6})/m.exec(await readFile(pins, 'utf8')) ?? []
  const orderMessage = await answerTo(SHOPPER, () =>
    sandbox.post('/sim/messages', {
      from: SHOPPER,
      chat: SHOPPER,
      text: `/order ${order} 1 ${pin}`,
    }),
  )
  const post = await shareIntoGroup(orderMessage, 'First treat')

  const strangers = await everybodyTaps(post)

  const summary = await merchant.get(`/v1/campaigns/${first}/summary`)
  expect(summary).toMatchObject({
    claimed: 0,
    fallback: PRESET,
    opened: MEMBERS,
    refused: MEMBERS - PRESET,
  })
  expect(strangers.filter((text) => text.includes('gift for you')).length).toBe(PRESET)

  const again = await everybodyTaps(post)
  expect(again.filter((text) => /already have|start=/.test(text)).length).toBe(PRESET)
  expect(await merchant.get(`/v1/campaigns/${first}/summary`)).toMatchObject({
    claimed: 0,
    fallback: PRESET,
  })
}, 60_000)

test('people who are known get what matches them, exactly as many as there are slots', async () => {
  const second = await startCampaign('Second treat')
  const orderMessage = await answerTo(SHOPPER, () =>
    sandbox.post('/sim/messages', { from: SHOPPER, chat: SHOPPER, text: '/orders' }),
  )
  const open = orderMessage.reply_markup.inline_keyboard
    .flat()
    .find((one: Json) => one.callback_data)
  const shown = await answerTo(SHOPPER, () =>
    sandbox.post('/sim/callbacks', {
      from: SHOPPER,
      chatId: SHOPPER,
      messageId: orderMessage.message_id,
      data: open.callback_data,
    }),
  )
  const post = await shareIntoGroup(shown, 'Second treat')

  await everybodyTaps(post)

  // the fifty who had a voucher of the first campaign are known now; thirty of them find a slot
  const { claimed, fallback } = await merchant.get(`/v1/campaigns/${second}/summary`)
  expect({ claimed, fallback }).toEqual({ claimed: SLOTS, fallback: PRESET })
}, 60_000)

test('updates that come twice and out of order change nothing and say nothing twice', async () => {
  const before = await sandbox.get(`/sim/chats/${SHOPPER}/messages?as=${SHOPPER}`)
  const update = (id: number, text: string) => ({
    update_id: id,
    message: {
      message_id: id,
      date: Math.floor(Date.now() / 1000),
      text,
      from: { id: SHOPPER, is_bot: false, first_name: 'Ana' },
      chat: { id: SHOPPER, type: 'private', first_name: 'Ana' },
      entities: [{ type: 'bot_command', offset: 0, length: text.length }],
    },
  })
  const updates = [
    update(900_000_003, '/help'),
    update(900_000_001, '/vouchers'),
    update(900_000_002, '/shares'),
  ]
  await sandbox.post('/sim/updates', { updates: [...updates, ...updates.toReversed()], repeat: 2 })

  await eventually(
    () => sandbox.get(`/sim/chats/${SHOPPER}/messages?as=${SHOPPER}`),
    (now) => now.length >= before.length + 3,
  )
  await new Promise((resolve) => setTimeout(resolve, 2500))
  const after = await sandbox.get(`/sim/chats/${SHOPPER}/messages?as=${SHOPPER}`)

  expect(after.length - before.length).toBe(3)
}, 30_000)

test('every call to Telegram was valid, and the books balance', async () => {
  const calls: { ok: boolean; method: string; error?: { error_code?: number } }[] =
    await sandbox.get('/sim/calls')
  const refused = calls.filter(
    ({ ok, error }) => !ok && (error?.error_code === 400 || error?.error_code === 404),
  )

  expect(refused).toEqual([])
  expect(calls.length).toBeGreaterThan(MEMBERS)
  const audit = await passalong(directory.path, 'audit')
  expect(audit.stderr).toBe('')
}, 30_000)

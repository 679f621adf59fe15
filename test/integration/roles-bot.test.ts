import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Role } from '../../src/domain/views.ts'
import { mayUse, type StaffCommandName, staffCommandsOf } from '../../src/telegram/commands.ts'
import { CAMPAIGN_ACTIONS } from '../../src/telegram/draw/campaign.ts'
import { redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { removeStaff } from '../../src/usecases/remove-staff.ts'
import { digestsOf } from '../helpers/rows.ts'
import { addShop, type Shop } from '../helpers/shop.ts'
import { sourcesIn } from '../helpers/source.ts'
import { addRole, addStaff, issueVoucher } from '../helpers/staff.ts'
import { eventually, type Person, testBot } from '../helpers/telegram.ts'

const UNKNOWN = 'I do not know that command.'
const DEAD = 'This button is not valid any more.'
const ROLES: readonly Role[] = ['owner', 'manager', 'cashier', 'analyst']

/** Who stands where in the chat; `stranger` never had a role, `former` has lost one. */
const WHO = { owner: 11, manager: 12, cashier: 13, analyst: 14, stranger: 15, former: 16 } as const

type Things = {
  merchantId: string
  campaignId: string
  code: string
  redemptionId: string
}

/** Each command in a form that does something, with what a shop has. */
const LINES: Record<StaffCommandName, (of: Things) => string> = {
  redeem: ({ code }) => `/redeem ${code}`,
  campaigns: ({ campaignId }) => `/campaigns ${campaignId}`,
  stats: ({ campaignId }) => `/stats ${campaignId}`,
  why: ({ code }) => `/why ${code}`,
  matching: () => '/matching control=20%',
  export: () => '/export claims',
  newcampaign: () => '/newcampaign name=X budget=5 slots=2 days=3',
  newvoucher: ({ campaignId }) => `/newvoucher campaign=${campaignId} count=5 name=X off=1`,
  resume: ({ campaignId }) => `/resume ${campaignId}`,
  pause: ({ campaignId }) => `/pause ${campaignId}`,
  stop: ({ campaignId }) => `/stop ${campaignId}`,
  edit: ({ campaignId }) => `/edit campaign=${campaignId} budget=20000`,
  clone: ({ campaignId }) => `/clone ${campaignId}`,
  history: ({ campaignId }) => `/history ${campaignId}`,
  codes: ({ campaignId }) => `/codes campaign=${campaignId} count=5`,
  testoffer: () => '/testoffer',
  stores: () => '/stores id=99 name=X',
  staff: () => '/staff cashier X',
}

/** Each button of the staff's, with the command that it stands for. */
const BUTTONS: Record<string, { command: StaffCommandName; data: (of: Things) => string }> = {
  c: campaignButton('campaigns', 'c'),
  r: campaignButton('resume', 'r'),
  p: campaignButton('pause', 'p'),
  x: campaignButton('stop', 'x'),
  X: campaignButton('stop', 'X'),
  t: campaignButton('stats', 't'),
  k: campaignButton('clone', 'k'),
  h: campaignButton('history', 'h'),
  e: { command: 'export', data: ({ merchantId }) => `e:${merchantId}:claims` },
  b: { command: 'codes', data: ({ merchantId }) => `b:${merchantId}:cbt_${'0'.repeat(20)}` },
  u: {
    command: 'redeem',
    data: ({ merchantId, redemptionId }) => `u:${merchantId}:${redemptionId}`,
  },
  G: { command: 'matching', data: ({ merchantId }) => `G:${merchantId}:voucher` },
  i: { command: 'staff', data: ({ merchantId }) => `i:cashier:${merchantId}` },
  d: { command: 'staff', data: ({ merchantId }) => `d:${merchantId}:telegram:${WHO.cashier}` },
  D: { command: 'staff', data: ({ merchantId }) => `D:${merchantId}:telegram:${WHO.cashier}` },
}

/** These carry a command on, so they are as good as the command; or they do nothing. */
const OTHERS = new Set(['m', 'v', 'w', 'n'])

function campaignButton(command: StaffCommandName, letter: string) {
  return {
    command,
    data: ({ merchantId, campaignId }: Things) => `${letter}:${merchantId}:${campaignId}`,
  }
}

const COMMANDS = Object.keys(LINES) as StaffCommandName[]

let bot: Awaited<ReturnType<typeof testBot>>
let [shop, other] = [] as unknown as [Shop, Shop]
let [things, theirs] = [] as unknown as [Things, Things]
let people: Record<keyof typeof WHO, Person>
let digests: Awaited<ReturnType<typeof digestsOf>>

beforeAll(async () => {
  bot = await testBot()
  const { app } = bot
  shop = await addShop(app)
  other = await addShop(app, 'Elsewhere Ltd')
  people = {
    owner: await addStaff(bot, shop, 'owner', WHO.owner),
    manager: await bot.telegram.person(WHO.manager, { started: true }),
    cashier: await bot.telegram.person(WHO.cashier, { started: true }),
    analyst: await bot.telegram.person(WHO.analyst, { started: true }),
    stranger: await bot.telegram.person(WHO.stranger, { started: true }),
    former: await bot.telegram.person(WHO.former, { started: true }),
  }
  for (const role of ROLES.slice(1)) await addRole(app, shop, role, WHO[role], WHO.owner)
  await addRole(app, shop, 'manager', WHO.former, WHO.owner)
  const { merchantId } = shop
  await removeStaff(app, {
    merchantId,
    personId: `telegram:${WHO.former}`,
    by: `telegram:${WHO.owner}`,
  })
  await addRole(app, other, 'owner', 21)
  things = await addThings(shop, 'Autumn')
  theirs = await addThings(other, 'Winter')
  digests = await digestsOf(app)
})

afterAll(() => bot[Symbol.asyncDispose]())

async function addThings(of: Shop, campaign: string): Promise<Things> {
  const { merchantId } = of
  const gift = { kind: 'gift_balance', valueMinor: 1000 } as const
  const { code } = await issueVoucher(bot.app, of, gift, { name: campaign })
  const redeemed = await redeemVoucher(bot.app, {
    merchantId,
    code,
    amountMinor: 100,
    requestId: 'first',
    by: 'api',
  })
  const [row] = await bot.app.db.run(
    ({ sql }) => sql<{ campaignId: string }[]>`
      select campaign_id from voucher_templates
      where merchant_id = ${merchantId} and not is_fallback`,
  )
  if (redeemed.outcome === 'refused' || !row) throw new Error('nothing to lay hands on')
  const { redemptionId } = redeemed.redemption
  return { merchantId, campaignId: row.campaignId, code, redemptionId }
}

/** What the bot says to a line, and nothing else. */
async function answerTo(person: Person, line: string): Promise<string> {
  const before = (await person.sees()).filter(({ from }) => from.is_bot).length
  await person.write(line)
  const answers = async () => (await person.sees()).filter(({ from }) => from.is_bot).slice(before)
  await eventually(async () => (await answers()).length).toBeGreaterThan(0)
  return (await answers()).map(({ text, caption }) => text ?? caption ?? '').join('\n')
}

/** What the bot says when a button is pressed that it never sent to this person. */
async function answerToButton(person: Person, data: string) {
  const [message] = (await person.sees()).filter(({ from }) => from.is_bot)
  const { message_id: messageId = 0 } = message ?? {}
  return bot.telegram.sim<{ text?: string }>('/sim/callbacks', {
    from: person.id,
    chatId: person.id,
    messageId,
    data,
    forged: true,
  })
}

test('every command of the staff is tried here', () => {
  expect([...staffCommandsOf(ROLES)].sort()).toEqual([...COMMANDS].sort())
})

test('every button of the staff is tried here', async () => {
  const letters = new Set<string>()
  for (const { path, text } of await sourcesIn('src/telegram')) {
    if (!path.includes('draw/')) continue
    for (const [, letter = ''] of text.matchAll(
      /`([a-zA-Z]):\$\{(?:\w+\.)?(?:role|merchantId)\}/g,
    )) {
      letters.add(letter)
    }
  }
  for (const { letter } of Object.values(CAMPAIGN_ACTIONS)) letters.add(letter)

  const known = [...Object.keys(BUTTONS), ...OTHERS]
  expect([...letters].filter((letter) => !known.includes(letter))).toEqual([])
  expect(Object.keys(BUTTONS).filter((letter) => !letters.has(letter))).toEqual([])
})

describe('a command is unknown to whoever may not use it', () => {
  test.each(COMMANDS)('/%s', async (command) => {
    const outside = ROLES.filter((role) => !mayUse(command, role))
    for (const who of [...outside, 'stranger', 'former'] as const) {
      const before = await digests(shop.merchantId)

      const answer = await answerTo(people[who], LINES[command](things))

      expect([who, answer]).toEqual([who, expect.stringContaining(UNKNOWN)])
      expect(await digests(shop.merchantId)).toEqual(before)
    }
  })

  test.each(COMMANDS)('/%s that names the other shop', async (command) => {
    const before = await digests(other.merchantId)

    const answer = await answerTo(
      people.owner,
      `${LINES[command](theirs)} merchant=${other.merchantId}`,
    )

    expect(answer).not.toContain('Elsewhere')
    expect(answer).not.toContain('Winter')
    expect(await digests(other.merchantId)).toEqual(before)
  })

  test.each(COMMANDS)('/%s with what is the other shop’s', async (command) => {
    const before = await digests(other.merchantId)

    const answer = await answerTo(people.owner, LINES[command](theirs))

    expect(answer).not.toContain('Elsewhere')
    expect(answer).not.toContain('Winter')
    expect(await digests(other.merchantId)).toEqual(before)
  })
})

describe('a button is dead for whoever may not use its command', () => {
  test.each(Object.entries(BUTTONS))('%s:', async (_, { command, data }) => {
    const outside = ROLES.filter((role) => !mayUse(command, role))
    for (const who of [...outside, 'stranger', 'former'] as const) {
      const before = await digests(shop.merchantId)
      const seen = await people[who].sees()

      const { text } = await answerToButton(people[who], data(things))

      expect([who, text]).toEqual([who, DEAD])
      expect(await people[who].sees()).toEqual(seen)
      expect(await digests(shop.merchantId)).toEqual(before)
    }
  })

  test.each(Object.entries(BUTTONS))('%s: of the other shop', async (_, { data }) => {
    const before = await digests(other.merchantId)
    const mixed = data({ ...theirs, merchantId: shop.merchantId })

    const dead = await answerToButton(people.owner, data(theirs))
    await answerToButton(people.owner, mixed)
    await answerTo(people.owner, '/help')

    expect(dead.text).toBe(DEAD)
    const told = (await people.owner.sees()).map(({ text, caption }) => text ?? caption ?? '')
    expect(told.filter((text) => /Elsewhere|Winter/.test(text))).toEqual([])
    expect(await digests(other.merchantId)).toEqual(before)
  })
})

test('a role is lost at once, with its commands and buttons', async () => {
  const person = people.manager
  const { merchantId } = shop
  expect(await answerTo(person, LINES.pause(things))).toContain('is paused')

  await removeStaff(bot.app, {
    merchantId,
    personId: `telegram:${WHO.manager}`,
    by: `telegram:${WHO.owner}`,
  })

  expect(await answerTo(person, LINES.resume(things))).toContain(UNKNOWN)
  expect((await answerToButton(person, BUTTONS['r']?.data(things) ?? '')).text).toBe(DEAD)
})

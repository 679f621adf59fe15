import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type StaffCommandName, staffCommandsOf } from '../../src/telegram/commands.ts'
import { digestsOf } from '../helpers/rows.ts'
import { addCampaign, addShop, type Shop } from '../helpers/shop.ts'
import { addStaff } from '../helpers/staff.ts'
import { eventually, type Person, testBot } from '../helpers/telegram.ts'

/** The Big List of Naughty Strings, where it is at hand. */
const LIST = new URL('../../../shared/data/vectors/blns.json', import.meta.url)

const NO_AMOUNTS = ['-1', '1e3', '0.001', '１２', '1,000.50', '0', '£5', '.5', '9'.repeat(20)]
const NO_DAYS = ['2027-02-29', '2027-02-30', '2027-13-01', '29.2.2028', 'tomorrow', '2027-2-1']

/** What is written wrongly, and words of the answer. Amounts and days are tried in each field besides. */
const WRONG: Record<StaffCommandName, [line: string, words: string][]> = {
  redeem: [
    ['/redeem', 'Send the code'],
    ['/redeem code=X', '“code” is not a field of this form.'],
  ],
  campaigns: [
    ['/campaigns Nope', 'There is no such campaign.'],
    ['/campaigns day=3', '“day” is not a field of this form.'],
  ],
  stats: [
    ['/stats Nope', 'There is no such campaign.'],
    ['/stats day=3', '“day” is not a field of this form.'],
  ],
  why: [
    ['/why', 'Send the code of a voucher'],
    ['/why code=7KQ2-M4XV-9RTC-V', '“code” is not a field of this form.'],
  ],
  matching: [
    ['/matching margin=0', '“margin” must be a percentage from 0.01 to 100.'],
    ['/matching margin=0%', '“margin” must be a percentage from 0.01 to 100.'],
    ['/matching margin=101%', '/matching margin=40% control=10% pool=on'],
    ['/matching margin=half', '“margin” must be a percentage'],
    ['/matching control=51%', '“control” must be a percentage from 0 to 50.'],
    ['/matching control=-1%', '“control” must be a percentage from 0 to 50.'],
    ['/matching pool=maybe', 'one of these: on, off'],
    ['/matching 40%', '“40%” stands there without a name'],
    ['/matching margn=40%', '“margn” is not a field of this form.'],
  ],
  export: [['/export nonsense', 'That did not work']],
  newcampaign: [
    ['/newcampaign', '“name” is missing.'],
    ['/newcampaign name=X budget=5 slots=2', '“until” is missing.'],
    ['/newcampaign name=X budget=5 slots=0 days=3', '“slots” must be a whole number'],
    ['/newcampaign name=X budget=5 slots=2 days=3 until=2030-01-01', 'either until= or days='],
    ['/newcampaign name=X budget=5 slots=2 from=2020-01-01 days=3', 'the start lies in the past'],
    ['/newcampaign name=X budget=5 slots=2 until=2020-01-01', 'the end lies in the past'],
    [
      '/newcampaign name=X budget=5 slots=2 from=2030-02-01 until=2030-01-01',
      'the end is before the start',
    ],
    ['/newcampaign name=X budget=5 slots=2 days=3 each=2/fortnight', 'such as 2/week'],
    ['/newcampaign name=X budget=5 slots=2 days=3 each=0/week', 'such as 2/week'],
    ['/newcampaign name=X budget=5 slots=2 days=3 open="some day"', 'days and times such as'],
    ['/newcampaign name=X budget=5 slots=2 days=3 open=11:00-11:00', 'days and times such as'],
    ['/newcampaign name=X budget=5 slots=2 days=3 reward=3', 'such as 3/claims'],
    ['/newcampaign name=X budget=5 slots=2 days=3 refund=maybe', 'one of these: back, keep'],
    ['/newcampaign name=X budget=5 slots=2 days=3 cancelled=maybe', 'one of these: revoke, keep'],
    ['/newcampaign name=X budget=5 slots=2 days=3 self=maybe', 'one of these: yes, no'],
    ['/newcampaign name=X budget=5 slots=2 days=3 stores=7,theirs', 'no store “theirs”'],
    ['/newcampaign name=X budget=5 slots=2 days=3 vouchers=5 daily=6', 'in a day than in all'],
    ['/newcampaign name=X budget=5 slots=2 days=3 rule="catgory=tea"', '“catgory” is no condition'],
    ['/newcampaign name="X budget=5', 'a quotation mark is not closed'],
  ],
  newvoucher: [
    ['/newvoucher', '“count” is missing.'],
    ['/newvoucher count=5 name=X off=1 preset=yes reward=yes', 'cannot be the reward too'],
    ['/newvoucher count=5 name=X off=1 use=never', 'days and times such as'],
    ['/newvoucher count=5 name=X percent=0 max=5', 'a percentage from 0.01 to 100'],
    ['/newvoucher count=5 name=X percent=101 max=5', 'a percentage from 0.01 to 100'],
    ['/newvoucher count=5 name=X off=1 least=60% most=50%', 'least= must not be above most='],
    ['/newvoucher count=5 name=X off=1 least=101%', 'a percentage from 0 to 100'],
    ['/newvoucher count=5 name=X off=1 preset=yes most=50%', 'said of vouchers to choose from'],
    ['/newvoucher count=5 name=X off=1 store=theirs', 'There is no store “theirs”.'],
    ['/newvoucher count=1e3 name=X off=1', '“count” must be a whole number'],
  ],
  resume: [['/resume Nope', 'There is no such campaign.']],
  pause: [['/pause Nope', 'There is no such campaign.']],
  stop: [['/stop Nope', 'There is no such campaign.']],
  edit: [
    ['/edit', 'nothing in it says what is to be different'],
    ['/edit campaign=Nope budget=5', 'There is no such campaign.'],
    ['/edit campaign=Autumn until=2020-01-01', 'the end lies in the past'],
    ['/edit campaign=Autumn voucher=Nope count=5', 'There are no vouchers “Nope”'],
    ['/edit campaign=Autumn voucher="£5 off"', 'nothing in it says what is to be different'],
    ['/edit campaign=Autumn voucher="£5 off" least=60% most=50%', 'least= must not be above most='],
    ['/edit campaign=Autumn voucher="£5 off" most=101%', 'a percentage from 0 to 100'],
    ['/edit campaign=Autumn voucher="£1 off" least=5%', 'said of vouchers to choose from'],
    ['/edit campaign=Autumn budget=5 slots=3', '“slots” is not a field of this form.'],
    ['/edit campaign=Autumn rule="catgory=tea"', '“catgory” is no condition'],
    ['/edit campaign=Autumn title=""', '“title” is missing.'],
    ['/edit campaign=Autumn each=2/week', 'made with each= from the beginning'],
    ['/edit Autumn', '“Autumn” stands there without a name'],
  ],
  clone: [
    ['/clone Nope', 'There is no such campaign.'],
    ['/clone campaign=Autumn until=2020-01-01', 'the end lies in the past'],
    ['/clone campaign=Autumn budget=5', '“budget” is not a field of this form.'],
  ],
  history: [
    ['/history Nope', 'There is no such campaign.'],
    ['/history since=today', '“since” is not a field of this form.'],
  ],
  codes: [['/codes count=0', '“count” must be a whole number']],
  testoffer: [
    ['/testoffer nonsense', 'There is no order “nonsense”.'],
    ['/testoffer day=3', '“day” is not a field of this form.'],
  ],
  stores: [
    ['/stores id=8', '“name” is missing.'],
    ['/stores edit=theirs name=X', 'There is no store “theirs”.'],
    ['/stores edit=7', 'nothing in it says what is to be different'],
    ['/stores edit=7 zone=Mars/Olympus', '“zone” must be a time zone'],
    [`/stores id=8 name=${'x'.repeat(121)}`, 'may have 120 characters at most'],
  ],
  staff: [['/staff janitor Bob', '“janitor” is no role']],
}

const AMOUNTS: [field: string, line: (amount: string) => string][] = [
  ['budget', (amount) => `/newcampaign name=X budget=${amount} slots=2 days=3`],
  ['spend', (amount) => `/newcampaign name=X budget=5 slots=2 days=3 spend=${amount}`],
  ['dailybudget', (amount) => `/newcampaign name=X budget=5 slots=2 days=3 dailybudget=${amount}`],
  ['pot', (amount) => `/newcampaign name=X budget=5 slots=2 days=3 pot=${amount} min=1 max=2`],
  ['off', (amount) => `/newvoucher count=5 name=X off=${amount}`],
  ['max', (amount) => `/newvoucher count=5 name=X percent=5 max=${amount}`],
  ['balance', (amount) => `/newvoucher count=5 name=X balance=${amount}`],
  ['item', (amount) => `/newvoucher count=5 name=X item=${amount}`],
  ['spend', (amount) => `/newvoucher count=5 name=X off=1 spend=${amount}`],
  ['budget', (amount) => `/edit campaign=Autumn budget=${amount}`],
  ['dailybudget', (amount) => `/edit campaign=Autumn dailybudget=${amount}`],
]

const DAYS: [field: string, line: (day: string) => string][] = [
  ['until', (day) => `/newcampaign name=X budget=5 slots=2 until=${day}`],
  ['from', (day) => `/newcampaign name=X budget=5 slots=2 days=3 from=${day}`],
  ['until', (day) => `/edit campaign=Autumn until=${day}`],
  ['from', (day) => `/clone campaign=Autumn from=${day}`],
]

let bot: Awaited<ReturnType<typeof testBot>>
let shop: Shop
let owner: Person
let digests: () => Promise<Record<string, string>>

beforeAll(async () => {
  bot = await testBot()
  shop = await addShop(bot.app)
  await addCampaign(bot.app, shop)
  owner = await addStaff(bot, shop, 'owner', 101)
  const of = await digestsOf(bot.app)
  digests = () => of(shop.merchantId)
})

afterAll(() => bot[Symbol.asyncDispose]())

/** What the bot answers to a line. */
async function answerTo(line: string): Promise<string> {
  const before = (await owner.sees()).filter(({ from }) => from.is_bot).length
  await owner.write(line)
  const answers = async () => (await owner.sees()).filter(({ from }) => from.is_bot).slice(before)
  await eventually(async () => (await answers()).length).toBe(1)
  return (await answers())[0]?.text ?? ''
}

/** A line that changes nothing and is answered with these words. */
async function expectRefused(line: string, words: string): Promise<string> {
  const before = await digests()
  const answer = await answerTo(line)
  expect(answer).toContain(words)
  expect(await digests()).toEqual(before)
  return answer
}

const LINES = Object.entries(WRONG).flatMap(([command, lines]) =>
  lines.map(([line, words]): [string, string, string] => [line, words, command]),
)

test('every command of the staff is written wrongly here', () => {
  expect(Object.keys(WRONG).sort()).toEqual([...staffCommandsOf(['owner'])].sort())
})

test.each(LINES)('%s is answered with what is wrong: %s', async (line, words, command) => {
  const answer = await expectRefused(line, words)

  // what could not be read is answered with the form, and an example of it
  if (answer.startsWith('That did not work')) expect(answer).toContain(`\n/${command}`)
})

describe('an amount is digits, with a point where the currency has decimals', () => {
  test.each(AMOUNTS)('%s', async (field, line) => {
    for (const amount of NO_AMOUNTS) {
      const answer = await expectRefused(line(amount), `“${field}” must be an amount in GBP`)
      expect(answer).toContain('such as 5.00')
    }
  })
})

describe('a day is year-month-day, and there is such a day', () => {
  test.each(DAYS)('%s', async (field, line) => {
    for (const day of NO_DAYS) {
      await expectRefused(line(day), `“${field}” must be a day such as 2027-03-31`)
    }
  })

  test('29 February of a leap year is one', async () => {
    const answer = await answerTo('/newcampaign name=Leap budget=5 slots=2 until=2028-02-29')

    expect(answer).toContain('Until 29 Feb 2028')
  })
})

test('what is said of a campaign, and its rule, are changed in one line', async () => {
  const answer = await answerTo('/edit campaign=Autumn title="Tea for two" spend=20 rule="not new"')
  const lifted = await answerTo('/edit campaign=Autumn rule=none')

  expect(answer).toContain('🎁 Tea for two')
  expect(answer).toContain('For orders with spend>=20.00 and not new')
  expect(lifted).not.toContain('For orders with')
})

test('a campaign takes all of its terms in one line, in either language', async () => {
  const english = await answerTo(
    '/newcampaign name="Full" budget=500 slots=20 from=2030-01-01 until=2030-03-31 title="Coffee" body="At the till" vouchers=500 daily=50 dailybudget=60 open="mon-fri 11:00-14:00" each=2/week stores=7 reward=3/claims refund=keep cancelled=revoke valid=14 hours=48 self=no spend=10 rule="not returning"',
  )
  const chinese = await answerTo(
    '/newcampaign name=「春季」 budget＝500 slots=20 days=30 open=“周一至周五 11:00-14:00” each=无 stores=全部',
  )

  for (const words of [
    'For orders with spend>=10.00 and not returning',
    'To get: Mon–Fri 11:00–14:00',
    'Only at Soho',
    '2 a week for each person',
    'Sharers are rewarded after 3 friends',
    'A voucher lives 14 days',
    'Until 31 Mar 2030',
  ]) {
    expect(english).toContain(words)
  }
  expect(chinese).toContain('Campaign 春季 is a draft')
  expect(chinese).toContain('To get: Mon–Fri 11:00–14:00')
})

test.skipIf(!existsSync(LIST))(
  'whatever is written as a name is kept as it is and shown as plain text',
  async () => {
    const naughty = (JSON.parse(readFileSync(LIST, 'utf8')) as string[])
      // what the form is written with cannot stand in it
      .map((text) =>
        text
          .replaceAll(/["“”„‟«»「」『』＂＝\0]/g, '')
          .trim()
          .slice(0, 100),
      )
      .filter((text) => /\S/.test(text) && !/[\r\n]/.test(text))

    for (const text of naughty.filter((_, at) => at % 8 === 0)) {
      const answer = await answerTo(
        `/newcampaign name="${text}" title="${text}" budget=5 slots=2 days=3`,
      )
      expect(answer).toContain('What people see')
    }
    const messages = await owner.sees()
    const kinds = messages
      .filter(({ from }) => from.is_bot)
      .flatMap(({ entities }) => entities?.map(({ type }) => type) ?? [])
    expect(
      [...new Set(kinds)].filter((kind) => !['bold', 'code', 'bot_command'].includes(kind)),
    ).toEqual([])
  },
  120_000,
)

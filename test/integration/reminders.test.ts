import { describe, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { spellCode } from '../../src/domain/code.ts'
import type { VoucherView } from '../../src/domain/views.ts'
import { createPictures } from '../../src/pictures/draw-picture.ts'
import { leaseMessages } from '../../src/store/outbox.ts'
import { type ReminderPlace, remindHolders as remindSome } from '../../src/store/reminders.ts'
import { drawStored } from '../../src/telegram/notices.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { changeSettings, settingsOf } from '../../src/usecases/person-settings.ts'
import { redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { remindHolders } from '../../src/usecases/remind-holders.ts'
import { touchPerson } from '../../src/usecases/touch-person.ts'
import { testApp } from '../helpers/app.ts'
import { addCampaign, addKnown, addShare, addShop, type Shop } from '../helpers/shop.ts'
import { testBot } from '../helpers/telegram.ts'

const ANN = 'telegram:101'

describe('the moment of a reminder', () => {
  test.each([
    ['noon', 'Europe/London', '2026-12-06T00:00Z', 12, '2026-12-05T12:00Z'],
    [
      'midnight waits for the morning',
      'Europe/London',
      '2026-12-06T00:00Z',
      72,
      '2026-12-03T08:00Z',
    ],
    ['a zone of quarters', 'Asia/Kathmandu', '2026-12-06T00:00Z', 72, '2026-12-03T02:15Z'],
    ['a zone behind', 'America/Los_Angeles', '2026-12-06T00:00Z', 12, '2026-12-05T16:00Z'],
    ['a zone far ahead', 'Pacific/Kiritimati', '2026-12-06T00:00Z', 12, '2026-12-05T18:00Z'],
    ['a morning with three hours left', 'UTC', '2026-12-06T11:00Z', 12, '2026-12-06T08:00Z'],
    ['a morning too late: the evening before', 'UTC', '2026-12-06T10:59Z', 12, '2026-12-05T21:00Z'],
    ['the last minute before the night', 'UTC', '2026-12-06T09:59Z', 12, '2026-12-05T21:59Z'],
    [
      'clocks go forward that night',
      'America/New_York',
      '2026-03-11T04:00Z',
      72,
      '2026-03-08T12:00Z',
    ],
    ['clocks go back that night', 'America/New_York', '2026-11-04T05:00Z', 72, '2026-11-01T13:00Z'],
    [
      'clocks go forward on the last day',
      'Europe/London',
      '2026-03-29T23:00Z',
      12,
      '2026-03-29T11:00Z',
    ],
  ])('%s', async (_, zone, ends, hours, expected) => {
    await using app = await testApp()

    const [row] = await app.db.run(
      ({ sql }) => sql`select reminder_at(${new Date(ends)}, ${hours}, ${zone}) as at`,
    )

    expect(row?.['at']).toEqual(new Date(expected))
  })

  test('is never at night, never after the end and never much more than a night off, in any zone', async () => {
    await using app = await testApp()

    const wrong = await app.db.run(
      ({ sql }) => sql`
        select z.zone, e.ends, h.hours, r.at
        from unnest(${ZONES}::text[]) as z (zone)
        cross join generate_series('2026-03-01 00:00Z'::timestamptz, '2026-04-12 00:00Z', '53 minutes') as e (ends)
        cross join (values (72), (12)) as h (hours)
        cross join lateral (select reminder_at(e.ends, h.hours, z.zone) as at) r
        where extract(hour from r.at at time zone z.zone) not between 8 and 21
          or r.at > e.ends - interval '2 hours'
          or r.at not between e.ends - make_interval(hours => h.hours + 3)
                          and e.ends - make_interval(hours => h.hours - 12)`,
    )

    expect(wrong).toEqual([])
  })
})

describe('holders are reminded', () => {
  test.each([
    ['within 72 hours', 60],
    ['within 12 hours', 6],
  ])('%s, once, however often the clock comes round', async (_, hours) => {
    await using app = await testApp()
    await holdVoucher(app, { endsInHours: hours })

    const reminded = [await remindHolders(app), await remindHolders(app)]

    expect(reminded).toEqual([1, 0])
  })

  test('all of them, however few are looked at together', async () => {
    await using app = await testApp()
    const { shop } = await holdVoucher(app, { endsInHours: 6 })
    await app.db.run(
      ({ sql }) => sql`
        insert into vouchers (
          merchant_id, id, campaign_id, template_id, claim_id, holder_id, code, value_minor, issued_at, expires_at
        )
        select merchant_id, 'vch_' || n, campaign_id, template_id, 'clm_' || n, holder_id, 'CODE' || n, value_minor,
               issued_at, expires_at
        from vouchers, generate_series(1, 11) n where merchant_id = ${shop.merchantId}`,
    )

    let place: ReminderPlace | undefined
    let reminded = 0
    do {
      const some = await remindSome(app.db, shop.merchantId, 4, place)
      reminded += some.reminded
      place = some.next
    } while (place)

    expect(reminded).toBe(12)
  })

  test('at both times in their turn', async () => {
    await using app = await testApp()
    const { voucher } = await holdVoucher(app, { endsInHours: 60 })
    await remindHolders(app)
    await endVoucher(app, voucher, 6)

    expect(await remindHolders(app)).toBe(1)
    expect(await remindersIn(app)).toEqual([
      `reminder:${voucher.voucherId}:12`,
      `reminder:${voucher.voucherId}:72`,
    ])
  })

  test.each([
    ['is not there yet', 80],
    ['is past by more than a day', 40],
    ['is past, on the last day', 20],
    ['is over with the voucher', -1],
  ])('not when the time %s', async (_, hours) => {
    await using app = await testApp()
    await holdVoucher(app, { endsInHours: hours })

    expect(await remindHolders(app)).toBe(0)
  })

  test.each(['night', 'late evening'])('not at %s', async (when) => {
    await using app = await testApp()
    await holdVoucher(app, { endsInHours: 6 })
    await changeSettings(app, ANN, { zone: zoneWhereItIs(when === 'night' ? 3 : 22) })

    expect(await remindHolders(app)).toBe(0)
  })

  test('by the clock of the shop where they told no zone', async () => {
    await using app = await testApp()
    const { shop } = await holdVoucher(app, { endsInHours: 6 })
    await changeSettings(app, ANN, { zone: null })
    const setZone = (zone: string) =>
      app.db.run(
        ({ sql }) => sql`update stores set zone = ${zone} where merchant_id = ${shop.merchantId}`,
      )

    await setZone(zoneWhereItIs(23))
    const atNight = await remindHolders(app)
    await setZone(zoneWhereItIs(14))

    expect([atNight, await remindHolders(app)]).toEqual([0, 1])
  })

  test('not when they want none, cannot be reached, or have spent it', async () => {
    await using app = await testApp()
    const { shop, voucher } = await holdVoucher(app, { endsInHours: 6 })

    await changeSettings(app, ANN, { reminders: false })
    const unwanted = await remindHolders(app)
    await changeSettings(app, ANN, { reminders: true })
    await touchPerson(app, { personId: ANN, reachable: false })
    const unreachable = await remindHolders(app)
    await touchPerson(app, { personId: ANN, reachable: true })
    await spend(app, { shop, voucher })

    expect([unwanted, unreachable, await remindHolders(app)]).toEqual([0, 0, 0])
  })

  test('not of what they got when its reminder would have come already', async () => {
    await using app = await testApp()
    const { voucher } = await holdVoucher(app, { endsInHours: 6 })
    await app.db.run(
      ({ sql }) => sql`
        update vouchers set issued_at = clock_timestamp()
        where merchant_id = ${voucher.merchantId} and id = ${voucher.voucherId}`,
    )

    expect(await remindHolders(app)).toBe(0)
  })
})

describe('a reminder', () => {
  test('shows the voucher, and one tap stops all others until they are wanted again', async () => {
    await using bot = await testBot()
    const ann = await bot.telegram.person(101, { started: true })
    const { voucher } = await holdVoucher(bot.app, { endsInHours: 6 })
    await ann.reads('You got £5.00 off')

    await remindHolders(bot.app)
    const reminder = await ann.reads('Do not forget: £5.00 off at Candle & Co')
    await ann.press(reminder, 'No more reminders')
    await ann.reads('I will not remind you of vouchers any more.')
    await ann.write('/vouchers')
    const wallet = await ann.reads('Your vouchers')
    await ann.press(wallet, 'Remind me again')
    await ann.reads('I remind you three days and twelve hours before')

    expect(reminder.text).toContain(spellCode(voucher.code))
    expect(wallet.text).toContain('Reminders before a voucher ends are off.')
    expect(await settingsOf(bot.app, ANN)).toMatchObject({ reminders: true })
  })

  test.each([
    ['was spent', spend],
    ['is over', (app: AppContext, held: Held) => endVoucher(app, held.voucher, -1)],
    ['is not to be told of', (app: AppContext) => changeSettings(app, ANN, { reminders: false })],
    [
      'would come at night',
      (app: AppContext) => changeSettings(app, ANN, { zone: zoneWhereItIs(23) }),
    ],
  ])('is not sent any more when the voucher %s meanwhile', async (_, happen) => {
    await using app = await testApp()
    const held = await holdVoucher(app, { endsInHours: 6 })
    const leased = async () => {
      const { merchantId } = held.shop
      const messages = await leaseMessages(app.db, merchantId, { limit: 10, leaseSeconds: 0 })
      return messages.find(({ kind }) => kind === 'voucher_ends')
    }
    await sendOthers(app)
    await remindHolders(app)
    const reminder = await leased()
    if (!reminder) throw new Error('no reminder')

    const before = await drawStored(app, createPictures(), reminder)
    await happen(app, held)

    expect(before).toMatchObject({ method: 'sendMessage', params: { chat_id: 101 } })
    expect(await drawStored(app, createPictures(), reminder)).toBeUndefined()
  })
})

type Held = Awaited<ReturnType<typeof holdVoucher>>

async function spend(app: AppContext, { shop, voucher }: Held): Promise<void> {
  const { merchantId } = shop
  await redeemVoucher(app, { merchantId, code: voucher.code, requestId: 'a', by: 'api' })
}

/** A chat's messages go out in order, so what was told before has been sent. */
async function sendOthers(app: AppContext): Promise<void> {
  await app.db.run(
    ({ sql }) =>
      sql`update outbox set sent_at = clock_timestamp() where merchant_id is not null and sent_at is null`,
  )
}

const ZONES = [
  'UTC',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Asia/Shanghai',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
]

/** Ann, for whom it is early afternoon, with a voucher of a store that she got days ago. */
async function holdVoucher(
  app: AppContext,
  { endsInHours }: { endsInHours: number },
): Promise<{ shop: Shop; voucher: VoucherView }> {
  const shop = await addShop(app)
  await addCampaign(app, shop, {
    templates: [{ storeSourceId: '7', storeAddress: '12 Berwick Street, London' }],
  })
  const { token } = await addShare(app, shop)
  await addKnown(app, shop, ANN)
  await touchPerson(app, { personId: ANN, reachable: true })
  await changeSettings(app, ANN, { zone: zoneWhereItIs(14) })
  const { voucher } = await claimShare(app, { personId: ANN, by: { kind: 'token', token } })
  if (!voucher) throw new Error('no voucher')
  await endVoucher(app, voucher, endsInHours)
  return { shop, voucher }
}

async function endVoucher(app: AppContext, voucher: VoucherView, inHours: number): Promise<void> {
  await app.db.run(
    ({ sql }) => sql`
      update vouchers set
        issued_at = clock_timestamp() - interval '10 days',
        expires_at = clock_timestamp() + make_interval(hours => ${inHours})
      where merchant_id = ${voucher.merchantId} and id = ${voucher.voucherId}`,
  )
}

async function remindersIn(app: AppContext): Promise<string[]> {
  const rows = await app.db.run(
    ({ sql }) => sql<{ id: string }[]>`
      select id from outbox where merchant_id is not null and kind = 'voucher_ends' order by id`,
  )
  return rows.map(({ id }) => id)
}

/** A zone without summer time in which a clock shows this hour now. */
function zoneWhereItIs(hour: number): string {
  const ahead = ((hour - new Date().getUTCHours() + 36) % 24) - 12
  return ahead >= 0 ? `Etc/GMT-${ahead}` : `Etc/GMT+${-ahead}`
}

import { describe, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import type { VoucherView } from '../../src/domain/views.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { changeSettings } from '../../src/usecases/person-settings.ts'
import { redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { remindHolders } from '../../src/usecases/remind-holders.ts'
import { touchPerson } from '../../src/usecases/touch-person.ts'
import { testApp } from '../helpers/app.ts'
import { addCampaign, addKnown, addShare, addShop, type Shop } from '../helpers/shop.ts'

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
    await redeemVoucher(app, {
      merchantId: shop.merchantId,
      code: voucher.code,
      requestId: 'a',
      by: 'api',
    })

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
export async function holdVoucher(
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
export function zoneWhereItIs(hour: number): string {
  const ahead = ((hour - new Date().getUTCHours() + 36) % 24) - 12
  return ahead >= 0 ? `Etc/GMT-${ahead}` : `Etc/GMT+${-ahead}`
}

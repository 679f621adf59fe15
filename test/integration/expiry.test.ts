import { expect, test } from 'vitest'

import { audit } from '../../src/store/audit.ts'
import { lastDay } from '../../src/telegram/draw/parts.ts'
import { textsIn } from '../../src/telegram/texts.ts'
import { addStore } from '../../src/usecases/add-store.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { expireDueVouchers } from '../../src/usecases/expire-due-vouchers.ts'
import { holdVoucher } from '../../src/usecases/hold-voucher.ts'
import { validateVoucher } from '../../src/usecases/validate-voucher.ts'
import { testApp } from '../helpers/app.ts'
import { addCampaign, addShare, addShop, type CampaignOptions } from '../helpers/shop.ts'

test.each([
  ['an ordinary day', '2026-11-22T12:00Z', 'Europe/London', 13, '2026-12-06T00:00Z'],
  ['clocks go forward', '2026-03-28T12:00Z', 'Europe/London', 1, '2026-03-29T23:00Z'],
  ['clocks go back', '2026-10-24T12:00Z', 'Europe/London', 1, '2026-10-26T00:00Z'],
  ['a day of 23 hours far off', '2026-03-01T12:00Z', 'America/New_York', 30, '2026-04-01T04:00Z'],
  [
    'half an hour of summer time',
    '2026-04-01T12:00Z',
    'Australia/Lord_Howe',
    10,
    '2026-04-11T13:30Z',
  ],
  ['quarters of an hour', '2026-11-22T12:00Z', 'Asia/Kathmandu', 1, '2026-11-23T18:15Z'],
  ['already tomorrow there', '2026-11-22T12:00Z', 'Pacific/Kiritimati', 1, '2026-11-24T10:00Z'],
  ['midnight itself is left out', '2026-09-05T12:00Z', 'America/Santiago', 0, '2026-09-06T04:00Z'],
])('the last day ends at midnight of the shop: %s', async (_, from, zone, days, expected) => {
  await using app = await testApp()

  const [row] = await app.db.run(
    ({ sql }) => sql`select end_of_validity(${new Date(from)}, ${zone}, ${days}) as at`,
  )

  expect(row?.['at']).toEqual(new Date(expected))
})

test.each(['Pacific/Auckland', 'America/Los_Angeles'])(
  'a voucher of a store in %s ends with the last day there, whatever the zone of its campaign',
  async (zone) => {
    await using app = await testApp()
    const { voucher } = await voucherAt(app, zone)

    const today = new Date(`${dayIn(zone).format(voucher.issuedAt)}T12:00Z`)
    const midnight = clockIn(zone).format(voucher.expiresAt)
    const shown = lastDay(textsIn('en'), voucher)

    expect(midnight).toBe('00:00:00')
    expect(voucher.zone).toBe(zone)
    expect(shown).toBe(textsIn('en').day(new Date(today.getTime() + VALID_DAYS_MS)))
  },
)

test('what was left of it goes back into the books when the day is over, held or not', async () => {
  await using app = await testApp()
  const { merchantId, voucher } = await voucherAt(app, 'Pacific/Auckland', {
    templates: [{ storeSourceId: 'A', kind: 'gift_balance', valueMinor: 900 }],
  })
  await holdVoucher(app, {
    merchantId,
    code: voucher.code,
    amountMinor: 400,
    requestId: 'a',
    by: 'api',
  })
  const end = (seconds: number) =>
    app.db.run(
      ({ sql }) => sql`
        update vouchers set expires_at = clock_timestamp() + make_interval(secs => ${seconds})
        where merchant_id = ${merchantId}`,
    )

  await end(60)
  const early = await expireDueVouchers(app)
  await end(0)
  const due = await expireDueVouchers(app)

  const rows = await app.db.run(
    ({ sql }) => sql`
      select from_account, to_account, amount_minor from ledger
      where merchant_id = ${merchantId} and cause = 'expiry'`,
  )
  expect([early, due]).toEqual([0, 1])
  expect(rows).toEqual([{ fromAccount: 'issued', toAccount: 'unused', amountMinor: 900 }])
  expect(await validateVoucher(app, { merchantId, code: voucher.code, by: 'api' })).toMatchObject({
    outcome: 'expired',
    voucher: { balanceMinor: 0 },
  })
  expect(await audit(app.db)).toEqual([])
})

const VALID_DAYS_MS = 30 * 24 * 3600_000

/** A voucher of a store of its own zone, in a campaign of London. */
async function voucherAt(
  app: Awaited<ReturnType<typeof testApp>>,
  zone: string,
  options: CampaignOptions = { templates: [{ storeSourceId: 'A' }] },
) {
  const shop = await addShop(app)
  const { merchantId } = shop
  await addStore(app, { merchantId, sourceId: 'A', name: 'Afar', address: '1 Quay', zone })
  const place = { storeAddress: '1 Quay' }
  const templates = (options.templates ?? []).map((template) => ({ ...template, ...place }))
  await addCampaign(app, shop, { ...options, templates })
  const { token } = await addShare(app, shop, 'telegram:2')
  const { voucher } = await claimShare(app, {
    personId: 'telegram:2',
    by: { kind: 'token', token },
  })
  if (!voucher) throw new Error('no voucher')
  return { merchantId, voucher }
}

function clockIn(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone })
}

/** `2026-12-05` */
function dayIn(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-CA', { timeZone })
}

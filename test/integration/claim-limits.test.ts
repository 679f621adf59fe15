import { describe, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { audit } from '../../src/store/audit.ts'
import { addStore } from '../../src/usecases/add-store.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { createVouchers } from '../../src/usecases/create-vouchers.ts'
import { redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { rewardSharers } from '../../src/usecases/reward-sharers.ts'
import { otherProcesses, testApp } from '../helpers/app.ts'
import {
  addCampaign,
  addKnown,
  addShare,
  addShop,
  type CampaignOptions,
  people,
  type Shop,
} from '../helpers/shop.ts'

type Place = AsyncDisposable & {
  app: AppContext
  shop: Shop
  campaign: Awaited<ReturnType<typeof addCampaign>>
  known: string[]
}

/** A shop with one campaign of these terms and people whom it knows. */
async function placeWith(options: CampaignOptions, count = 20): Promise<Place> {
  const app = await testApp()
  const shop = await addShop(app)
  const campaign = await addCampaign(app, shop, { slotsPerShare: 100, ...options })
  const known = people(count)
  for (const person of known) await addKnown(app, shop, person)
  return { app, shop, campaign, known, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

/** Everybody asks at once, over four processes. */
async function claimAll({ app, known }: Place, tokens: readonly string[]) {
  const processes = otherProcesses(app, 4)
  const asks = known.flatMap((personId) => tokens.map((token) => ({ personId, token })))
  return Promise.all(
    asks.map(({ personId, token }, i) =>
      claimShare(processes[i % 4]!, { personId, by: { kind: 'token', token } }),
    ),
  )
}

function tallyOf(answers: readonly { result: string; reason?: string }[]) {
  const tally: Record<string, number> = {}
  for (const { result, reason } of answers) {
    const name = reason ? `${result} ${reason}` : result
    tally[name] = (tally[name] ?? 0) + 1
  }
  return tally
}

describe('a campaign gives no more than', () => {
  test.each<[string, CampaignOptions, Record<string, number>]>([
    ['so many vouchers in all', { maxVouchers: 7 }, { allocated: 7, 'fallback count_used_up': 13 }],
    ['so many on a day', { dayMaxVouchers: 6 }, { allocated: 6, 'fallback day_used_up': 14 }],
    ['so much on a day', { dayBudgetMinor: 2400 }, { allocated: 4, 'fallback day_used_up': 16 }],
    [
      'so much on a day, of a pot that was split before',
      {
        mode: 'random',
        slotsPerShare: 10,
        potMinor: 5000,
        drawMinMinor: 500,
        drawMaxMinor: 500,
        dayBudgetMinor: 1600,
        templates: [{ kind: 'gift_balance', valueMinor: 500 }],
      },
      { allocated: 3, 'fallback day_used_up': 17 },
    ],
  ])('%s, over many processes', async (_, options, expected) => {
    await using place = await placeWith(options)
    const { token } = await addShare(place.app, place.shop)

    const answers = await claimAll(place, [token])

    expect(tallyOf(answers)).toEqual(expected)
    expect(await audit(place.app.db)).toEqual([])
  })

  test('so much on a day: the next day it gives again', async () => {
    await using place = await placeWith({ dayMaxVouchers: 2 }, 6)
    const { token } = await addShare(place.app, place.shop)
    const { token: another } = await addShare(place.app, place.shop)
    expect(tallyOf(await claimAll(place, [token]))).toMatchObject({ allocated: 2 })
    await aDayLater(place)
    for (const person of people(3, 5000)) await addKnown(place.app, place.shop, person)

    const answers = await claimAll({ ...place, known: people(3, 5000) }, [another])

    expect(tallyOf(answers)).toEqual({ allocated: 2, 'fallback day_used_up': 1 })
    expect(await audit(place.app.db)).toEqual([])
  })
})

describe('a person gets no more than so many in a period', () => {
  test('however many shares they open at once, over many rounds', async () => {
    await using place = await placeWith(
      { claimScope: 'share', personLimit: 2, personPeriod: 'day' },
      8,
    )

    for (let round = 0; round < 10; round++) {
      const shares = await Promise.all([1, 2, 3].map(() => addShare(place.app, place.shop)))
      const answers = await claimAll(
        place,
        [...shares, ...shares].map(({ token }) => token),
      )
      const { allocated = 0, repeated = 0, ...others } = tallyOf(answers)
      expect({ round, allocated, ...others }).toEqual({
        round,
        allocated: 16,
        'ineligible limit_period': 48 - 16 - repeated,
      })
      await aDayLater(place)
    }
    expect(await audit(place.app.db)).toEqual([])
  })

  test('and the preset voucher counts as one', async () => {
    await using place = await placeWith(
      { claimScope: 'share', personLimit: 1, personPeriod: 'campaign', maxVouchers: 1 },
      2,
    )
    const [first, second] = await Promise.all([1, 2].map(() => addShare(place.app, place.shop)))
    await claimAll(place, [first?.token ?? ''])

    const answers = await claimAll(place, [second?.token ?? ''])

    expect(tallyOf(answers)).toEqual({ 'ineligible limit_period': 2 })
  })
})

describe('days and hours', () => {
  test('a campaign gives nothing outside its hours, and shows what somebody has already', async () => {
    await using place = await placeWith({}, 2)
    const { token } = await addShare(place.app, place.shop)
    const [early, late] = place.known
    const ask = (personId = '') => claimShare(place.app, { personId, by: { kind: 'token', token } })
    const first = await ask(early)
    await place.app.db.run(
      ({ sql }) => sql`
        update campaigns
        set open_weekdays = 127 - (1 << (extract(isodow from now() at time zone zone)::integer - 1))`,
    )

    expect(await ask(late)).toMatchObject({ result: 'ineligible', reason: 'outside_hours' })
    expect(await ask(early)).toEqual({ ...first, result: 'repeated', reason: undefined })
  })

  test.each([
    ['within', '2026-11-23T11:00Z', 'UTC', 0b1, [660, 840], true],
    ['at the end, which is outside', '2026-11-23T14:00Z', 'UTC', 0b1, [660, 840], false],
    ['on another weekday', '2026-11-24T11:00Z', 'UTC', 0b1, [660, 840], false],
    ['by the clocks of the zone', '2026-11-23T11:00Z', 'Asia/Kathmandu', 0b1, [1004, 1006], true],
    ['on the weekday of the zone', '2026-11-22T23:00Z', 'Asia/Tokyo', 0b1, [0, 1440], true],
    ['after midnight, of the night before', '2026-11-24T01:00Z', 'UTC', 0b1, [1200, 120], true],
    ['after midnight, of another night', '2026-11-23T01:00Z', 'UTC', 0b1, [1200, 120], false],
    [
      'after midnight, from Sunday to Monday',
      '2026-11-23T01:00Z',
      'UTC',
      0b1000000,
      [1200, 120],
      true,
    ],
    [
      'in the hour that comes twice',
      '2026-10-25T01:30Z',
      'Europe/London',
      0b1000000,
      [60, 120],
      true,
    ],
    [
      'after the clocks went back',
      '2026-10-25T02:30Z',
      'Europe/London',
      0b1000000,
      [60, 120],
      false,
    ],
    [
      'after the clocks went forward',
      '2026-03-29T01:30Z',
      'Europe/London',
      0b1000000,
      [120, 180],
      true,
    ],
  ] as const)('a window is open %s', async (_, at, zone, weekdays, [from, to], expected) => {
    await using app = await testApp()

    const [row] = await app.db.run(
      ({ sql }) => sql`
        select within_hours(${at}::text::timestamptz, ${zone}, ${weekdays}, ${from}, ${to}) as open`,
    )

    expect(row).toEqual({ open: expected })
  })

  test("a voucher's last day ends by the clocks of its store", async () => {
    await using place = await placeWith({ validDays: 2 }, 0)
    const { app, shop, campaign } = place
    const { merchantId } = shop
    await addStore(app, {
      merchantId,
      sourceId: '9',
      name: 'Apia',
      address: 'Beach Road',
      zone: 'Pacific/Apia',
    })
    await createVouchers(app, {
      merchantId,
      campaignId: campaign.campaignId,
      storeSourceId: '9',
      name: 'in Apia',
      kind: 'amount_off',
      valueMinor: 100,
      quantity: 5,
    })
    await app.db.run(
      ({ sql }) => sql`update voucher_templates set issued = quantity where name = '£5 off'`,
    )
    const { token } = await addShare(app, shop)
    await addKnown(app, shop, 'telegram:5')

    const { voucher } = await claimShare(app, {
      personId: 'telegram:5',
      by: { kind: 'token', token },
    })

    const end = Temporal.Instant.fromEpochMilliseconds(voucher?.expiresAt.getTime() ?? 0)
    const here = end.toZonedDateTimeISO('Pacific/Apia')
    expect(voucher).toMatchObject({ name: 'in Apia', zone: 'Pacific/Apia' })
    expect(here.toPlainTime().toString()).toBe('00:00:00')
    expect(here.toPlainDate()).toEqual(
      Temporal.Now.zonedDateTimeISO('Pacific/Apia').toPlainDate().add({ days: 3 }),
    )
  })
})

test('codes of the merchant are given in their order, each once, and then the preset voucher', async () => {
  await using place = await placeWith({}, 12)
  const { app, shop, campaign } = place
  await app.db.run(
    ({ sql }) => sql`
      with batch as (
        insert into code_batches (merchant_id, id, template_id, source, wanted, made, status, requested_by)
        values (${shop.merchantId}, 'bat_1', ${campaign.templateIds[0]!}, 'imported', 5, 5, 'done', 'cli')
      ), template as (
        update voucher_templates set has_own_codes = true, codes_made = 5
        where merchant_id = ${shop.merchantId} and id = ${campaign.templateIds[0]!}
      )
      insert into codes (merchant_id, code, template_id, position, batch_id)
      select ${shop.merchantId}, 'OWN-' || i, ${campaign.templateIds[0]!}, i, 'bat_1' from generate_series(1, 5) i`,
  )
  const { token } = await addShare(app, shop)

  const answers = await claimAll(place, [token])

  const { allocated, ...others } = tallyOf(answers)
  expect(allocated).toBe(5)
  expect(Object.values(others)).toEqual([7])
  const given = answers.flatMap(({ result, voucher }) =>
    result === 'allocated' ? (voucher?.code ?? '') : [],
  )
  expect(given.toSorted()).toEqual(['OWN-1', 'OWN-2', 'OWN-3', 'OWN-4', 'OWN-5'])
  expect(await audit(app.db)).toEqual([])
})

describe("a sharer's reward", () => {
  const REWARD: CampaignOptions = { rewardAfter: 3, rewardFor: 'claims', sharerMayClaim: true }

  const rewardedPlace = (options: CampaignOptions = REWARD, quantity = 5) =>
    placeWith(
      {
        ...options,
        templates: [{}, { name: 'thank you', valueMinor: 700, quantity, isReward: true }],
      },
      4,
    )

  const claimAs = ({ app }: Place, personId: string, token: string) =>
    claimShare(app, { personId, by: { kind: 'token', token } })

  test('comes once so many others have got something, once a share, over many processes', async () => {
    await using place = await rewardedPlace()
    const { token } = await addShare(place.app, place.shop, 'telegram:1')
    const [a = '', b = '', c = ''] = place.known
    for (const person of ['telegram:1', a, b]) await claimAs(place, person, token)
    expect(await rewardSharers(place.app)).toBe(0)
    await claimAs(place, c, token)

    const given = await Promise.all(otherProcesses(place.app, 4).map(rewardSharers))

    expect(given.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 1])
    expect(await rewardsOf(place)).toEqual([{ holder: 'telegram:1', valueMinor: 700 }])
    expect(await audit(place.app.db)).toEqual([])
  })

  test('waits for redemptions, where the campaign says so', async () => {
    await using place = await rewardedPlace({ rewardAfter: 1, rewardFor: 'redemptions' })
    const { token } = await addShare(place.app, place.shop, 'telegram:1')
    const { voucher } = await claimAs(place, place.known[0]!, token)
    expect(await rewardSharers(place.app)).toBe(0)

    await redeemVoucher(place.app, {
      merchantId: place.shop.merchantId,
      code: voucher?.code ?? '',
      requestId: 'till-1',
      by: 'api',
    })

    expect(await rewardSharers(place.app)).toBe(1)
  })

  test('is given while there are some, to the shares that came first', async () => {
    await using place = await rewardedPlace({ ...REWARD, claimScope: 'share', rewardAfter: 1 }, 2)
    for (const sharer of ['telegram:1', 'telegram:2', 'telegram:3']) {
      const { token } = await addShare(place.app, place.shop, sharer)
      await claimAs(place, place.known[0]!, token)
    }

    expect(await rewardSharers(place.app)).toBe(2)
    expect((await rewardsOf(place)).map(({ holder }) => holder)).toEqual([
      'telegram:1',
      'telegram:2',
    ])
    expect(await audit(place.app.db)).toEqual([])
  })

  test('is not given for an order that was cancelled', async () => {
    await using place = await rewardedPlace({ ...REWARD, rewardAfter: 1 })
    const { token } = await addShare(place.app, place.shop, 'telegram:1')
    await claimAs(place, place.known[0]!, token)
    await place.app.db.run(({ sql }) => sql`update orders set status = 'cancelled'`)

    expect(await rewardSharers(place.app)).toBe(0)
  })
})

function rewardsOf({ app }: Place) {
  return app.db.run(
    ({ sql }) => sql<{ holder: string; valueMinor: number }[]>`
      select v.holder_id as holder, v.value_minor from claims k
      join vouchers v on v.merchant_id = k.merchant_id and v.id = k.voucher_id
      where k.result = 'reward' order by v.holder_id`,
  )
}

/** All that was given was given a day before. */
async function aDayLater({ app }: Place): Promise<void> {
  await app.db.run(
    ({ sql }) => sql`
      with claims as (update claims set claimed_at = claimed_at - interval '1 day'),
           vouchers as (update vouchers set issued_at = issued_at - interval '1 day')
      update campaigns set day = day - 1`,
  )
}

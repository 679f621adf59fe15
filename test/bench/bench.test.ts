import { expect, test } from 'vitest'

import { auditBooks } from '../../src/usecases/audit-books.ts'
import { testDatabase } from '../helpers/database.ts'
import { makeBed } from './bed.ts'
import { benchBurst } from './commands/burst.ts'
import { benchClaims } from './commands/claims.ts'
import { benchCodes } from './commands/codes.ts'
import { benchNumbers } from './commands/numbers.ts'
import { benchOrders } from './commands/orders.ts'
import { benchRedemptions } from './commands/redemptions.ts'
import { fillVouchers } from './fill.ts'
import { openPlaces } from './places.ts'
import { goalsOf } from './report/goals.ts'
import { drawPlot } from './report/plot.ts'
import { middleOf, ratioOf } from './report/stats.ts'

/** Several processes are started. */
const TIMEOUT_MS = 90_000

const QUICK = { rounds: 1, flags: [], settings: [], say: () => undefined }

test('every variant answers every request, and a claim of the product is a voucher', {
  timeout: TIMEOUT_MS,
}, async () => {
  await using database = await testDatabase()

  const { series } = await benchClaims({
    ...QUICK,
    databaseUrl: database.url,
    connections: [8],
    people: 400,
    only: [],
    warmUp: { requests: 10 },
    until: { requests: 200 },
  })

  const counted = series.map(({ variant, rounds }) => [variant, rounds[0]?.results])
  expect(Object.fromEntries(counted)).toMatchObject({
    hello: { '200': 200 },
    'bare insert': { '200': 200 },
    'textbook claim': { allocated: 200 },
    'claim, one hot share': { allocated: 200 },
    'claim, 200 shares': { allocated: 200 },
    'claim, 200 campaigns': { allocated: 200 },
    'claim, repeated': { repeated: 200 },
  })
  expect(goalsOf(series).map(({ figure }) => figure)).toContain('hot share / bare insert')
  expect(await auditBooks(database.url)).toEqual([])
})

test('a burst gives away what a share holds and no more', { timeout: TIMEOUT_MS }, async () => {
  await using database = await testDatabase()

  const { bursts } = await benchBurst({
    ...QUICK,
    databaseUrl: database.url,
    people: 200,
    slots: 50,
  })

  expect(bursts.map(({ who, measured, exact }) => ({ who, ...measured.results, exact }))).toEqual([
    { who: 'customers', allocated: 50, fallback: 25, exhausted: 125, exact: true },
    { who: 'strangers', fallback: 50, exhausted: 150, exact: true },
  ])
})

test('filled tables are as claims would have left them', async () => {
  await using database = await testDatabase()
  await using bed = await makeBed({ databaseUrl: database.url, people: 100, merchants: 1 })
  const places = await openPlaces(bed.ground, bed.town.main, { slots: 50 })

  await fillVouchers(bed.ground.sql, places, 40)

  expect(await auditBooks(database.url)).toEqual([])
  const [row] = await bed.ground.sql`select count(*)::integer as vouchers from vouchers`
  expect(row).toEqual({ vouchers: 40 })
})

test('a median of rounds comes with the least and the most', () => {
  expect(middleOf([4, 1, 3, 2])).toEqual({ median: 2.5, least: 1, most: 4 })
  expect(ratioOf([2, 9, 8], [1, 3, 2])).toEqual({ median: 3, least: 2, most: 4 })
})

test('a plot names its lines and both axes', () => {
  const svg = drawPlot({
    title: 'Claims',
    x: { title: 'connections', log: true },
    y: { title: 'per second' },
    lines: [
      {
        name: 'one share',
        points: [
          { x: 1, y: 10 },
          { x: 100, y: 5000, least: 4000, most: 6000 },
        ],
      },
    ],
  })

  for (const words of ['Claims', 'connections', 'per second', 'one share', '6 k']) {
    expect(svg).toContain(words)
  }
})

test('codes are made, orders imported and vouchers spent beside what they are compared with', {
  timeout: TIMEOUT_MS,
}, async () => {
  const small = { rounds: 1, say: () => undefined }
  await using forCodes = await testDatabase()
  await using forOrders = await testDatabase()
  await using forRedemptions = await testDatabase()

  const codes = await benchCodes({
    ...small,
    databaseUrl: forCodes.url,
    sizes: [2000],
    vouchers: 10,
  })
  const orders = await benchOrders({ ...small, databaseUrl: forOrders.url, lines: 52 })
  const redemptions = await benchRedemptions({
    ...small,
    databaseUrl: forRedemptions.url,
    vouchers: 100,
    atOnce: 8,
  })

  expect(codes.rounds).toMatchObject([{ size: 2000, batchSeconds: expect.any(Number) }])
  expect(codes.rounds[0]!.copySeconds).toBeGreaterThan(0)
  expect([orders.first.length, orders.again.length]).toEqual([1, 1])
  expect(redemptions.findings).toBe(0)
  expect(redemptions.rounds[0]!.redemptionsPerSecond).toBeGreaterThan(0)
})

test('numbers are seen and written of as many vouchers as there are', {
  timeout: TIMEOUT_MS,
}, async () => {
  await using database = await testDatabase()

  const { seen } = await benchNumbers({
    rounds: 1,
    databaseUrl: database.url,
    vouchers: 400,
    say: () => undefined,
  })

  expect(Object.keys(seen)).toEqual(
    expect.arrayContaining([
      'dashboard, 30 days',
      'picture for /stats',
      'passalong export vouchers',
    ]),
  )
})

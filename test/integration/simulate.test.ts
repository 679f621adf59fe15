import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { readConfig } from '../../src/config.ts'
import type { AppContext } from '../../src/context.ts'
import { createLog } from '../../src/log.ts'
import type { Logged } from '../../src/matching/decide.ts'
import { openApp } from '../../src/open-app.ts'
import { type Policy, type SimulationRequest, simulate } from '../../src/simulate/simulate.ts'
import { age } from '../../src/store/aging.ts'
import { newestDecisions } from '../../src/store/decisions.ts'
import { listMerchants } from '../../src/usecases/list-merchants.ts'
import { type Operator, operator } from '../helpers/typing.ts'

const SMALL: SimulationRequest = {
  seed: 1,
  weeks: 2,
  people: 36,
  ordersPerDay: 4,
  controlBp: 1000,
  budgetMinor: 1_000_000,
}

let desk: Operator

beforeEach(async () => {
  desk = await operator()
})

afterEach(() => desk[Symbol.asyncDispose]())

function environmentOf({ databaseUrl, dir }: Operator) {
  return { DATABASE_URL: databaseUrl, DATA_DIR: `${dir}/data` }
}

async function played(policy: Policy, request: SimulationRequest, on = desk) {
  const server = { environmentFor: async () => environmentOf(on) }
  const quiet = { log: createLog('silent'), onDay: () => undefined }
  return simulate(server, policy, request, quiet)
}

/** Looks into the shop that was played. */
async function lookInto<T>(look: (app: AppContext, merchantId: string) => Promise<T>): Promise<T> {
  const bot = { id: 0, username: '', token: '' }
  const { app, close } = await openApp(readConfig(environmentOf(desk)), createLog('silent'), bot)
  try {
    const [merchant] = await listMerchants(app)
    return await look(app, merchant?.id ?? '')
  } finally {
    await close()
  }
}

test('the same seed plays the same weeks, another seed plays others', async () => {
  await using again = await operator()
  await using other = await operator()

  const first = await played('model', SMALL)

  expect(await played('model', SMALL, again)).toEqual({
    ...first,
    // ids and moments are of chance, what is told is not
    reports: first.reports.map(({ point, lift, outcomes, learnt }) =>
      expect.objectContaining({ point, lift, outcomes, learnt }),
    ),
  })
  expect((await played('model', { ...SMALL, seed: 2 }, other)).figures).not.toEqual(first.figures)
}, 120_000)

test('weeks go through the use cases: their books are right and nothing waits to be told', async () => {
  const { findings, figures } = await played('model', SMALL)

  expect(findings).toBe(0)
  expect(figures.weeks.map(({ week }) => week)).toEqual([1, 2])
  expect(figures.total.decisions).toBeGreaterThan(50)
  const rows = await lookInto((app) =>
    app.db.run(
      ({ sql }) => sql<{ what: string; count: number; days: number }[]>`
        select 'claims' as what, count(*)::integer as count,
               (extract(epoch from clock_timestamp() - min(claimed_at)) / 86400)::integer as days
        from claims
        union all
        select 'redemptions', count(*)::integer,
               (extract(epoch from clock_timestamp() - min(redeemed_at)) / 86400)::integer
        from redemptions
        union all
        select 'untold', count(*)::integer, 0 from outbox
        where sent_at is null and gave_up_at is null
        union all
        select 'expired', count(*)::integer, 0 from vouchers where status = 'expired'
        union all
        select 'still valid', count(*)::integer, 0 from vouchers
        where status = 'issued' and expires_at <= clock_timestamp()`,
    ),
  )
  const byWhat = Object.fromEntries(rows.map(({ what, count, days }) => [what, { count, days }]))
  expect(byWhat['claims']).toMatchObject({ count: figures.openings, days: 14 })
  expect(byWhat['redemptions']?.count).toBeGreaterThan(10)
  expect(byWhat['expired']?.count).toBeGreaterThan(10)
  expect([byWhat['untold']?.count, byWhat['still valid']?.count]).toEqual([0, 0])
}, 60_000)

test('a budget that is too small is never exceeded, and then people get the preset voucher', async () => {
  const { budgets, findings } = await played('model', { ...SMALL, budgetMinor: 20_000 })

  expect(findings).toBe(0)
  for (const { budgetMinor, issuedMinor } of budgets) {
    expect(issuedMinor).toBeLessThanOrEqual(budgetMinor)
    expect(issuedMinor).toBeGreaterThan(0)
  }
}, 60_000)

test('at random every voucher is as likely as any other, for everybody', async () => {
  await played('random', { ...SMALL, weeks: 1 })

  const decisions = await lookInto((app, merchantId) =>
    newestDecisions(app.db, merchantId, 'voucher', 1000),
  )

  const chosen = decisions.filter(({ chosenBy }) => chosenBy === 'match')
  expect(chosen.length).toBeGreaterThan(20)
  for (const { candidates } of chosen) {
    const { arms, preset } = candidates as Logged
    const gifts = arms.filter(({ id }) => id !== preset)
    for (const { p } of gifts) expect(p).toBeCloseTo(1 / gifts.length, 5)
  }
}, 60_000)

test('with the preset voucher for all, the model chooses for nobody', async () => {
  const { figures } = await played('preset', { ...SMALL, weeks: 1 })

  expect(figures.total.decisions).toBeGreaterThan(20)
  expect(figures.total.given).toBeCloseTo(figures.total.preset)
}, 60_000)

test('the past of one merchant moves by days, what others have and what a shop states does not', async () => {
  await played('model', { ...SMALL, weeks: 1 })
  await desk.type('merchants', 'add', 'Another', '--currency', 'GBP')

  const moved = await lookInto(async (app, merchantId) => {
    const read = () =>
      app.db.run(
        ({ sql }) => sql<Record<string, Date>[]>`
          select (select max(claimed_at) from claims where merchant_id = ${merchantId}) as claimed,
                 (select max(expires_at) from vouchers where merchant_id = ${merchantId}) as expires,
                 (select max(ends_at) from campaigns where merchant_id = ${merchantId}) as ends,
                 (select max(placed_at) from orders where merchant_id = ${merchantId}) as placed,
                 (select max(happened_at) from audit_log where merchant_id <> ${merchantId}) as others`,
      )
    const [before = {}] = await read()
    await age(app.db, merchantId, 3)
    const [after = {}] = await read()
    return Object.keys(before).map((name) => [
      name,
      ((before[name]?.getTime() ?? 0) - (after[name]?.getTime() ?? 0)) / 86_400_000,
    ])
  })

  expect(Object.fromEntries(moved)).toEqual({
    claimed: 3,
    expires: 3,
    ends: 3,
    placed: 0,
    others: 0,
  })
}, 60_000)

describe('passalong simulate', () => {
  const leftBehind = async () =>
    (await readdir(tmpdir())).filter((name) => name.startsWith('passalong-simulate-'))

  test('plays, tells what came of it, and leaves nothing behind', async () => {
    const before = await leftBehind()

    const short = ['--weeks', '1', '--people', '20', '--orders-per-day', '3', '--margin', '50']
    const { exitCode, out, err } = await desk.type('simulate', ...short, '--against', 'random')

    expect({ exitCode, err: err.split('\n').at(-2) }).toEqual({
      exitCode: 0,
      err: '100 %  14 days',
    })
    expect(out).toMatch(/^1 week, 20 people, seed 1: \d+ orders, shared \d+ times/)
    expect(out).toMatch(/^Better than at random by +-?£\d+\.\d\d$/m)
    expect(out).toMatch(/^at random +\d+ +\d+ +-?£/m)
    expect(out).toMatch(/^Autumn thank-you +£10,000\.00 +£\d/m)
    expect(out.endsWith('The books are right.\n')).toBe(true)
    expect((await leftBehind()).filter((name) => !before.includes(name))).toEqual([])
    expect((await desk.type('merchants', 'list')).out).not.toContain('Luma')
  }, 60_000)

  test.each([
    [['--weeks', '0'], 'Write a whole number from 1 to 26.'],
    [['--weeks', '1.5'], 'Write a whole number from 1 to 26.'],
    [['--people', '5'], 'Write a whole number from 20 to 5000.'],
    [['--orders-per-day', '-3'], 'Write a whole number from 1 to 500.'],
    [['--seed', 'one'], 'Write a whole number from 0 to 4294967295.'],
    [['--margin', '101'], 'Write a whole number from 1 to 100.'],
    [['--control', '60'], 'Write a whole number from 0 to 50.'],
    [['--budget', '£500'], 'Write pounds from 10 to 1000000, such as 10000 or 249.50.'],
    [['--against', 'chance'], 'Write random or preset.'],
    [['extra'], 'too many arguments'],
  ])('refuses %s and says what to write', async (words, hint) => {
    const { exitCode, out, err } = await desk.type('simulate', ...words)

    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain(hint)
  })
})

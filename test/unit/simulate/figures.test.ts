import { expect, test } from 'vitest'

import type { Logged } from '../../../src/matching/decide.ts'
import type { Opening } from '../../../src/simulate/diary.ts'
import { figuresOf } from '../../../src/simulate/figures.ts'
import { THANK_YOU, WELCOME } from '../../../src/simulate/gifts.ts'
import { learntOf } from '../../../src/simulate/learnt.ts'
import { makePlayers } from '../../../src/simulate/people.ts'
import { wantOf } from '../../../src/simulate/taste.ts'

const seed = 1
const players = makePlayers(seed, 3)
const wants = (place: number) => THANK_YOU.map((gift) => wantOf(seed, players[place]!, gift))
const mean = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length

function opening(player: number, given: number | undefined, more: Partial<Opening> = {}): Opening {
  return {
    day: 0,
    lastDay: 7,
    player,
    gifts: THANK_YOU,
    preset: WELCOME,
    given: given === undefined ? undefined : THANK_YOU[given],
    why: 'matched',
    ...more,
  }
}

function figures(...openings: Opening[]) {
  return figuresOf(
    { orders: 5, shares: 2, openings },
    { seed, players, days: 14, aim: { marginBp: undefined } },
  )
}

test('what was given is held against chance, the preset voucher and the best, by true taste', () => {
  const { total } = figures(opening(0, 1), opening(1, 2))

  expect(total.given).toBeCloseTo(mean([wants(0)[1]!, wants(1)[2]!]))
  expect(total.random).toBeCloseTo(mean([mean(wants(0)), mean(wants(1))]))
  expect(total.best).toBeCloseTo(mean([Math.max(...wants(0)), Math.max(...wants(1))]))
  expect(total.preset).toBeCloseTo(
    mean([wantOf(seed, players[0]!, WELCOME), wantOf(seed, players[1]!, WELCOME)]),
  )
})

test('the best one for all is the one that is best for all together', () => {
  const { total } = figures(opening(0, 0), opening(1, 0), opening(2, 0))

  const sums = THANK_YOU.map((_, k) => mean([wants(0)[k]!, wants(1)[k]!, wants(2)[k]!]))
  expect(total.bestForAll).toBeCloseTo(Math.max(...sums))
})

test('regret is what was lost to the best; who always gets it loses nothing', () => {
  const bestOf = (place: number) => wants(place).indexOf(Math.max(...wants(place)))

  expect(figures(opening(0, bestOf(0)), opening(1, bestOf(1))).regret).toBeCloseTo(0)
  const other = (bestOf(0) + 1) % 4
  expect(figures(opening(0, other)).regret).toBeCloseTo(Math.max(...wants(0)) - wants(0)[other]!)
})

test('strangers and the control share are not decided for', () => {
  const { total, openings } = figures(
    opening(0, 1),
    opening(1, undefined, { why: 'stranger', given: WELCOME }),
    opening(2, undefined, { why: 'control', given: WELCOME }),
    opening(2, undefined, { why: 'exhausted' }),
  )

  expect(openings).toBe(4)
  expect(total).toMatchObject({ decisions: 1, control: 1 })
  expect(total.given).toBeCloseTo(wants(0)[1]!)
})

test('weeks have their own figures, in their order', () => {
  const { weeks } = figures(
    opening(0, 1, { day: 13 }),
    opening(1, 2, { day: 6, spent: { day: 8, orderMinor: 2000, discountMinor: 500 } }),
    opening(1, 2, { day: 7 }),
  )

  expect(weeks.map(({ week, decisions, spent }) => [week, decisions, spent])).toEqual([
    [1, 1, 1],
    [2, 2, 0],
  ])
})

test('decisions whose vouchers are over have figures of their own', () => {
  const { over, total } = figures(opening(0, 1, { lastDay: 13 }), opening(1, 2, { lastDay: 14 }))

  expect([over.decisions, total.decisions]).toEqual([1, 2])
  expect(over.given).toBeCloseTo(wants(0)[1]!)
})

test('a play in which nobody came has figures of nothing', () => {
  expect(figures()).toMatchObject({ openings: 0, weeks: [], regret: 0, total: { given: 0 } })
})

/** A decision on whose arms somebody expected these probabilities. */
function decision(expected: readonly number[]) {
  const arms = expected.map((e, k) => ({ id: `k${k}`, p: 0.25, e, w: 1, z: [] }))
  return {
    player: players[0]!,
    logged: { arms } as unknown as Logged,
    gifts: new Map(THANK_YOU.map((gift, k) => [`k${k}`, gift])),
  }
}

test('what was learnt is held against the truth, voucher by voucher', () => {
  const { decisions, gifts } = learntOf(seed, [decision([0.1, 0.2, 0.3, 0.4])])

  expect(decisions).toBe(1)
  expect(gifts.map(({ name, expected }) => [name, expected])).toEqual(
    THANK_YOU.map(({ name }, k) => [name, (k + 1) / 10]),
  )
  expect(gifts.map(({ truth }) => truth)).toEqual(wants(0))
})

test('who knows which of two vouchers somebody would rather spend has rank correlation 1', () => {
  expect(learntOf(seed, [decision(wants(0))]).rankCorrelation).toBe(1)
  expect(learntOf(seed, [decision(wants(0).map((want) => -want))]).rankCorrelation).toBe(-1)
  expect(learntOf(seed, [decision([0.5, 0.5, 0.5, 0.5])]).rankCorrelation).toBe(0)
})

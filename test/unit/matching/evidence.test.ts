import { describe, expect, test } from 'vitest'

import { uniforms } from '../../../src/matching/draws.ts'
import {
  alwaysValid,
  liftOf,
  loggedOf,
  NOTHING_YET,
  type Outcome,
  whatIf,
  withNext,
} from '../../../src/matching/evidence.ts'
import { paced } from '../../../src/matching/pacing.ts'

/** Decisions of a policy between three vouchers that are worth 0.2, 0.5 and 0.3, and expected to be alike. */
function outcomes(count: number, seed: number, policy = [0.2, 0.6, 0.2]): Outcome[] {
  const draw = uniforms(seed)
  const worth = [0.2, 0.5, 0.3]
  return Array.from({ length: count }, () => {
    const outcome = {
      policy,
      preset: 0,
      control: 0.1,
      chosen: 0,
      value: 0,
      expected: [0.3, 0.3, 0.3],
    }
    let left = draw()
    for (const p of loggedOf(outcome)) {
      left -= p
      if (left < 0) break
      outcome.chosen = Math.min(2, outcome.chosen + 1)
    }
    return { ...outcome, value: draw() < worth[outcome.chosen]! ? 1 : 0 }
  })
}

const LIFT = 0.2 * 0.2 + 0.6 * 0.5 + 0.2 * 0.3 - 0.2

describe('the lift over the preset voucher', () => {
  test('is right on average, though the expectations are wrong', () => {
    const running = outcomes(40_000, 5).map(liftOf).reduce(withNext, NOTHING_YET)

    expect(running.mean).toBeCloseTo(LIFT, 1)
    expect(Math.abs(running.mean - LIFT)).toBeLessThan(0.02)
  })

  test('is exactly nothing where the policy is the preset voucher', () => {
    const lifts = outcomes(200, 6, [1, 0, 0]).map(liftOf)

    expect(lifts.every((lift) => lift === 0)).toBe(true)
  })

  test('stays within its bounds at all times in nineteen runs of twenty, and says so before the end', () => {
    let wrong = 0
    let sure = 0
    for (let seed = 1; seed <= 60; seed++) {
      let running = NOTHING_YET
      let isWrong = false
      for (const [t, outcome] of outcomes(2500, seed).entries()) {
        running = withNext(running, liftOf(outcome))
        const { low, high } = alwaysValid(running)
        if (t > 100 && (LIFT < low || LIFT > high)) isWrong = true
      }
      wrong += Number(isWrong)
      sure += Number(alwaysValid(running).low > 0)
    }

    expect(wrong).toBeLessThanOrEqual(6)
    expect(sure).toBeGreaterThan(50)
  })
})

test('what another policy would have brought is estimated, three ways, with its bounds', () => {
  let covered = 0
  for (let seed = 1; seed <= 100; seed++) {
    const log = outcomes(800, seed)
    const other = log.map(() => [0, 0, 1])
    const { ips, snips, doublyRobust } = whatIf(log, other)!
    for (const { low, high } of [ips, snips, doublyRobust])
      covered += Number(low <= 0.3 && 0.3 <= high)
  }

  expect(covered / 300).toBeGreaterThan(0.9)
})

test('bounds of what was hardly ever given hold, though hardly any of it is seen', () => {
  let covered = 0
  let told = 0
  for (let seed = 1; seed <= 300; seed++) {
    const log = outcomes(2000, seed, [0.04, 0.945, 0.015])
    const estimates = whatIf(
      log,
      log.map(() => [0, 0, 1]),
    )
    if (!estimates) continue
    for (const { low, high } of [estimates.ips, estimates.snips, estimates.doublyRobust]) {
      covered += Number(low <= 0.3 && 0.3 <= high)
      told++
    }
  }

  expect(told).toBe(900)
  expect(covered / told).toBeGreaterThan(0.92)
})

test('nothing is said of what was given too seldom, or could not be given', () => {
  const seldom = outcomes(300, 1, [0.04, 0.945, 0.015])
  const never = outcomes(2000, 1, [0.4, 0.6, 0])
  const third = (log: Outcome[]) => log.map(() => [0, 0, 1])

  expect(whatIf(seldom, third(seldom))).toBeUndefined()
  expect(whatIf(never, third(never))).toBeUndefined()
})

describe('pacing', () => {
  test('the price of a voucher rises while more is spent than the budget allows, and falls again', () => {
    let pacing = { lambda: 0 }
    for (let i = 0; i < 50; i++) pacing = paced(pacing, 500, { minor: 10_000, decisions: 100 }, 500)
    const dear = pacing.lambda
    for (let i = 0; i < 50; i++) pacing = paced(pacing, 0, { minor: 10_000, decisions: 100 }, 500)

    expect(dear).toBeCloseTo(50 * 0.02 * 0.8, 6)
    expect(pacing.lambda).toBeLessThan(dear)
  })

  test('it never falls below nothing nor rises without end', () => {
    let pacing = { lambda: 0 }
    pacing = paced(pacing, 0, { minor: 1_000_000, decisions: 1 }, 1)
    expect(pacing.lambda).toBe(0)
    for (let i = 0; i < 1000; i++) pacing = paced(pacing, 1000, { minor: 0, decisions: 1 }, 1)
    expect(pacing.lambda).toBe(6)
  })
})

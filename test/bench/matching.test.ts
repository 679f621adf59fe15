import { expect, test } from 'vitest'
import { BASELINES } from './matching/baselines.ts'
import { drawsFrom, pick } from './matching/chance.ts'
import { type DataSet, synthetic } from './matching/data-set.ts'
import type { Contestant } from './matching/learner.ts'
import { ours } from './matching/ours.ts'
import { bestFixed, play } from './matching/play.ts'

const OPTIONS = { rounds: 1000, delay: 0, rate: 1, control: 0 }

function played(set: DataSet, contestant: Contestant, options = OPTIONS): number {
  return play(set, contestant, 1, options).at(-1)?.value ?? 0
}

/** The same people, of whom it was logged what one arm of chance gave. */
function logged(set: DataSet, seed = 5): DataSet {
  const draw = drawsFrom(seed)
  const { rewards = new Float32Array(), ...rest } = set
  const arm = Uint8Array.from({ length: set.count }, () => Math.floor(draw() * set.arms))
  return {
    ...rest,
    log: {
      arm,
      reward: Float32Array.from(arm, (k, i) => Number(draw() < rewards[i * set.arms + k]!)),
      baseline: rewards,
      propensity: 1 / set.arms,
    },
  }
}

test('whoever learns does better than chance, and ours no worse than the others within a little', () => {
  const set = synthetic(drawsFrom(2))
  const values = new Map(
    [ours(), bestFixed(set), ...BASELINES].map((one) => [one.name, played(set, one)]),
  )
  const { uniform: chance = 0, ours: reached = 0 } = Object.fromEntries(values)

  expect(reached).toBeGreaterThan(chance + 0.05)
  expect(reached).toBeGreaterThan(Math.max(...values.values()) - 0.05)
})

test('a fixed arm that is replayed from a log is worth what it gave there', () => {
  const set = logged(synthetic(drawsFrom(3), { count: 40_000 }))
  const { arm, reward } = set.log!
  const means = Array.from({ length: set.arms }, (_, k) => {
    const own = [...reward].filter((_, i) => arm[i] === k)
    return own.reduce((sum, one) => sum + one, 0) / own.length
  })

  expect(played(set, bestFixed(set), { ...OPTIONS, rounds: 6000 })).toBeCloseTo(
    Math.max(...means),
    1,
  )
})

test('the control share gets the first arm, whatever was learnt', () => {
  const set = synthetic(drawsFrom(4))
  const first: Contestant = { name: 'first', make: () => ({ choose: () => 0, learn: () => {} }) }

  expect(played(set, ours(), { ...OPTIONS, control: 1 })).toBe(played(set, first))
})

test('a place is picked as often as its probability says', () => {
  const draw = drawsFrom(9)
  const counts = [0, 0, 0]
  for (let i = 0; i < 30_000; i++) counts[pick([0.2, 0.5, 0.3], draw())]! += 1

  expect(counts.map((count) => Math.round(count / 1500) / 20)).toEqual([0.2, 0.5, 0.3])
})

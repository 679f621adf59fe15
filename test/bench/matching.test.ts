import { describe, expect, test } from 'vitest'

import { drawsFrom, pick } from './matching/chance.ts'
import { crossCheckOf, scoreOf, verdictsOf } from './matching/contest.ts'
import { BEST_FIXED, contestantsFor } from './matching/contestants.ts'
import { type DataSet, rewardOf } from './matching/data-set.ts'
import type { Contestant } from './matching/learner.ts'
import { play } from './matching/play.ts'
import { differenceOf, usualShare } from './matching/statistics.ts'
import { synthetic } from './matching/synthetic.ts'

const OPTIONS = { rounds: 1000, delay: 0, rate: 1, control: 0 }

function played(set: DataSet, contestant: Contestant, options = OPTIONS): number {
  return play(set, contestant, 1, options).points.at(-1)?.value ?? 0
}

function named(set: DataSet, name: string): Contestant {
  return contestantsFor(set, Number.POSITIVE_INFINITY).get(name)!
}

/** The same people, of whom it was logged what one arm of chance gave. */
export function logged(set: DataSet, seed = 5): DataSet {
  const draw = drawsFrom(seed)
  const { rewards: baseline = new Float32Array(), ...rest } = set
  const arm = Uint8Array.from({ length: set.count }, () => Math.floor(draw() * set.arms))
  const reward = Float32Array.from(arm, (k, i) => Number(draw() < rewardOf(set, i, k)))
  return { ...rest, log: { arm, reward, baseline, propensity: 1 / set.arms } }
}

test('whoever learns does better than chance, and ours no worse than the others within a little', () => {
  const set = synthetic(2)
  const values = new Map(
    [...contestantsFor(set, 4000).values()].map((one) => [one.name, played(set, one)]),
  )
  const { uniform: chance = 0, ours: reached = 0 } = Object.fromEntries(values)

  expect(reached).toBeGreaterThan(chance + 0.03)
  expect(reached).toBeGreaterThan(Math.max(...values.values()) - 0.05)
})

describe('a log that is replayed', () => {
  test('gives the best fixed arm exactly what it gave there, and nearly that scored doubly robustly', () => {
    const { mean, replayed, robust, agrees } = crossCheckOf(logged(synthetic(3, { count: 40_000 })))

    expect(agrees).toBe(true)
    expect(replayed).toBeCloseTo(mean, 9)
    expect(robust).toBeCloseTo(mean, 1.5)
  })

  test('scores chance with what was given on average, whatever the baseline says', () => {
    const set = logged(synthetic(4, { count: 40_000 }))
    const { reward, baseline } = set.log!
    const mean = reward.reduce((sum, one) => sum + one, 0) / set.count
    const wrong = { ...set, log: { ...set.log!, baseline: baseline.map((one) => 1 - one) } }

    const whole = { ...OPTIONS, rounds: set.count }
    const scored = play(wrong, named(set, 'uniform'), 1, whole).log?.value
    expect(scored).toBeCloseTo(mean, 2)
  })

  test('marks that not every order of it came to are left out', () => {
    const points = (count: number) =>
      [100, 250, 500].slice(0, count).map((mark) => ({ mark, value: mark }))
    const score = scoreOf('ours', [{ points: points(3) }, { points: points(2) }])

    expect(score.marks.map(({ mark }) => mark)).toEqual([100, 250])
  })
})

test('the control share gets the first arm, whatever was learnt', () => {
  const set = synthetic(4)
  const first: Contestant = { name: 'first', make: () => ({ choose: () => 0, learn: () => {} }) }

  expect(played(set, named(set, 'ours'), { ...OPTIONS, control: 1 })).toBe(played(set, first))
})

test('answers that are learnt in batches come all, and none before its batch is full', () => {
  const set = synthetic(5)
  const seen: number[] = []
  let chosen = 0
  const watcher: Contestant = {
    name: 'watcher',
    make: () => ({ choose: () => ++chosen % set.arms, learn: () => seen.push(chosen) }),
  }
  played(set, watcher, { ...OPTIONS, rounds: 300, delay: 100 })

  expect(seen).toHaveLength(300)
  expect(new Set(seen)).toEqual(new Set([100, 200, 300]))
})

test('after a drift the best arm and the worst have changed places', () => {
  const set = synthetic(6)
  const drift = { ...OPTIONS, rounds: 2000, driftAt: 1000 }
  const { points } = play(set, named(set, BEST_FIXED), 1, drift)
  const [before = 0, whole = 0] = [1000, 2000].map((at) => points.find((p) => p.mark === at)?.value)

  expect(2 * whole - before).toBeLessThan(before - 0.1)
})

test('whether one is below another is judged seed by seed, not by the spread of all', () => {
  const others = [0.5, 0.6, 0.7, 0.8]
  const scores = (own: number) => [
    score(
      'ours',
      others.map((value, i) => value + own + 0.001 * i),
    ),
    score('LinUCB .1', others),
    score('uniform', [0.1, 0.1, 0.1, 0.1]),
    score('best fixed arm', [1, 1, 1, 1]),
  ]

  expect(verdictsOf(scores(-0.01))).toMatchObject([
    { best: 'LinUCB .1', holds: false, beatsChance: true },
  ])
  expect(verdictsOf(scores(-0.001))).toMatchObject([{ best: 'LinUCB .1', holds: true }])
})

function score(contestant: string, values: number[]) {
  return { contestant, marks: [{ mark: 1000, mean: values[0]!, off: 0, values }] }
}

test('a difference is told with the bounds of Student’s t, a share of runs with those of its number', () => {
  const { mean, off } = differenceOf([1, 2, 3], [1, 1, 1])

  expect(mean).toBe(1)
  expect(off).toBeCloseTo(4.303 / Math.sqrt(3), 3)
  expect(usualShare(0.95, 1000).map((share) => Number(share.toFixed(4)))).toEqual([0.9365, 0.9635])
})

test('a place is picked as often as its probability says', () => {
  const draw = drawsFrom(9)
  const counts = [0, 0, 0]
  for (let i = 0; i < 30_000; i++) counts[pick([0.2, 0.5, 0.3], draw())]! += 1

  expect(counts.map((count) => Math.round(count / 1500) / 20)).toEqual([0.2, 0.5, 0.3])
})

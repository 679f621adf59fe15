import { armOf, featuresOf, newModel, teach, USUAL_PRIOR } from '../../../src/matching/model.ts'
import { paced } from '../../../src/matching/pacing.ts'
import { bounded, chances } from '../../../src/matching/policy.ts'
import { makeReady } from '../../../src/matching/ready.ts'
import { drawsFrom, pick, shuffled } from './chance.ts'
import type { DataSet } from './data-set.ts'

const DECISIONS = 8000
const FLOOR = 0.01

/** What a redemption of each arm brings and costs here, and how much may be spent on a decision. */
const BRINGS = [4, 2, 3, 6, 3]
const COSTS = [3, 0.8, 1.5, 2.5, 1]
const CAPS = [0.5, 0.8, 1.2]

/** How much of what was possible with a budget was got, and whether it was kept. */
export type BudgetKept = { cap: number; share: number; spent: number; allowed: number }

/** Learns and paces at once under three budgets; the bound is that of somebody who knew everybody's taste. */
export function measureBudget(set: DataSet, seed: number): BudgetKept[] {
  return CAPS.map((cap) => {
    const draw = drawsFrom(seed)
    const people = [...shuffled(set.count, draw)].slice(0, DECISIONS)
    const allowed = cap * people.length
    const { got, spent } = spend(set, people, allowed, draw)
    return { cap, share: got / boundOf(set, people, allowed), spent, allowed }
  })
}

function spend(set: DataSet, people: readonly number[], allowed: number, draw: () => number) {
  const prior = { ...USUAL_PRIOR, meanSquare: 9, baseRate: 0.5 }
  const model = newModel(set.people, 0, prior)
  const names = BRINGS.map((_, k) => String(k))
  for (const name of names) armOf(model, name, prior)
  const kinds = names.map(() => [])
  const unit = COSTS.reduce((all, one) => all + one, 0) / COSTS.length
  let pacing = { lambda: 0.5 }
  let got = 0
  let spent = 0
  for (const [t, i] of people.entries()) {
    const x = set.x.subarray(i * set.people, (i + 1) * set.people)
    const worth = BRINGS.map((brings, k) => brings - pacing.lambda * COSTS[k]!)
    const isWorthIt = worth.some((one) => one > 0)
    const stakes = worth.map((one) => ({ worth: one, price: 0 }))
    const probabilities = bounded(
      chances([makeReady(model, names, prior)], x, kinds, stakes).probabilities,
      worth.map((one) => ({ least: one > 0 ? FLOOR / names.length : 0, most: one > 0 ? 1 : 0 })),
    )
    const arm = pick(probabilities, draw())
    let cost = 0
    if (isWorthIt && spent + COSTS[arm]! <= allowed) {
      const answer = draw() < (set.rewards?.[i * set.arms + arm] ?? 0) ? 1 : 0
      cost = answer * COSTS[arm]!
      got += answer * BRINGS[arm]!
      teach(model, featuresOf(model, x, [], arm), answer, prior, Number.POSITIVE_INFINITY)
    }
    spent += cost
    const left = { minor: allowed - spent, decisions: people.length - t - 1 }
    pacing = paced(pacing, cost, left, unit)
  }
  return { got, spent }
}

/** The most that a budget can bring: the least of its dual (a linear program, relaxed). */
function boundOf(set: DataSet, people: readonly number[], allowed: number): number {
  const dual = (lambda: number) =>
    people.reduce((sum, i) => {
      const best = BRINGS.map(
        (brings, k) => (set.rewards?.[i * set.arms + k] ?? 0) * (brings - lambda * COSTS[k]!),
      )
      return sum + Math.max(0, ...best)
    }, lambda * allowed)
  let low = 0
  let high = 6
  for (let i = 0; i < 40; i++) {
    const third = (high - low) / 3
    if (dual(low + third) < dual(high - third)) high -= third
    else low += third
  }
  return dual(low)
}

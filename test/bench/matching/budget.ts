import { paced } from '../../../src/matching/pacing.ts'
import { bounded, type Stake } from '../../../src/matching/policy.ts'
import { drawsFrom, pick, shuffled } from './chance.ts'
import type { Crew } from './crew.ts'
import { type DataSet, meanSquareOf, personOf, rewardOf } from './data-set.ts'
import { bestOf } from './learner.ts'
import { openModel } from './shop-model.ts'
import { type Source, setOf } from './sources.ts'
import { average } from './statistics.ts'

const FLOOR = 0.01

/** What a redemption of each arm brings and costs here, and how much may be spent on a decision. */
const BRINGS = [4, 2, 3, 6, 3]
const COSTS = [3, 0.8, 1.5, 2.5, 1]
export const CAPS = [0.5, 0.8, 1.2]

/** Whether a voucher is paid for when it is redeemed, or when it is given away, as campaigns count it. */
type Pays = 'redemption' | 'issue'

/** Whether taste is learnt meanwhile, or known from the beginning: then only pacing can lose something. */
type Taste = 'learnt' | 'known'

type Question = {
  source: Source
  pays: Pays
  taste: Taste
  cap: number
  decisions: number
  seed: number
}

type Spent = { share: number; spent: number; allowed: number; without: number }

/** How much of what was possible with a budget was got, and whether it was kept. */
export type BudgetKept = {
  set: string
  pays: Pays
  taste: Taste
  cap: number
  runs: number
  /** Of the bound of somebody who knew everybody's taste: on average, and at worst. */
  share: number
  least: number
  /** The most that was spent of what was allowed; over 1 would be too much. */
  mostSpent: number
  /** How many found the budget empty. */
  without: number
}

export async function measureBudget(
  crew: Crew,
  question: Omit<Question, 'seed'>,
  runs: number,
): Promise<BudgetKept> {
  const seeds = Array.from({ length: runs }, (_, i) => ({ ...question, seed: i + 1 }))
  const all = await crew.askAll('spend', seeds)
  const shares = all.map(({ share }) => share)
  return {
    set: setOf(question.source).name,
    pays: question.pays,
    taste: question.taste,
    cap: question.cap,
    runs,
    share: average(shares),
    least: Math.min(...shares),
    mostSpent: Math.max(...all.map(({ spent, allowed }) => spent / allowed)),
    without: average(all.map(({ without }) => without)) / question.decisions,
  }
}

/** A job of the crew: learns and paces at once. Who finds nothing worth its price gets nothing. */
export function spend({ source, pays, taste, cap, decisions, seed }: Question): Spent {
  const set = setOf(source)
  const draw = drawsFrom(seed)
  const people = [...shuffled(set.count, draw)].slice(0, decisions)
  const allowed = cap * people.length
  // one arm more, which brings and costs nothing, for whom nothing is worth its price
  const model = openModel({ ...set, arms: set.arms + 1 }, { meanSquare: meanSquareOf(set) })
  const unit = average(COSTS)
  let pacing = { lambda: 0.5 }
  const sums = { got: 0, spent: 0, without: 0 }
  for (const [t, i] of people.entries()) {
    const x = personOf(set, i)
    const stakes = stakesOf(pays, pacing.lambda)
    const wanted =
      taste === 'known' ? bestFor(set, i, stakes) : model.decide(x, [...stakes, NONE]).probabilities
    const arm = choose(wanted, stakes, draw())
    const isLeft = arm === null || sums.spent + COSTS[arm]! <= allowed
    let cost = 0
    if (arm !== null && isLeft) {
      const answer = draw() < rewardOf(set, i, arm) ? 1 : 0
      cost = pays === 'issue' ? COSTS[arm]! : answer * COSTS[arm]!
      sums.got += answer * BRINGS[arm]!
      if (taste === 'learnt') model.learn(x, arm, answer)
    }
    sums.spent += cost
    sums.without += Number(!isLeft)
    const left = { minor: allowed - sums.spent, decisions: people.length - t - 1 }
    pacing = paced(pacing, cost, left, unit)
  }
  const share = sums.got / boundOf(set, people, pays, allowed)
  return { share, spent: sums.spent, allowed, without: sums.without }
}

function stakesOf(pays: Pays, lambda: number): Stake[] {
  return BRINGS.map((brings, k) => {
    const price = lambda * COSTS[k]!
    return pays === 'issue' ? { worth: brings, price } : { worth: brings - price, price: 0 }
  })
}

/** Giving nothing. */
const NONE: Stake = { worth: 0, price: 0 }

function bestFor(set: DataSet, i: number, stakes: readonly Stake[]): number[] {
  const values = stakes.map(({ worth, price }, k) => rewardOf(set, i, k) * worth - price)
  const best = bestOf([...values, 0])
  return [...stakes, NONE].map((_, k) => Number(k === best))
}

/** @returns the arm, or null for none */
function choose(
  wanted: readonly number[],
  stakes: readonly Stake[],
  number: number,
): number | null {
  const floor = FLOOR / stakes.length
  const bounds = stakes.map(({ worth }) => {
    return worth > 0 ? { least: floor, most: 1 } : { least: 0, most: 0 }
  })
  const arm = pick(bounded(wanted, [...bounds, { least: 0, most: 1 }]), number)
  return arm === stakes.length ? null : arm
}

/** The most that a budget can bring: the least of its dual (a linear program, relaxed). */
function boundOf(set: DataSet, people: readonly number[], pays: Pays, allowed: number): number {
  const dual = (lambda: number) => {
    const stakes = stakesOf(pays, lambda)
    return people.reduce((sum, i) => {
      const best = stakes.map(({ worth, price }, k) => rewardOf(set, i, k) * worth - price)
      return sum + Math.max(0, ...best)
    }, lambda * allowed)
  }
  let low = 0
  let high = 6
  for (let step = 0; step < 40; step++) {
    const third = (high - low) / 3
    if (dual(low + third) < dual(high - third)) high -= third
    else low += third
  }
  return dual(low)
}

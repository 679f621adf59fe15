import type { Logged } from '../matching/decide.ts'
import { meanOf } from './figures.ts'
import type { Player } from './people.ts'
import { type Gift, wantOf } from './taste.ts'

/** What the model expected beside what was true, of the newest decisions. */
export type Learnt = {
  decisions: number
  /** Probabilities that a voucher is spent, on average over the people it was to choose for. */
  gifts: { name: string; expected: number; truth: number }[]
  /**
   * Kendall's rank correlation over all pairs of vouchers that it chose from for one person: 1 where it
   * knows of each pair which of them they would rather spend, 0 where it guesses.
   */
  rankCorrelation: number
}

/** A decision with what it rested on, and the gifts that the ids in it stand for. */
export type KnownDecision = { player: Player; logged: Logged; gifts: ReadonlyMap<string, Gift> }

type Guess = { name: string; expected: number; truth: number }

export function learntOf(seed: number, decisions: readonly KnownDecision[]): Learnt {
  const guesses = decisions.map((decision) => guessesOf(seed, decision))
  const byName = Map.groupBy(guesses.flat(), ({ name }) => name)
  return {
    decisions: decisions.length,
    gifts: [...byName].map(([name, own]) => ({
      name,
      expected: meanOf(own.map(({ expected }) => expected)),
      truth: meanOf(own.map(({ truth }) => truth)),
    })),
    rankCorrelation: meanOf(guesses.flatMap(agreements)),
  }
}

function guessesOf(seed: number, { player, logged, gifts }: KnownDecision): Guess[] {
  return logged.arms.flatMap(({ id, e }) => {
    const gift = gifts.get(id)
    return gift ? { name: gift.name, expected: e, truth: wantOf(seed, player, gift) } : []
  })
}

/** 1 for each pair that is in the right order, -1 for one that is not. */
function agreements(guesses: readonly Guess[]): number[] {
  return guesses.flatMap((one, i) =>
    guesses
      .slice(i + 1)
      .map((other) => Math.sign((one.expected - other.expected) * (one.truth - other.truth))),
  )
}

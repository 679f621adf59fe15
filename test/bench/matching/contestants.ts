import { BASELINES } from './baselines.ts'
import type { DataSet } from './data-set.ts'
import type { Contestant } from './learner.ts'
import { ours } from './ours.ts'
import { bestArmOf } from './play.ts'

export const OURS = 'ours'
export const BEST_FIXED = 'best fixed arm'
export const UNIFORM = 'uniform'

/** What is no learner: it stands beside them as a line. */
export const LINES: readonly string[] = [BEST_FIXED, UNIFORM]

/** All who play, by name. */
export function contestantsFor(set: DataSet, halfLife: number): Map<string, Contestant> {
  const all = [ours({ halfLife }), bestFixed(set), ...BASELINES]
  return new Map(all.map((one) => [one.name, one]))
}

/** The arm that is best for most, in hindsight. */
function bestFixed(set: DataSet): Contestant {
  const best = bestArmOf(set)
  return { name: BEST_FIXED, make: () => ({ choose: () => best, learn: () => undefined }) }
}

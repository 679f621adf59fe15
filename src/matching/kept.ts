import type { Logged } from './decide.ts'
import { KIND_FEATURES, PERSON_FEATURES } from './features.ts'
import { type Point, STAGES } from './learner.ts'
import type { Prior } from './model.ts'

/** Priors as they were kept; undefined where they are none, or of another time's features. */
export function readPriors(kept: unknown, point: Point): Prior[] | undefined {
  const isSound =
    Array.isArray(kept) && kept.length === STAGES[point].length && kept.every(isSoundPrior)
  return isSound ? kept : undefined
}

function isSoundPrior(kept: unknown): kept is Prior {
  if (typeof kept !== 'object' || kept === null) return false
  const { baseRate, baseSd, personSd, armSd, scales, meanSquare, kindMeans, kindSds, personMeans } =
    kept as Partial<Prior>
  return (
    [baseRate, baseSd, personSd, armSd, meanSquare].every(Number.isFinite) &&
    [scales, kindMeans, kindSds].every((list) => list?.every(Number.isFinite)) &&
    kindMeans?.length === KIND_FEATURES.length &&
    kindSds?.length === KIND_FEATURES.length &&
    (personMeans === undefined ||
      (personMeans.length === PERSON_FEATURES.length && personMeans.every(Number.isFinite)))
  )
}

/** What a decision rested on, as it was kept; undefined where no model chose. */
export function readLogged(kept: unknown): Logged | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined
  const { x, arms } = kept as Partial<Logged>
  return Array.isArray(x) && Array.isArray(arms) && arms.every(isArm) ? (kept as Logged) : undefined
}

function isArm(kept: Partial<Logged['arms'][number]> | null): boolean {
  return (
    typeof kept?.id === 'string' &&
    [kept.p, kept.e, kept.w].every(Number.isFinite) &&
    Array.isArray(kept.z)
  )
}

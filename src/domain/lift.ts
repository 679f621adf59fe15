import type { MatchingReport } from './views.ts'

/** From so many settled decisions on bounds of the lift are told: they hold for many. */
export const LEAST_JUDGED = 200
/** And from so many people who got the preset one: of nobody the model alone would say how they do. */
export const LEAST_COMPARED = 10

/** What can be said of a model: nothing yet, not whether it is better, that it is, or that it is worse. */
export type LiftVerdict = 'early' | 'open' | 'better' | 'worse'

export function verdictOn(lift: MatchingReport['lift']): LiftVerdict {
  if (!lift) return 'early'
  if (lift.low > 0) return 'better'
  return lift.high < 0 ? 'worse' : 'open'
}

import { exponentOf } from './money.ts'
import type { Bounds, BudgetPrice, MatchingReport } from './views.ts'

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

/** A lower price moves nothing, and from a half on the budget is very tight. */
const LEAST_PRICE = 0.05
const HIGH_PRICE = 0.5

/** How much a budget asks for: nothing to speak of, a little, or much. */
export function tightnessOf({ lambda }: Pick<BudgetPrice, 'lambda'>): 'loose' | 'little' | 'much' {
  if (lambda < LEAST_PRICE) return 'loose'
  return lambda < HIGH_PRICE ? 'little' : 'much'
}

/** A hundred of a currency's units, in minor units, and what they must bring. */
export function priceMinor(lambda: number, currency: string): { given: number; needed: number } {
  const given = 100 * 10 ** (exponentOf(currency) ?? 0)
  return { given, needed: Math.round(lambda * given) }
}

/** Whether there was anything to choose but the preset one. */
export function hasChoice({ arms }: Pick<MatchingReport, 'arms'>): boolean {
  return arms.length === 0 || arms.some(({ isPreset }) => !isPreset)
}

/** Bounds without what cannot be: nobody redeems less than nothing, nor more than once. */
export function possible(
  { low, high }: Bounds,
  objective: MatchingReport['objective'],
): [number, number] {
  return objective === 'money' ? [low, high] : [Math.max(0, low), Math.min(1, high)]
}

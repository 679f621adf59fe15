/**
 * One decision of which it is known what came of it: the places' probabilities under the policy, the
 * place of the preset voucher, the share of people who get that whatever the policy says, what was
 * given, what it was worth, and what each place had been expected to be worth.
 */
export type Outcome = {
  policy: readonly number[]
  preset: number
  control: number
  chosen: number
  value: number
  expected: readonly number[]
}

/** With what probability each place was given, the control share included. */
export function loggedOf({ policy, preset, control }: Outcome): number[] {
  return policy.map((p, k) => (1 - control) * p + (k === preset ? control : 0))
}

/**
 * How much more the policy brings on such a decision than the preset voucher would, without bias however
 * wrong the expectations are (augmented inverse propensity weighting). Exactly 0 where the policy is the
 * preset voucher.
 */
export function liftOf(outcome: Outcome): number {
  const { policy, preset, chosen, value, expected } = outcome
  const difference = policy.map((p, k) => p - Number(k === preset))
  const modelled = difference.reduce((sum, d, k) => sum + d * expected[k]!, 0)
  const weight = difference[chosen]! / loggedOf(outcome)[chosen]!
  return modelled + weight * (value - expected[chosen]!)
}

/** Sums of numbers that come one by one (Welford), from which a mean and its bounds follow. */
export type Running = { count: number; mean: number; squares: number }

export const NOTHING_YET: Running = { count: 0, mean: 0, squares: 0 }

export function withNext({ count, mean, squares }: Running, value: number): Running {
  const next = count + 1
  const moved = mean + (value - mean) / next
  return { count: next, mean: moved, squares: squares + (value - mean) * (value - moved) }
}

export type Interval = { low: number; mean: number; high: number }

/** The number of outcomes at which the interval is to be as narrow as it can be. */
const NARROWEST_AT = 1000

/**
 * Bounds that hold at all times at once, however often one looks and whenever one stops (asymptotic
 * confidence sequence, Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, Annals of Statistics 52(6)).
 *
 * @param alpha how often they may ever be wrong
 */
export function alwaysValid({ count, mean, squares }: Running, alpha = 0.05): Interval {
  if (count < 2) return { low: Number.NEGATIVE_INFINITY, mean, high: Number.POSITIVE_INFINITY }
  const tuned = (-2 * Math.log(alpha) + Math.log(1 - 2 * Math.log(alpha))) / NARROWEST_AT
  const grown = count * tuned + 1
  const sd = Math.sqrt(squares / count)
  const half =
    sd * Math.sqrt(((2 * grown) / (count * count * tuned)) * Math.log(Math.sqrt(grown) / alpha))
  return { low: mean - half, mean, high: mean + half }
}

/** What another policy would have brought: three estimates from the same log, each with a 95 % interval. */
export type Estimates = { ips: Interval; snips: Interval; doublyRobust: Interval }

/** A log that weighs less than so many decisions of the other policy says nothing of it. */
const LEAST_WEIGHT = 20

/**
 * Estimates the mean value of a policy that was not followed; undefined where the log was too unlikely to
 * show it. How far an estimate may be off follows from the weights that were to be expected, not from
 * those that came: where the seldom did not happen yet, what happened looks too certain.
 *
 * @param other its probabilities for each outcome, in the same order
 */
export function whatIf(
  outcomes: readonly Outcome[],
  other: readonly (readonly number[])[],
): Estimates | undefined {
  const weights = outcomes.map(
    (outcome, i) => other[i]![outcome.chosen]! / loggedOf(outcome)[outcome.chosen]!,
  )
  const all = sumOf(weights)
  const square = sumOf(outcomes.map((one, i) => squareOf(one, other[i]!))) / outcomes.length
  if (!(all > 0 && outcomes.length >= LEAST_WEIGHT * square)) return undefined

  const values = outcomes.map(({ value }) => value)
  const misses = outcomes.map(({ value, expected, chosen }) => value - expected[chosen]!)
  const modelled = outcomes.map(({ expected }, i) =>
    expected.reduce((sum, value, k) => sum + other[i]![k]! * value, 0),
  )
  const weighted = values.map((value, i) => weights[i]! * value)
  const ips = sumOf(weighted) / values.length
  const snips = sumOf(weighted) / all
  const varianceOf = (offs: readonly number[]) =>
    (square * sumOf(offs.map((off, i) => weights[i]! * off ** 2))) / all
  return {
    ips: intervalOf(weighted, varianceOf(values) - ips ** 2),
    snips: intervalOf(
      values.map((value, i) => snips + (weights[i]! * (value - snips) * values.length) / all),
      varianceOf(values.map((value) => value - snips)),
    ),
    doublyRobust: intervalOf(
      modelled.map((value, i) => value + weights[i]! * misses[i]!),
      varianceOf(misses) + spreadOf(modelled).variance,
    ),
  }
}

/** What the square of a decision's weight was to be on average; infinite where it could not be given. */
function squareOf(outcome: Outcome, other: readonly number[]): number {
  const logged = loggedOf(outcome)
  return other.reduce((sum, p, k) => (p > 0 ? sum + p ** 2 / logged[k]! : sum), 0)
}

function sumOf(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0)
}

function spreadOf(values: readonly number[]): { mean: number; variance: number } {
  const { count, mean, squares } = values.reduce(withNext, NOTHING_YET)
  return { mean, variance: squares / Math.max(1, count - 1) }
}

/** @param least the variance of a value that is to be reckoned with, even if these vary less */
function intervalOf(values: readonly number[], least: number): Interval {
  const { mean, variance } = spreadOf(values)
  const half = 1.96 * Math.sqrt(Math.max(variance, least) / values.length)
  return { low: mean - half, mean, high: mean + half }
}

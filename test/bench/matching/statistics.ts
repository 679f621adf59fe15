/** Two-sided 95 % quantiles of Student's t for 1, 2, 3 … degrees of freedom. */
const STUDENT = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145,
  2.131, 2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048,
  2.045,
]

/** A mean, and how far it may be off with 95 %; `off` is null where one value alone says nothing of that. */
export type Mean = { mean: number; off: number | null }

export function meanOf(values: readonly number[]): Mean {
  const mean = average(values)
  if (values.length < 2) return { mean, off: null }
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const error = Math.sqrt(squares / (values.length - 1) / values.length)
  return { mean, off: (STUDENT[values.length - 2] ?? 1.96) * error }
}

/** How much more these are than those, pair by pair. */
export function differenceOf(these: readonly number[], those: readonly number[]): Mean {
  return meanOf(these.map((value, i) => value - those[i]!))
}

export function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Between which shares 95 % of such numbers of runs lie, if each run is counted with this probability. */
export function usualShare(probability: number, runs: number): [number, number] {
  const off = 1.96 * Math.sqrt((probability * (1 - probability)) / runs)
  return [Math.max(0, probability - off), Math.min(1, probability + off)]
}

/** The middle of several rounds, with the least and the most. */
export type Middle = { median: number; least: number; most: number }

export function middleOf(values: readonly number[]): Middle {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  const median = ((sorted[Math.ceil(half - 1)] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2
  return { median, least: sorted[0] ?? 0, most: sorted.at(-1) ?? 0 }
}

/** The ratio of two series round by round: both sides of a round met the same machine. */
export function ratioOf(these: readonly number[], those: readonly number[]): Middle {
  return middleOf(these.map((value, round) => value / (those[round] ?? Number.NaN)))
}

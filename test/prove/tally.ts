/** What a campaign of faults found. Everything but the counts of what was tried should stay zero. */
export type Tally = {
  /** Why nothing was tried here. */
  skipped?: string
  /** What was tried, with how often: `{ 'app kills': 1000 }`. */
  tried: Record<string, number>
  claims: number
  spends: number
  /** Answers that were given and are not in the database, or not as they were told. */
  lost: string[]
  /** More than allowed: vouchers, slots, money, spending. */
  over: string[]
  /** The same person or request served twice. */
  double: string[]
  /** Everything else that must not be: books that do not agree, errors nobody foresaw, hanging. */
  wrong: string[]
  /** From healing to the first answer, each time. */
  recoveriesMs: number[]
  longestMs: number
}

export function newTally(): Tally {
  return {
    tried: {},
    claims: 0,
    spends: 0,
    lost: [],
    over: [],
    double: [],
    wrong: [],
    recoveriesMs: [],
    longestMs: 0,
  }
}

export function count(tally: Tally, what: string, times = 1): void {
  tally.tried[what] = (tally.tried[what] ?? 0) + times
}

/** Counts a rule as tried, and notes what was answered where it does not hold. */
export function expectThat(
  tally: Tally,
  kind: 'over' | 'double' | 'wrong',
  words: string,
  holds: boolean,
) {
  count(tally, 'rules tried one after the other')
  if (!holds) tally[kind].push(words)
}

export function isClean({ lost, over, double, wrong }: Tally): boolean {
  return [lost, over, double, wrong].every((found) => found.length === 0)
}

/** Everything that a tally holds against the program. */
export function findingsOf(tally: Tally): string[] {
  return (['lost', 'over', 'double', 'wrong'] as const).flatMap((kind) =>
    tally[kind].map((words) => `${kind}: ${words}`),
  )
}

import type { Ready } from './ready.ts'

/**
 * What speaks for an arm: how much each feature adds to its score, in logits, more than to those of the
 * others on average; over all members and stages. The first feature of a person, which is always 1,
 * stands for the arm itself, whoever asks. Where there are no others nothing speaks for it.
 *
 * @param chosen the place of the arm
 * @returns the features of a person, then those of its kind
 */
export function speaksFor(
  stages: readonly Ready[],
  person: ArrayLike<number>,
  kinds: readonly ArrayLike<number>[],
  chosen: number,
): number[] {
  const sums = new Array<number>(person.length + (kinds[chosen]?.length ?? 0)).fill(0)
  for (const member of stages.flatMap(({ members }) => members)) {
    for (let i = 0; i < person.length; i++) {
      const ahead = aheadOf(
        kinds.map((_, k) => member.means[k * person.length + i]!),
        chosen,
      )
      sums[i]! += member.weight * person[i]! * ahead
    }
    for (const [j, effect] of member.kindMeans.entries()) {
      const ahead = aheadOf(
        kinds.map((kind) => kind[j]!),
        chosen,
      )
      sums[person.length + j]! += member.weight * effect * ahead
    }
  }
  return sums
}

/** How far one value is above the mean of the others. */
function aheadOf(values: readonly number[], chosen: number): number {
  if (values.length < 2) return 0
  const one = values[chosen]!
  const others = values.reduce((sum, value) => sum + value, 0) - one
  return one - others / (values.length - 1)
}

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
  const types = kinds[chosen]?.length ?? 0
  const sums = new Array<number>(person.length + types).fill(0)
  if (kinds.length < 2) return sums
  for (let k = 0; k < kinds.length; k++) {
    const share = k === chosen ? 1 : -1 / (kinds.length - 1)
    for (const { means, kindMeans } of stages) {
      for (let i = 0; i < person.length; i++) {
        sums[i]! += share * person[i]! * means[k * person.length + i]!
      }
      for (let j = 0; j < types; j++) {
        sums[person.length + j]! += share * kinds[k]![j]! * kindMeans[j]!
      }
    }
  }
  return sums
}

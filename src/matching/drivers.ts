import { PERSON_FEATURES } from './features.ts'
import { FEWEST, type Settled } from './report.ts'

/** How often the model wants an arm for people who have a feature, and for the others: from 0 to 1. */
export type Driver = { armId: string; feature: string; withIt: number; without: number }

/** What moves a choice less than this is not told. */
const LEAST_DIFFERENCE = 0.03
const MOST_PER_ARM = 3

/**
 * What drives the choice, and for whom: of each arm the features whose people the model treats most
 * differently from the others. Whoever is above the middle of a feature's range has it; both groups have
 * 30 people at least.
 */
export function driversOf(settled: readonly Settled[]): Driver[] {
  return [...groupsOf(settled)].flatMap(([armId, sides]) =>
    sides
      .filter(({ having, lacking }) => Math.min(having.count, lacking.count) >= FEWEST)
      .map(({ feature, having, lacking }) => ({
        armId,
        feature,
        withIt: having.sum / having.count,
        without: lacking.sum / lacking.count,
      }))
      .filter((driver) => difference(driver) >= LEAST_DIFFERENCE)
      .sort((a, b) => difference(b) - difference(a))
      .filter((driver, i, sorted) => i === 0 || !isMirrored(driver, sorted[i - 1]!))
      .slice(0, MOST_PER_ARM),
  )
}

function difference({ withIt, without }: Driver): number {
  return Math.abs(withIt - without)
}

/** The same two groups of people once more, by a feature that goes with the other. */
function isMirrored(one: Driver, other: Driver): boolean {
  return Math.abs(difference(one) - difference(other)) < 1e-9
}

type Side = { count: number; sum: number }
type Sides = { feature: string; having: Side; lacking: Side }

/** For each arm, how often it was wanted on both sides of each feature. The preset one is not wanted at all. */
function groupsOf(settled: readonly Settled[]): Map<string, Sides[]> {
  const groups = new Map<string, Sides[]>()
  for (const { ids, preset, person, policy } of settled) {
    for (const [k, id] of ids.entries()) {
      if (k === preset) continue
      const sides = groups.get(id) ?? PERSON_FEATURES.map(noSides)
      groups.set(id, sides)
      for (const [i, { range }] of PERSON_FEATURES.entries()) {
        const hasIt = person[i]! > (range[0] + range[1]) / 2
        const side = hasIt ? sides[i]!.having : sides[i]!.lacking
        side.count++
        side.sum += policy[k]!
      }
    }
  }
  return groups
}

function noSides({ name }: { name: string }): Sides {
  return { feature: name, having: { count: 0, sum: 0 }, lacking: { count: 0, sum: 0 } }
}

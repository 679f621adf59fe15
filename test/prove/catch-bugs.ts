import type { Chance } from './chance.ts'
import { forAll } from './crowd.ts'
import { tryEveryStep } from './every-step.ts'
import type { Ground } from './ground.ts'
import { judgeBooks } from './judge.ts'
import { openPlace, type Place } from './place.ts'
import { tryRaces } from './races.ts'
import { RULES } from './rules.ts'
import { plant, SEEDED_BUGS, type SeededBug } from './seeded-bugs.ts'
import { count, findingsOf, newTally, type Tally } from './tally.ts'

const AT_ONCE = 3

/** What finds a bug, cheapest first; a bug that says which one finds it meets that first. */
const CHECKS: readonly { name: string; run(place: Place, tally: Tally): Promise<void> }[] = [
  ...Object.entries(RULES).map(([name, attempt]) => ({
    name,
    run: async ({ world }: Place, tally: Tally) => {
      await attempt(world, tally)
      await judgeBooks(world.app.db, tally)
    },
  })),
  { name: 'races', run: (place, tally) => raceAndAudit(place, tally, 1) },
  { name: 'every step', run: tryEveryStep },
  { name: 'more races', run: (place, tally) => raceAndAudit(place, tally, 12) },
]

/**
 * Plants each bug in a database of its own and sees whether the same checks find it that find nothing
 * in the program as it is. A bug that nothing finds counts as wrong: then the checks prove nothing.
 */
export async function catchSeededBugs(
  ground: Ground,
  chance: Chance,
  { full, tell }: { full: boolean; tell: (words: string) => void },
): Promise<Tally> {
  const tally = newTally()
  const bugs = SEEDED_BUGS.filter(({ rare = false }) => full || !rare)
  await forAll(bugs, AT_ONCE, async (bug) => {
    count(tally, 'bugs planted')
    const caught = await hunt(ground, chance, bug)
    if (caught) count(tally, 'bugs caught')
    else tally.wrong.push(`nobody noticed: ${bug.name}`)
    tell(`  ${caught ? 'caught' : 'MISSED'}  ${bug.name.padEnd(56)} ${caught ?? ''}`)
  })
  return tally
}

/** Which check found it, and what it found first. */
async function hunt(ground: Ground, chance: Chance, bug: SeededBug): Promise<string | undefined> {
  await using place = await openPlace(ground, chance, {
    change: (sql) => plant(bug, sql),
    ...(bug.wrap && { wrap: bug.wrap }),
  })
  for (const check of CHECKS.toSorted(
    (a, b) => Number(b.name === bug.by) - Number(a.name === bug.by),
  )) {
    const tally = newTally()
    try {
      await check.run(place, tally)
    } catch (error) {
      tally.wrong.push(`failed: ${String(error)}`)
    }
    const [first] = findingsOf(tally)
    if (first) return `by ${check.name}: ${first.slice(0, 100)}`
  }
  return undefined
}

export async function raceAndAudit(place: Place, tally: Tally, rounds: number): Promise<void> {
  await tryRaces(place, tally, rounds)
  await judgeBooks(place.world.app.db, tally)
}

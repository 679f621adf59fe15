import { type ContestOptions, type Score, scoreOf } from './contest.ts'
import type { Crew } from './crew.ts'
import { type Source, setOf } from './sources.ts'
import { differenceOf, type Mean } from './statistics.ts'

/** What may be different from the usual, and who is asked then. */
type Circumstance = {
  name: string
  contestants: readonly string[]
  change: Partial<ContestOptions>
}

const DRIFT_AT = 4000

/** Names that goals and quoted figures go by. */
export const RARE = 'rewards × 0.1'
export const DRIFT = `best and worst swap at ${DRIFT_AT}, as the product forgets`

export function delayed(every: number): string {
  return every === 0 ? 'learnt at once' : `learnt every ${every} decisions`
}

const WHO = ['ours', 'Beta TS', 'LinUCB .1', 'LinTS .1', 'Chapelle–Li TS .5', 'uniform']

const CIRCUMSTANCES: readonly Circumstance[] = [
  ...[0, 50, 100, 200, 500].map((delay) => ({
    name: delayed(delay),
    contestants: WHO,
    change: { delay, rounds: 4000 },
  })),
  {
    name: RARE,
    contestants: [...WHO, 'best fixed arm'],
    change: { rate: 0.1, rounds: 4000 },
  },
  { name: 'control share 10 %', contestants: WHO, change: { control: 0.1, rounds: 4000 } },
  ...[500, 2000, 4000, 8000, 16_000, Number.POSITIVE_INFINITY].map((halfLife) => ({
    name: `best and worst swap at ${DRIFT_AT}, half-life ${halfLife}`,
    contestants: ['ours'],
    change: { halfLife, driftAt: DRIFT_AT, rounds: 2 * DRIFT_AT },
  })),
  {
    name: DRIFT,
    contestants: WHO,
    change: { driftAt: DRIFT_AT, rounds: 2 * DRIFT_AT },
  },
]

/** How the contestants did there; of a drift also what they got after it. */
export type Played = Score & { circumstance: string; after?: Mean }

/** Everybody under circumstances that are not the usual ones, on one set. */
export async function playCircumstances(
  crew: Crew,
  source: Source,
  { seeds, halfLife }: Pick<ContestOptions, 'seeds' | 'halfLife'>,
  say: (line: string) => void,
): Promise<Played[]> {
  const usual = { delay: 0, rate: 1, control: 0, halfLife }
  const results: Played[] = []
  for (const { name, contestants, change } of CIRCUMSTANCES) {
    const { halfLife: kept, ...options } = { ...usual, rounds: 4000, ...change }
    for (const contestant of contestants) {
      const questions = Array.from({ length: seeds }, (_, i) => {
        return { source, contestant, seed: i + 1, halfLife: kept, options }
      })
      const score = scoreOf(contestant, await crew.askAll('playOnce', questions))
      const after = 'driftAt' in change ? { after: afterDrift(score) } : {}
      results.push({ circumstance: name, ...score, ...after })
    }
    say(`${setOf(source).name}, ${name}: done`)
  }
  return results
}

/** The mean value of the second half, from those of the first and of the whole. */
function afterDrift({ marks }: Score): Mean {
  const at = (mark: number) => marks.find((one) => one.mark === mark)?.values ?? []
  const whole = at(2 * DRIFT_AT).map((value) => 2 * value)
  const { mean, off } = differenceOf(whole, at(DRIFT_AT))
  return { mean, off }
}

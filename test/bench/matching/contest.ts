import { contestantsFor, LINES, OURS, UNIFORM } from './contestants.ts'
import type { Crew } from './crew.ts'
import { type DataSet, rewardMeans } from './data-set.ts'
import { bestArmOf, type Course, type PlayOptions, play } from './play.ts'
import { type Source, setOf } from './sources.ts'
import { average, differenceOf, type Mean, meanOf } from './statistics.ts'

export type ContestOptions = PlayOptions & {
  seeds: number
  halfLife: number
  only: readonly string[]
}

/** How one contestant did: mean value until each mark over the seeds, and the values of the seeds. */
export type Score = {
  contestant: string
  marks: (Mean & { mark: number; values: number[] })[]
  /** Of a log: the plain mean of what was accepted, and the value over all events until then. */
  log?: { accepted: number; plain: number; value: number }
}

/** How ours stands at a mark: against the best of the other learners there, and against chance. */
export type Verdict = {
  mark: number
  best: string
  ahead: Mean
  /** Not significantly (95 %, seed by seed) below the best of the others. */
  holds: boolean
  /** At least what chance brings; asked from 250 decisions on. */
  beatsChance: boolean
}

/** Of a log: the best fixed arm, what it gave on average, and what replaying it says. */
export type CrossCheck = {
  arm: number
  mean: number
  replayed: number
  robust: number
  agrees: boolean
}

export type Contest = {
  set: string
  kind: 'full' | 'logged'
  count: number
  people: number
  arms: number
  scores: Score[]
  verdicts: Verdict[]
  crossCheck?: CrossCheck
}

type Question = {
  source: Source
  contestant: string
  seed: number
  halfLife: number
  options: PlayOptions
}

/** Everybody plays on the same orders of people, seed by seed. */
export async function holdContest(
  crew: Crew,
  source: Source,
  { seeds, halfLife, only, rounds, delay, rate, control, driftAt }: ContestOptions,
  say: (line: string) => void,
): Promise<Contest> {
  const set = setOf(source)
  const options = { rounds, delay, rate, control, driftAt }
  const names = [...contestantsFor(set, halfLife).keys()].filter(
    (name) => only.length === 0 || only.some((part) => name.includes(part)),
  )
  const scores = await Promise.all(
    names.map(async (contestant) => {
      const questions = Array.from({ length: seeds }, (_, i): Question => {
        return { source, contestant, seed: i + 1, halfLife, options }
      })
      const score = scoreOf(contestant, await crew.askAll('playOnce', questions))
      say(`${set.name}: ${contestant} ${score.marks.map(({ mean }) => mean.toFixed(3)).join(' ')}`)
      return score
    }),
  )
  const { name, count, people, arms } = set
  return {
    set: name,
    kind: set.log ? 'logged' : 'full',
    count,
    people,
    arms,
    scores,
    verdicts: verdictsOf(scores),
    ...(set.log && { crossCheck: crossCheckOf(set) }),
  }
}

/** A job of the crew. */
export function playOnce({ source, contestant, seed, halfLife, options }: Question): Course {
  const set = setOf(source)
  return play(set, contestantsFor(set, halfLife).get(contestant)!, seed, options)
}

/** Marks that not every order of a log came to are left out. */
export function scoreOf(contestant: string, courses: readonly Course[]): Score {
  const reached = Math.min(...courses.map(({ points }) => points.length))
  const marks = Array.from({ length: reached }, (_, m) => {
    const values = courses.map(({ points }) => points[m]!.value)
    return { mark: courses[0]!.points[m]!.mark, ...meanOf(values), values }
  })
  const logs = courses.flatMap(({ log }) => log ?? [])
  if (logs.length === 0) return { contestant, marks }
  const mean = (part: 'accepted' | 'plain' | 'value') => average(logs.map((log) => log[part]))
  return {
    contestant,
    marks,
    log: { accepted: mean('accepted'), plain: mean('plain'), value: mean('value') },
  }
}

export function verdictsOf(scores: readonly Score[]): Verdict[] {
  const own = scores.find(({ contestant }) => contestant === OURS)
  const others = scores.filter(
    ({ contestant }) => contestant !== OURS && !LINES.includes(contestant),
  )
  const at = (score: Score | undefined, mark: number) =>
    score?.marks.find((one) => one.mark === mark)
  const chance = scores.find(({ contestant }) => contestant === UNIFORM)
  return (own?.marks ?? []).flatMap(({ mark, mean, values }) => {
    const there = others.flatMap((score) => {
      const reached = at(score, mark)
      return reached ? [{ name: score.contestant, ...reached }] : []
    })
    const best = there.toSorted((a, b) => b.mean - a.mean)[0]
    const uniform = at(chance, mark)
    if (!best || !uniform) return []
    const ahead = differenceOf(values, best.values)
    const holds = ahead.mean + (ahead.off ?? 0) >= 0
    return [{ mark, best: best.name, ahead, holds, beatsChance: mean >= uniform.mean }]
  })
}

/** A fixed arm that is replayed must give what it gave: every event of it is accepted, and no other. */
export function crossCheckOf(set: DataSet): CrossCheck {
  const arm = bestArmOf(set)
  const mean = rewardMeans(set)[arm]! * set.worth[arm]!
  const fixed = { name: '', make: () => ({ choose: () => arm, learn: () => undefined }) }
  const whole = { rounds: set.count, delay: 0, rate: 1, control: 0 }
  const { plain = 0, value = 0 } = play(set, fixed, 1, whole).log ?? {}
  return { arm, mean, replayed: plain, robust: value, agrees: Math.abs(plain - mean) < 1e-9 }
}

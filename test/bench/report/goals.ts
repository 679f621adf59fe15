import type { Series } from '../commands/claims.ts'
import { type Middle, ratioOf } from './stats.ts'

/** A ratio to reach: of two variants, by their rate or by how long the middle one of the answers took. */
type Goal = {
  figure: string
  of: string
  against: string
  by: 'perSecond' | 'p50'
  /** At least this for a rate, at most this for a time. */
  goal: number
  /** Where it counts; everywhere when left out. */
  connections?: number
}

const GOALS: readonly Goal[] = [
  {
    figure: 'hot share / textbook claim',
    of: 'claim, one hot share',
    against: 'textbook claim',
    by: 'perSecond',
    goal: 12,
  },
  {
    figure: 'hot share / bare insert',
    of: 'claim, one hot share',
    against: 'bare insert',
    by: 'perSecond',
    goal: 1,
  },
  {
    figure: 'every limit set / hot share',
    of: 'claim, every limit set',
    against: 'claim, one hot share',
    by: 'perSecond',
    goal: 0.9,
  },
  {
    figure: 'matched by the model / drawn at random',
    of: 'claim, half known, matched by the model',
    against: 'claim, half known, drawn at random',
    by: 'perSecond',
    goal: 0.9,
  },
  {
    figure: '200 shares / bare insert',
    of: 'claim, 200 shares',
    against: 'bare insert',
    by: 'perSecond',
    goal: 0.6,
  },
  {
    figure: '200 campaigns / bare insert',
    of: 'claim, 200 campaigns',
    against: 'bare insert',
    by: 'perSecond',
    goal: 0.5,
  },
  {
    figure: 'hot share / redis claim',
    of: 'claim, one hot share',
    against: 'redis claim',
    by: 'perSecond',
    goal: 1,
  },
  {
    figure: 'repeated / bare insert',
    of: 'claim, repeated',
    against: 'bare insert',
    by: 'perSecond',
    goal: 1,
  },
  {
    figure: 'idle p50, claim / bare insert',
    of: 'claim, one hot share',
    against: 'bare insert',
    by: 'p50',
    goal: 2,
    connections: 1,
  },
]

export type Reached = {
  figure: string
  connections: number
  goal: string
  ratio: Middle
  reached: boolean
}

/** What was reached of the goals, wherever both sides were measured. Ratios are taken round by round. */
export function goalsOf(series: readonly Series[]): Reached[] {
  const levels = [...new Set(series.map(({ connections }) => connections))]
  return GOALS.flatMap(({ figure, of, against, by, goal, connections }) =>
    levels
      .filter((level) => (connections === undefined ? level > 1 : level === connections))
      .flatMap((level) => {
        const values = (name: string) =>
          series
            .find((one) => one.variant === name && one.connections === level)
            ?.rounds.map((round) => (by === 'p50' ? round.milliseconds.p50 : round.perSecond))
        const [these, those] = [values(of), values(against)]
        if (!these || !those) return []
        const ratio = ratioOf(these, those)
        const reached = by === 'p50' ? ratio.median <= goal : ratio.median >= goal
        return [
          {
            figure,
            connections: level,
            goal: `${by === 'p50' ? '≤' : '≥'} ${goal}×`,
            ratio,
            reached,
          },
        ]
      }),
  )
}

import { USUAL_PRIOR } from '../../../src/matching/model.ts'
import type { Draw } from './chance.ts'
import { type DataSet, meanSquareOf } from './data-set.ts'
import type { Setting } from './learner.ts'

/** What every contestant is told of a set. Nobody is told how often the answer is yes. */
export function settingOf(set: DataSet, draw: Draw): Setting {
  const { people, arms, worth } = set
  return { people, arms, worth, baseRate: USUAL_PRIOR.baseRate, draw, ...factsOf(set) }
}

type Facts = Pick<Setting, 'meanSquare' | 'segments' | 'segmentOf'>

const FACTS = new WeakMap<DataSet, Facts>()

/** Found once for a set, since all seeds ask for it. */
function factsOf(set: DataSet): Facts {
  const known = FACTS.get(set)
  if (known) return known
  const facts = { meanSquare: meanSquareOf(set), ...segmentsOf(set) }
  FACTS.set(set, facts)
  return facts
}

/** Eight segments, by the three features that divide people most evenly. */
function segmentsOf({ people, x, count }: DataSet): Pick<Setting, 'segments' | 'segmentOf'> {
  const unevenness = Array.from({ length: people }, (_, j) => {
    let above = 0
    for (let i = 0; i < count; i++) if (x[i * people + j]! > 0) above++
    return { j, off: Math.abs(above / count - 0.5) }
  })
  const chosen = unevenness.toSorted((a, b) => a.off - b.off).slice(0, 3)
  return {
    segments: 8,
    segmentOf: (person) =>
      chosen.reduce((at, { j }, bit) => at + (person[j]! > 0 ? 1 << bit : 0), 0),
  }
}

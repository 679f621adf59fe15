import type { MatchingSettings } from '../../domain/views.ts'
import { type Read, Reader } from './read-field.ts'

/** What stands in the form of what the model is told: percentages as they are typed. */
export type MatchingValues = { margin: string; control: string; poolsLearning: boolean }

export function valuesOfMatching(settings: MatchingSettings): MatchingValues {
  const { marginBp, controlBp, poolsLearning } = settings
  return {
    margin: marginBp === null ? '' : String(marginBp / 100),
    control: String(controlBp / 100),
    poolsLearning,
  }
}

/** Only what is different; a margin that was emptied is stated no more. */
export function readMatching(
  values: MatchingValues,
  settings: MatchingSettings,
): Read<keyof MatchingValues> {
  const reader = new Reader<keyof MatchingValues>()
  const { margin, control, poolsLearning } = values
  const read: MatchingSettings = {
    marginBp: reader.optionalPercent('margin', margin) ?? null,
    controlBp: reader.optionalPercent('control', control, [0, 5000], 'percentOfHalf') ?? 0,
    poolsLearning,
  }
  const changed = Object.entries(read).filter(
    ([name, value]) => settings[name as keyof MatchingSettings] !== value,
  )
  return { body: Object.fromEntries(changed), faults: reader.faults }
}

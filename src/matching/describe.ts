import {
  FIT_FEATURES,
  type KindFacts,
  type Moment,
  PERSON_FEATURES,
  type PersonFacts,
  type Scale,
  TERM_FEATURES,
} from './features.ts'

/** The person as the model sees them: a number for each of PERSON_FEATURES. @patent 3 7 */
export function describePerson(person: PersonFacts, moment: Moment, scale: Scale): number[] {
  return PERSON_FEATURES.map((feature) => within(feature.range, feature.of(person, moment, scale)))
}

/** The terms of something to choose as the model sees them, whoever asks. @patent 8 */
export function describeTerms(kind: KindFacts): number[] {
  return TERM_FEATURES.map((feature) => within(feature.range, feature.of(kind)))
}

/** How something to choose fits this person, as the model sees it. @patent 8 */
export function describeFit(kind: KindFacts, person: PersonFacts, moment: Moment): number[] {
  return FIT_FEATURES.map((feature) => within(feature.range, feature.of(kind, person, moment)))
}

/** All features go in steps of this, so that people who are much alike are told alike. */
export const STEP = 1 / 8

/** What is no number is as if missing. */
function within([least, most]: readonly [number, number], value: number): number {
  if (Number.isNaN(value)) return 0
  return Math.round(Math.min(most, Math.max(least, value)) / STEP) * STEP + 0
}

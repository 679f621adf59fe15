import type { Place } from '../state/journey.ts'

/** Brings a column onto the screen. */
export function showColumn(place: Place): void {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  const behavior = isCalm ? 'instant' : 'smooth'
  document.getElementById(`column-${place}`)?.scrollIntoView({ behavior, inline: 'center' })
}

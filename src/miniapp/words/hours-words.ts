import { ALWAYS, type Hours } from '../../domain/campaign-terms.ts'
import type { ShopWords } from './shop-words.ts'

const MONDAY = Date.UTC(2024, 0, 1)
const DAY_MS = 86_400_000

/** The days of a week from Monday, as short as the language has them. */
export function weekdayNames(locale: string): string[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  return Array.from({ length: 7 }, (_, day) => format.format(MONDAY + day * DAY_MS))
}

/** When something is open, e.g. `Mon–Fri · 11:00–14:00`; undefined when it always is. */
export function tellHours(
  { weekdays, fromMinute, toMinute }: Hours,
  { locale }: Pick<ShopWords, 'locale'>,
): string | undefined {
  const isAllDay = fromMinute === ALWAYS.fromMinute && toMinute === ALWAYS.toMinute
  const days = weekdays === ALWAYS.weekdays ? '' : tellDays(weekdays, weekdayNames(locale))
  const times = isAllDay ? '' : `${writeTime(fromMinute)}–${writeTime(toMinute)}`
  return [days, times].filter((part) => part !== '').join(' · ') || undefined
}

/** Days in a row are told by the first and the last. */
function tellDays(weekdays: number, names: readonly string[]): string {
  const runs: string[][] = []
  names.forEach((name, day) => {
    if (((weekdays >> day) & 1) === 0) return
    const isNext = day > 0 && ((weekdays >> (day - 1)) & 1) === 1
    if (isNext) runs.at(-1)?.push(name)
    else runs.push([name])
  })
  const told = runs.flatMap((run) => (run.length > 2 ? `${run[0]}–${run.at(-1)}` : run))
  return told.join(', ')
}

/** Minutes of a day as a clock shows them: the end of the day is `00:00`. */
function writeTime(minute: number): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`
}

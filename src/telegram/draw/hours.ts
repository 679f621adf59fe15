import type { Hours } from '../../domain/campaign-terms.ts'
import { clock } from '../../domain/write-rule.ts'
import type { Texts } from '../texts.ts'

/** `Mon–Fri 11:00–14:00`; days that are all days and times that are the whole day are left out. */
export function hoursWords(t: Texts, { weekdays, fromMinute, toMinute }: Hours): string {
  const isWholeDay = fromMinute === 0 && toMinute === 1440
  return [
    weekdays === 127 ? '' : weekdayWords(t, weekdays),
    isWholeDay ? '' : `${clock(fromMinute)}–${clock(toMinute)}`,
  ]
    .filter(Boolean)
    .join(' ')
}

/** Days as bits, Monday the lowest; three or more in a row are a range: `Mon–Fri`. */
export function weekdayWords(t: Texts, bits: number): string {
  const days = [0, 1, 2, 3, 4, 5, 6].filter((day) => (bits >> day) & 1)
  const runs: number[][] = []
  for (const day of days) {
    const run = runs.at(-1)
    if (run?.at(-1) === day - 1) run.push(day)
    else runs.push([day])
  }
  return runs
    .flatMap((run) =>
      run.length < 3
        ? run.map((day) => weekdayName(t, day))
        : [`${weekdayName(t, run[0] ?? 0)}–${weekdayName(t, run.at(-1) ?? 0)}`],
    )
    .join(t.plain('list-comma'))
}

/** 1 January 2024 was a Monday. */
function weekdayName(t: Texts, day: number): string {
  const locale = t.language === 'zh' ? 'zh-CN' : 'en-GB'
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  return format.format(new Date(Date.UTC(2024, 0, 1 + day)))
}

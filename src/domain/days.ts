/** The day of an instant by the clocks of a zone: `2026-03-29`. */
export function dayOf(instant: Date, zone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(instant.getTime())
  return at.toZonedDateTimeISO(zone).toPlainDate().toString()
}

/** The instant at which a day begins by the clocks of a zone. */
export function startOfDay(day: string, zone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds)
}

/** The end of the day that an instant lies in; what ends as a day begins ends with the day before. */
export function endOfDay(instant: Date, zone: string): Date {
  const day = dayOf(new Date(instant.getTime() - 1), zone)
  return startOfDay(daysLater(day, 1), zone)
}

/** The day so many days later, or earlier. */
export function daysLater(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

/** Every day from one to another, both included. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = daysLater(day, 1)) days.push(day)
  return days
}

/** Whether a text is a day of the calendar: 29 February only in a leap year. */
export function isDay(text: string): boolean {
  if (!/^[12]\d{3}-\d\d-\d\d$/.test(text)) return false
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}

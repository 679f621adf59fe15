import { type Form, FormError, wholeField } from './form.ts'

const DAY_MS = 24 * 3600 * 1000
const EXAMPLE = '2027-03-31'

/** The end of a day in a zone (`until=`), or so many days from now (`days=`); nothing when neither is there. */
export function endField(form: Form, zone: string, now: Date): Date | undefined {
  const until = form.named.get('until')
  if (until !== undefined && form.named.has('days')) throw new FormError('fault-until_or_days')
  if (until === undefined) {
    if (!form.named.has('days')) return undefined
    return new Date(now.getTime() + wholeField(form, 'days', [1, 730]) * DAY_MS)
  }
  const end = startOfDay(until, zone, 1)
  if (!end) throw new FormError('fault-date', { field: 'until', example: EXAMPLE })
  if (end <= now) throw new FormError('fault-over')
  return end
}

/** The start of a day in a zone; today is now. */
export function startField(form: Form, zone: string, now: Date): Date | undefined {
  const from = form.named.get('from')
  if (from === undefined) return undefined
  const start = startOfDay(from, zone, 0)
  if (!start) throw new FormError('fault-date', { field: 'from', example: EXAMPLE })
  const endOfIt = startOfDay(from, zone, 1)
  if (!endOfIt || endOfIt <= now) throw new FormError('fault-began')
  return start < now ? now : start
}

/** 29 February of a common year is no day. */
function startOfDay(day: string, zone: string, daysOn: number): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return undefined
  try {
    const start = Temporal.PlainDate.from(day, { overflow: 'reject' })
      .add({ days: daysOn })
      .toZonedDateTime(zone)
    return new Date(start.epochMilliseconds)
  } catch {
    return undefined
  }
}

import { daysLater, isDay, startOfDay } from '../domain/days.ts'
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
  const end = startOfDay(daysLater(checkDay(until, 'until'), 1), zone)
  if (end <= now) throw new FormError('fault-over')
  return end
}

/** The start of a day in a zone; today is now. */
export function startField(form: Form, zone: string, now: Date): Date | undefined {
  const from = form.named.get('from')
  if (from === undefined) return undefined
  const start = startOfDay(checkDay(from, 'from'), zone)
  if (startOfDay(daysLater(from, 1), zone) <= now) throw new FormError('fault-began')
  return start < now ? now : start
}

function checkDay(text: string, field: string): string {
  if (!isDay(text)) throw new FormError('fault-date', { field, example: EXAMPLE })
  return text
}

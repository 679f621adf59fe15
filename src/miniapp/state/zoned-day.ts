/**
 * The instant at which a day of the calendar begins in a zone, as an ISO string; undefined when there is
 * no such day or zone. Where the clocks skip midnight, the day begins with its first minute.
 *
 * @param day `2027-03-31`
 */
export function startOfDay(day: string, zone: string): string | undefined {
  const midnight = midnightOf(day)
  if (midnight === undefined || !isZone(zone)) return undefined
  // midnight by the clocks of the zone: guessed with one offset, and put right with the one found there
  const guess = midnight - offsetAt(midnight, zone)
  const start = midnight - offsetAt(guess, zone)
  const isSkipped = start + offsetAt(start, zone) < midnight
  return new Date(isSkipped ? guess : start).toISOString()
}

/** The instant at which the day is over, which is when the next one begins. */
export function endOfDay(day: string, zone: string): string | undefined {
  const midnight = midnightOf(day)
  return midnight === undefined ? undefined : startOfDay(dayOf(midnight + DAY_MS), zone)
}

/** The day of the calendar that an instant falls on in a zone. */
export function dayIn(at: number, zone: string): string {
  return dayOf(at + offsetAt(at, zone))
}

export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** The zone of this device. */
export function ownZone(): string {
  return new Intl.DateTimeFormat('en').resolvedOptions().timeZone || 'UTC'
}

const DAY_MS = 86_400_000

function midnightOf(day: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return undefined
  const midnight = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(midnight) || dayOf(midnight) !== day ? undefined : midnight
}

function dayOf(utc: number): string {
  return new Date(utc).toISOString().slice(0, 10)
}

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
function offsetAt(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const number = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const local = Date.UTC(
    number('year'),
    number('month') - 1,
    number('day'),
    number('hour'),
    number('minute'),
    number('second'),
  )
  return local - Math.floor(at / 1000) * 1000
}

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const DAY = new Intl.DateTimeFormat('en-GB', { month: 'long', day: 'numeric' })

export function clockOf(unixSeconds: number): string {
  return CLOCK.format(unixSeconds * 1000)
}

export function dayName(date: Date, today: Date): string {
  return date.toDateString() === today.toDateString() ? 'Today' : DAY.format(date)
}

export type DateReader = (text: string, zone: string) => Date | 'not_in_format' | 'no_such_time'

/**
 * Makes a reader for dates written like `M/D/YY H:mm`, or undefined when the format makes no sense.
 *
 * Parts: YYYY, YY (20YY), MM, DD, HH, mm, ss with all their digits; M, D, H with one or two. Year,
 * month and day must be there, each part once; the rest stands for itself, of letters only T.
 *
 * A clock time is meant in the zone. One that was skipped when the clocks went forward does not
 * exist, nor does 31 February; one that came twice when they went back is the first of the two.
 */
export function compileDateFormat(format: string): DateReader | undefined {
  const pattern = compilePattern(format)
  if (!pattern) return undefined

  return (text, zone) => {
    const parts = pattern.exec(text)?.groups
    if (!parts) return 'not_in_format'
    const local = localTime(parts)
    const moment = local?.toZonedDateTime(zone, { disambiguation: 'earlier' })
    if (!local || !moment?.toPlainDateTime().equals(local)) return 'no_such_time'
    return new Date(moment.epochMilliseconds)
  }
}

function compilePattern(format: string): RegExp | undefined {
  const names: string[] = []
  const source = format.replaceAll(/YYYY|YY|MM?|DD?|HH?|mm|ss|./gs, (token) => {
    const [name, digits] = PARTS.get(token) ?? []
    if (!name && !/[A-SU-Za-z]/.test(token)) return RegExp.escape(token)
    names.push(name ?? `unknown ${token}`)
    return `(?<${name}>${digits})`
  })
  const known = ['year', 'month', 'day', 'hour', 'minute', 'second']
  const isComplete = known.slice(0, 3).every((name) => names.includes(name))
  const isClear = names.every((name, at) => known.includes(name) && names.indexOf(name) === at)
  return isComplete && isClear ? new RegExp(`^${source}$`) : undefined
}

function localTime(parts: Record<string, string>): Temporal.PlainDateTime | undefined {
  const { year = '', month, day, hour = 0, minute = 0, second = 0 } = parts
  const fields = {
    year: Number(year.length === 2 ? `20${year}` : year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  }
  try {
    return Temporal.PlainDateTime.from(fields, { overflow: 'reject' })
  } catch {
    return undefined
  }
}

const PARTS: ReadonlyMap<string, [name: string, digits: string]> = new Map([
  ['YYYY', ['year', '\\d{4}']],
  ['YY', ['year', '\\d{2}']],
  ['MM', ['month', '\\d{2}']],
  ['M', ['month', '\\d{1,2}']],
  ['DD', ['day', '\\d{2}']],
  ['D', ['day', '\\d{1,2}']],
  ['HH', ['hour', '\\d{2}']],
  ['H', ['hour', '\\d{1,2}']],
  ['mm', ['minute', '\\d{2}']],
  ['ss', ['second', '\\d{2}']],
])

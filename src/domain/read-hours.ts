import { ALWAYS, type Hours } from './campaign-terms.ts'

/**
 * Reads hours as people write them: `mon-fri 11:00-14:00`, `weekend`, `22:00-02:00`, 周一至周五 11:00-14:00.
 * Days left out are all days, times left out the whole day; an end that is not after its start is on
 * the next day. Nothing else is taken: undefined.
 */
export function readHours(text: string): Hours | undefined {
  const words = plainOf(text).split(/\s+/).filter(Boolean)
  const times = words.filter((word) => word.includes(':'))
  const days = words.filter((word) => !word.includes(':')).join(',')
  if (words.length === 0 || times.length > 1) return undefined
  const weekdays = days === '' ? ALWAYS.weekdays : readWeekdays(days)
  const minutes = times[0] === undefined ? ALWAYS : readTimes(times[0])
  if (!weekdays || !minutes) return undefined
  return { weekdays, fromMinute: minutes.fromMinute, toMinute: minutes.toMinute }
}

const NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const CHARACTERS = '一二三四五六日'

/** Wide and curly signs as a telephone writes them, and the days of other scripts, in plain ones. */
function plainOf(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[–—−~至到]/g, '-')
    .replace(/\bweekends?\b|周末/g, 'sat,sun')
    .replace(/\bweekdays?\b|工作日/g, 'mon-fri')
    .replace(/[、;]/g, ',')
    .replace(/(?:周|星期|礼拜)?([一二三四五六日天])/g, (_, day: string) =>
      nameOf(CHARACTERS.indexOf(day === '天' ? '日' : day)),
    )
    .replace(/\s*([-,])\s*/g, '$1')
}

function nameOf(day: number): string {
  return NAMES[day] ?? ''
}

/** Bits from Monday; a range may go over the end of the week. */
function readWeekdays(text: string): number | undefined {
  let bits = 0
  for (const part of text.split(',')) {
    const [first = '', last = first, ...more] = part.split('-')
    const [from, to] = [dayOf(first), dayOf(last)]
    if (from < 0 || to < 0 || more.length > 0) return undefined
    for (let day = from; ; day = (day + 1) % 7) {
      bits |= 1 << day
      if (day === to) break
    }
  }
  return bits
}

/** `mon`, `monday`, `tues`: the first three letters tell, and what follows must go on with the name. */
function dayOf(word: string): number {
  const full = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
  return word.length < 3 ? -1 : full.findIndex((name) => name.startsWith(word))
}

function readTimes(text: string): { fromMinute: number; toMinute: number } | undefined {
  const [, from = '', to = ''] = /^(\d{1,2}:\d\d)-(\d{1,2}:\d\d)$/.exec(text) ?? []
  const [fromMinute, toMinute] = [minuteOf(from), minuteOf(to)]
  if (fromMinute === undefined || toMinute === undefined || fromMinute === 1440) return undefined
  const end = toMinute === 0 ? 1440 : toMinute
  return fromMinute === end ? undefined : { fromMinute, toMinute: end }
}

/** 24:00 is the end of the day. */
function minuteOf(text: string): number | undefined {
  if (text === '') return undefined
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  const minute = hours * 60 + minutes
  return minutes < 60 && minute <= 1440 ? minute : undefined
}

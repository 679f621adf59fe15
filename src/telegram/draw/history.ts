import { ALWAYS } from '../../domain/campaign-terms.ts'
import type { ChangedValues, ChangeView } from '../../domain/views.ts'
import { clock } from '../../domain/write-rule.ts'
import { fittingLines, type Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { hoursWords } from './hours.ts'
import { bold, cut, GAP, html, linesOf } from './parts.ts'

const MOST = 20

/** What the changes are worded with; `selfId` is who reads. */
type HistoryTerms = { currency: string; zone: string; selfId: string }

/** Who changed what, newest first; `title` says of what. */
export function drawHistory(
  t: Texts,
  title: string,
  changes: readonly ChangeView[],
  terms: HistoryTerms,
): Message {
  const head = `🕘 ${bold(title)}`
  if (changes.length === 0) return { text: linesOf(head, t.html('history-none')) }
  const fitting = fittingLines(
    changes.map((change) => drawChange(t, change, terms)),
    head,
    MOST,
  )
  return {
    text: linesOf(
      head,
      ...fitting.lines,
      fitting.left > 0 && t.html('and-more', { count: fitting.left }),
    ),
  }
}

function drawChange(t: Texts, change: ChangeView, terms: HistoryTerms): string {
  const { subject, action, happenedAt } = change
  const id = `history-${subject}-${action}`
  const name = cut(nameOf(t, change, terms.selfId), 60)
  return linesOf(
    GAP,
    `${html(t.moment(happenedAt, terms.zone))} · ${drawWho(t, change, terms.selfId)}`,
    t.has(id) ? t.html(id, { name }) : t.html('history-other', { name, action }),
    ...drawDifference(t, change, terms).map((line) => `· ${line}`),
  )
}

/** Somebody of the staff without a label is called by the number that Telegram knows them by. */
function nameOf(t: Texts, { subject, subjectId, subjectName }: ChangeView, selfId: string): string {
  if (subjectName !== undefined || subject !== 'staff') return subjectName ?? ''
  if (subjectId === selfId) return t.plain('staff-you')
  const [platform, number = ''] = subjectId.split(':')
  return platform === 'telegram' ? number : t.plain('history-by-erased')
}

/** A member of staff by their label or number, the shop's own system, or the operator. */
function drawWho(t: Texts, { by, byLabel }: ChangeView, selfId: string): string {
  if (by === selfId) return t.html('staff-you')
  const [platform = '', number = ''] = by.split(':')
  if (platform !== 'telegram') return t.html(`history-by-${platform}`)
  return `<a href="tg://user?id=${html(number)}">${html(byLabel ?? number)}</a>`
}

/**
 * What is different, each with what it was and what it is. What has no words of its own is left out, and
 * so is the name of what is new: it stands above.
 */
function drawDifference(
  t: Texts,
  { before, after }: Pick<ChangeView, 'before' | 'after'>,
  terms: HistoryTerms,
): string[] {
  const names = Object.keys({ ...before, ...after }).filter(
    (name) => t.has(`term-${kebab(name)}`) && (name !== 'name' || before['name'] !== undefined),
  )
  return names.map((name) => {
    const [was, is] = [before, after].map((values) => wordsOf(t, name, values, terms))
    const term = t.plain(`term-${kebab(name)}`)
    if (was === undefined) return t.html('history-is', { term, is: is ?? '' })
    if (is === undefined) return t.html('history-is', { term, is: was })
    return t.html('history-was-is', { term, was, is })
  })
}

function wordsOf(
  t: Texts,
  name: string,
  values: ChangedValues,
  { currency, zone }: HistoryTerms,
): string | undefined {
  const value = values[name]
  if (value === undefined) return undefined
  const none = `term-${kebab(name)}-none`
  if (value === null) return t.plain(t.has(none) ? none : 'term-none')
  if (Array.isArray(value)) return t.plain('term-number', { count: value.length })
  if (typeof value === 'object') return t.plain('term-changed')
  if (name.endsWith('Minor')) return t.money(Number(value), currency)
  if (name.endsWith('Bp')) return t.percent(Number(value))
  if (name === 'endsAt') return endWords(t, new Date(`${value}`), zone)
  if (name.endsWith('At')) return t.moment(new Date(`${value}`), zone)
  if (name === 'openWeekdays') return weekdaysWords(t, Number(value))
  if (name.endsWith('Minute')) return clock(Number(value))
  if (name === 'shareTtlSeconds') return t.plain('term-hours', { count: Number(value) / 3600 })
  const id = `term-${kebab(name)}-${value}`
  return cut(t.has(id) ? t.plain(id) : `${value}`, 80)
}

function weekdaysWords(t: Texts, weekdays: number): string {
  if (weekdays === ALWAYS.weekdays) return t.plain('term-every-day')
  return hoursWords(t, { ...ALWAYS, weekdays })
}

/** What ends as a day begins ends with the day before. */
function endWords(t: Texts, endsAt: Date, zone: string): string {
  const isMidnight = t.moment(endsAt, zone).includes(' 00:00 ')
  return isMidnight ? t.day(new Date(endsAt.getTime() - 1), zone) : t.moment(endsAt, zone)
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

import { readFileSync } from 'node:fs'
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle'
import { formatMoney } from '../domain/money.ts'
import type { Language } from '../domain/views.ts'
import { escapeHtml } from './escape.ts'

export type Arguments = Record<string, string | number | Html>

/** HTML of our own making, which is not escaped again. */
type Html = { html: string }

/** The words of one language. What is missing is a mistake of ours and is thrown. */
export type Texts = {
  language: Language
  /** A text for a message of parse mode HTML: what is put in is escaped. */
  html(id: string, args?: Arguments): string
  /** A text for buttons, alerts and titles, which have no markup. */
  plain(id: string, args?: Arguments): string
  has(id: string): boolean
  money(minor: number, currency: string): string
  /** Basis points. */
  percent(basisPoints: number): string
  /** Date, time and the zone's name; or the date alone. */
  moment(instant: Date, zone?: string): string
  day(instant: Date, zone?: string): string
}

export const LANGUAGES: readonly Language[] = ['en', 'zh']

export function textsIn(language: Language): Texts {
  return TEXTS[language]
}

const LOCALES: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' }
const TEXTS: Record<Language, Texts> = { en: readTexts('en'), zh: readTexts('zh') }

function readTexts(language: Language): Texts {
  const locale = LOCALES[language]
  // Without the invisible marks around what is put in: they would be copied along with a code.
  const bundle = new FluentBundle(locale, { useIsolating: false })
  const file = new URL(`texts/${language}.ftl`, import.meta.url)
  for (const error of bundle.addResource(new FluentResource(readFileSync(file, 'utf8'))))
    throw error

  const format = (id: string, args: Record<string, FluentVariable>): string => {
    const pattern = bundle.getMessage(id)?.value
    if (!pattern) throw new Error(`There is no text "${id}" in ${language}.`)
    return bundle.formatPattern(pattern, args)
  }
  return {
    language,
    html: (id, args = {}) => format(id, mapArguments(args, escapeHtml)),
    plain: (id, args = {}) =>
      format(
        id,
        mapArguments(args, (text) => text),
      ),
    has: (id) => bundle.hasMessage(id),
    money: (minor, currency) => formatMoney(minor, currency, locale),
    percent: (basisPoints) => percentIn(locale).format(basisPoints / 10_000),
    moment: (instant, zone = 'UTC') =>
      `${dayIn(locale, zone).format(instant)} ${timeIn(zone).format(instant)}`,
    day: (instant, zone = 'UTC') => dayIn(locale, zone).format(instant),
  }
}

function mapArguments(
  args: Arguments,
  treat: (text: string) => string,
): Record<string, FluentVariable> {
  const given = Object.entries(args).map(([name, value]) => {
    if (typeof value === 'string') return [name, treat(value)]
    return [name, typeof value === 'number' ? value : value.html]
  })
  return Object.fromEntries(given) as Record<string, FluentVariable>
}

function percentIn(locale: string): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 })
}

/** `10:00 GMT`, written alike in every language. */
function timeIn(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  })
}

function dayIn(locale: string, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone,
  })
}

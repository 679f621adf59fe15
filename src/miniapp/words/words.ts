import { formatMoney } from '../../domain/money.ts'
import { type Language, languageOf, type Texts, textsIn } from '../texts/texts.ts'

/** Everything that is said, in one person's language: texts, and how money and dates are written there. */
export type Words = {
  language: Language
  locale: string
  texts: Texts
  money: (minor: number, currency: string) => string
  /** A day, e.g. `5 Dec 2026`. */
  day: (instant: string, zone?: string) => string
  /** A day and the time of day. */
  moment: (instant: string, zone?: string) => string
}

/**
 * @param tag        what the server keeps for the customer, e.g. `en` or `zh-hans`
 * @param preferred  what the device is set to, the most wanted first; says how `en` is written (5 Dec, Dec 5)
 */
export function wordsIn(tag: string, preferred: readonly string[]): Words {
  const language = languageOf(tag)
  const locale = localeOf(language, preferred)
  return {
    language,
    locale,
    texts: textsIn(language),
    money: (minor, currency) => formatMoney(minor, currency, locale),
    day: (instant, zone) => write(instant, locale, { dateStyle: 'medium' }, zone),
    moment: (instant, zone) =>
      write(instant, locale, { dateStyle: 'medium', timeStyle: 'short' }, zone),
  }
}

function localeOf(language: Language, preferred: readonly string[]): string {
  if (language === 'zh') return 'zh-CN'
  return preferred.find((tag) => /^en\b/i.test(tag)) ?? 'en-GB'
}

function write(
  instant: string,
  locale: string,
  style: Intl.DateTimeFormatOptions,
  timeZone: string | undefined,
): string {
  const format = new Intl.DateTimeFormat(locale, { ...style, ...(timeZone && { timeZone }) })
  return format.format(new Date(instant))
}

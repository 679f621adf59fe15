import { formatMoney } from '../../domain/money.ts'
import { type Language, languageOf, type Texts, textsIn } from '../texts/texts.ts'

const LOCALES: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' }

/** Everything that is said, in one person's language: texts, and how money and dates are written there. */
export type Words = {
  language: Language
  locale: string
  texts: Texts
  money: (minor: number, currency: string) => string
  /** A number of things, with its thousands apart. */
  count: (many: number) => string
  /** A day, e.g. `5 Dec 2026`. */
  day: (instant: string, zone?: string) => string
  /** A day and the time of day. */
  moment: (instant: string, zone?: string) => string
  /** The time of day. */
  time: (instant: string) => string
}

/**
 * Amounts and dates are written as the bot writes them, whatever the device is set to.
 *
 * @param tag what the server keeps for the customer, e.g. `en` or `zh-hans`
 */
export function wordsIn(tag: string): Words {
  const language = languageOf(tag)
  const locale = LOCALES[language]
  return {
    language,
    locale,
    texts: textsIn(language),
    money: (minor, currency) => formatMoney(minor, currency, locale),
    count: (many) => new Intl.NumberFormat(locale).format(many),
    day: (instant, zone) => write(instant, locale, { dateStyle: 'medium' }, zone),
    moment: (instant, zone) =>
      write(instant, locale, { dateStyle: 'medium', timeStyle: 'short' }, zone),
    time: (instant) => write(instant, locale, { timeStyle: 'short' }),
  }
}

function write(
  instant: string,
  locale: string,
  style: Intl.DateTimeFormatOptions,
  timeZone?: string,
): string {
  const format = new Intl.DateTimeFormat(locale, { ...style, ...(timeZone && { timeZone }) })
  return format.format(new Date(instant))
}

import { sayGroup } from '../../domain/group-words.ts'
import {
  LEAST_COMPARED,
  LEAST_JUDGED,
  possible,
  priceMinor,
  tightnessOf,
  verdictOn,
} from '../../domain/lift.ts'
import type {
  BudgetPrice,
  MatchingDriver,
  MatchingSettings,
  MatchingWhatIf,
} from '../../domain/views.ts'
import type { Report } from '../api/shop-answers.ts'
import type { ShopWords } from './shop-words.ts'

/** What a hundred choices bring, in money or in redemptions. */
export function tellHundred(
  each: number,
  objective: Report['objective'],
  currency: string,
  { texts, money, count }: ShopWords,
): string {
  if (objective === 'money') return money(Math.round(100 * each), currency)
  return texts.matching.redemptions(count(Math.round(1000 * each) / 10 + 0))
}

type LiftOf = Pick<Report, 'lift' | 'objective' | 'outcomes' | 'compared'>

/** What it brings against the preset one: in a word, and with its bounds. */
export function tellLift(
  { lift, objective, outcomes, compared }: LiftOf,
  currency: string,
  words: ShopWords,
): { title: string; text: string } {
  const { matching: t } = words.texts
  const verdict = verdictOn(lift)
  const title = t.verdicts[verdict]
  if (!lift || verdict === 'early') {
    const there = t.early(words.count(outcomes), words.count(compared))
    const takes = t.takes(words.count(LEAST_JUDGED), words.count(LEAST_COMPARED))
    return { title, text: `${there} ${takes}` }
  }
  const amount = (each: number) => tellHundred(Math.abs(each), objective, currency, words)
  const [least, most] = verdict === 'worse' ? [lift.high, lift.low] : [lift.low, lift.high]
  const text = t.lift[verdict](
    amount(lift.mean),
    amount(least),
    amount(most),
    words.count(lift.count),
  )
  return { title, text }
}

/** Who gets something more often than others, or less. */
export function tellDriver(
  { name, feature, withIt, without }: MatchingDriver,
  { texts, language, locale }: ShopWords,
): string {
  const percent = new Intl.NumberFormat(locale, { style: 'percent' })
  const group = sayGroup(feature)[language]
  return texts.matching.driver(name, group, percent.format(withIt), percent.format(without))
}

const MOST_DRIVERS = 6

/** What moves the choice most comes first. */
export function strongest(drivers: readonly MatchingDriver[]): MatchingDriver[] {
  const moves = ({ withIt, without }: MatchingDriver) => Math.abs(withIt - without)
  return [...drivers].sort((a, b) => moves(b) - moves(a)).slice(0, MOST_DRIVERS)
}

/** What a tight budget asks; without a margin nothing is counted in money. */
export function tellPrice(
  price: BudgetPrice,
  { marginBp }: MatchingSettings,
  currency: string,
  { texts, money }: ShopWords,
): string {
  const { matching: t } = texts
  const tight = t.tight[tightnessOf(price)]
  if (marginBp === null) return t.price(price.name, tight)
  const { given, needed } = priceMinor(price.lambda, currency)
  return t.priceMoney(price.name, tight, money(given, currency), money(needed, currency))
}

/** What following something else would have brought. */
export function tellWhatIf(
  { policy, name = '', doublyRobust }: MatchingWhatIf,
  objective: Report['objective'],
  currency: string,
  words: ShopWords,
): { label: string; range: string } {
  const { matching: t } = words.texts
  const [least, most] = possible(doublyRobust, objective).map((each) =>
    tellHundred(each, objective, currency, words),
  )
  const label = { always: t.always(name), random: t.random, preset: t.allPreset }[policy]
  return { label, range: t.range(least ?? '', most ?? '') }
}

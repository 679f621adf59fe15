import { sayGroup } from '../../domain/group-words.ts'
import {
  hasChoice,
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
  MatchingPoint,
  MatchingReport,
  MatchingSettings,
  MatchingView,
  RoleAtMerchant,
} from '../../domain/views.ts'
import { mayUse } from '../commands.ts'
import type { Button, Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { bold, callbackButton, cut, GAP, html, linesOf } from './parts.ts'

type Shop = Pick<RoleAtMerchant, 'merchantId' | 'merchantName' | 'role'>

const MOST_LISTED = 3

/** What a merchant told the model, what it brings, what drives it, and what budgets ask. @patent 12 */
export function drawMatching(
  t: Texts,
  shop: Shop,
  { settings, reports, prices, currency }: MatchingView,
  news?: string,
): Message {
  const tight = prices.filter((price) => tightnessOf(price) !== 'loose').slice(0, MOST_LISTED)
  return {
    text: linesOf(
      news && `${news}\n`,
      `🎯 ${bold(t.html('matching-title', { merchant: shop.merchantName }))}`,
      ...drawSettings(t, settings),
      ...reports.filter(hasChoice).flatMap((report) => drawReport(t, report, currency)),
      tight.length > 0 && GAP,
      ...tight.map((price) => drawPrice(t, price, settings.marginBp === null, currency)),
    ),
    buttons: resumeButtons(t, shop, stoppedOf(reports)),
  }
}

/** Without a margin nothing is counted in money. */
function drawPrice(t: Texts, price: BudgetPrice, hasNoMargin: boolean, currency: string): string {
  const tight = t.plain(`matching-tight-${tightnessOf(price)}`)
  const { given, needed } = priceMinor(price.lambda, currency)
  return t.html(hasNoMargin ? 'matching-price' : 'matching-price-money', {
    name: cut(price.name, 60),
    tight,
    given: t.money(given, currency),
    needed: t.money(needed, currency),
  })
}

function drawSettings(
  t: Texts,
  { marginBp, controlBp, poolsLearning }: MatchingSettings,
): string[] {
  return [
    marginBp === null
      ? t.html('matching-margin-none')
      : t.html('matching-margin', { percent: t.percent(marginBp) }),
    controlBp === 0
      ? t.html('matching-control-none')
      : t.html('matching-control', { percent: t.percent(controlBp) }),
    t.html(poolsLearning ? 'matching-pool-on' : 'matching-pool-off'),
  ]
}

function drawReport(t: Texts, report: MatchingReport, currency: string): (string | false)[] {
  const { point, learnt, isFrozen, stoppedAt, personal, outcomes } = report
  return [
    GAP,
    bold(t.html(`matching-point-${point}`)),
    stoppedAt !== null && t.html('matching-stopped', { day: t.day(stoppedAt) }),
    outcomes === 0 && learnt === 0 ? t.html('matching-none') : drawLift(t, report, currency),
    ...drawDrivers(t, report.drivers),
    ...drawWhatIf(t, report, currency),
    personal !== null && t.html('matching-personal', { percent: wholePercent(t, personal) }),
    isFrozen && t.html('matching-frozen'),
  ]
}

type LiftOf = Pick<MatchingReport, 'lift' | 'outcomes' | 'compared' | 'objective'>

/** What it brings against the preset one, for every hundred decisions, in words that hold. */
export function drawLift(
  t: Texts,
  { lift, outcomes, compared, objective }: LiftOf,
  currency: string,
): string {
  if (!lift) {
    const needed = { least: LEAST_JUDGED, people: LEAST_COMPARED }
    return t.html('matching-lift-early', { count: outcomes, compared, ...needed })
  }
  const { low, mean, high, count } = lift
  const verdict = verdictOn(lift)
  const amount = (each: number) => hundred(t, objective, each, currency)
  const [least, most] = verdict === 'worse' ? [-high, -low] : [Math.abs(low), high]
  return t.html(`matching-lift-${verdict}`, {
    mean: amount(Math.abs(mean)),
    low: amount(least),
    high: amount(most),
    count,
  })
}

/** What a hundred decisions bring, in money or in redemptions. */
export function hundred(
  t: Texts,
  objective: MatchingReport['objective'],
  each: number,
  currency: string,
): string {
  if (objective === 'money') return t.money(Math.round(100 * each), currency)
  return t.plain('matching-redemptions', { count: perHundred(each) })
}

/** Of a hundred, to one decimal. */
export function perHundred(each: number): number {
  return Math.round(1000 * each) / 10 + 0
}

/** What drives the choice, and for whom: the strongest first. */
export function drawDrivers(
  t: Texts,
  drivers: readonly MatchingDriver[],
  most = MOST_LISTED,
): string[] {
  return [...drivers]
    .sort((a, b) => differenceOf(b) - differenceOf(a))
    .slice(0, most)
    .map(({ name, feature, withIt, without }) =>
      t.html('matching-driver', {
        name: cut(name, 60),
        group: sayGroup(feature)[t.language],
        withIt: wholePercent(t, withIt),
        without: wholePercent(t, without),
      }),
    )
}

function differenceOf({ withIt, without }: MatchingDriver): number {
  return Math.abs(withIt - without)
}

/** What giving everybody the same would have brought, beside what it did bring; the best first. */
function drawWhatIf(
  t: Texts,
  { whatIf, objective }: Pick<MatchingReport, 'whatIf' | 'objective'>,
  currency: string,
): string[] {
  const amount = (each: number) => hundred(t, objective, each, currency)
  return [...whatIf]
    .sort((a, b) => b.doublyRobust.mean - a.doublyRobust.mean)
    .slice(0, MOST_LISTED)
    .map(({ policy, name = '', asItWas, doublyRobust }) => {
      const [low, high] = possible(doublyRobust, objective).map(amount)
      const told = { low: low ?? '', high: high ?? '', was: amount(asItWas) }
      return t.html(`matching-what-if-${policy}`, { name: cut(name, 60), ...told })
    })
}

function wholePercent(t: Texts, share: number): string {
  return t.percent(Math.round(100 * share) * 100)
}

function stoppedOf(reports: readonly MatchingReport[]): MatchingPoint[] {
  return reports.filter(({ stoppedAt }) => stoppedAt !== null).map(({ point }) => point)
}

/** For each model that was stopped, a button that lets it go on. */
export function resumeButtons(
  t: Texts,
  { merchantId, role }: Pick<Shop, 'merchantId' | 'role'>,
  stopped: readonly MatchingPoint[],
): Button[][] {
  if (!mayUse('matching', role)) return []
  return stopped.map((point) => [
    callbackButton(`▶️ ${t.plain(`matching-resume-${point}`)}`, `G:${merchantId}:${point}`),
  ])
}

/** Below the picture, which shows the rest: a caption is short. */
export function drawMatchingCaption(
  t: Texts,
  shop: Shop,
  { reports, currency }: MatchingView,
): Message {
  return {
    text: linesOf(
      `🎯 ${bold(t.html('matching-title', { merchant: cut(shop.merchantName, 80) }))}`,
      ...reports
        .filter((report) => report.arms.length > 0 && hasChoice(report))
        .flatMap((report) => [
          html(t.plain(`matching-point-${report.point}`)),
          drawLift(t, report, currency),
        ]),
    ),
  }
}

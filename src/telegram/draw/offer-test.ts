import type { OrderFacts } from '../../domain/fit-offer.ts'
import { clock } from '../../domain/write-rule.ts'
import type { TestedOffer } from '../../usecases/test-offers.ts'
import { fittingLines, type Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { weekdayWords } from './hours.ts'
import { bold, cut, GAP, html, linesOf } from './parts.ts'
import { drawJudged, type RuleWords } from './rule.ts'

/** Which offers an order shows to somebody, and which part of their rules fails. */
export function drawOfferTest(
  t: Texts,
  { facts, offers, order }: { facts: OrderFacts; offers: readonly TestedOffer[]; order: string },
  storeNames: ReadonlyMap<string, string>,
): Message {
  const head = linesOf(
    `🔍 ${bold(order === '' ? t.html('offer-test-thought') : t.html('order-title', { order }))}`,
    t.html('offer-test-facts', {
      amount: t.money(facts.amountMinor, facts.currency),
      store: storeNames.get(facts.storeId) ?? '–',
      day: weekdayWords(t, 1 << (facts.weekday - 1)),
      clock: clock(facts.minute),
      customer: t.plain(facts.otherOrders > 0 ? 'customer-returning' : 'customer-new'),
    }),
  )
  if (offers.length === 0) return { text: linesOf(head, GAP, t.html('offer-test-none')) }
  const words = { currency: facts.currency, storeNames }
  const fitting = fittingLines(
    offers.map((offer) => drawTested(t, offer, words)),
    head,
  )
  return {
    text: linesOf(
      head,
      ...fitting.lines,
      fitting.left > 0 && t.html('and-more', { count: fitting.left }),
    ),
  }
}

function drawTested(t: Texts, tested: TestedOffer, words: RuleWords): string {
  const { offer, isShown, fits, notShown, judged } = tested
  const name = offer
    ? `${bold(html(cut(offer.title, 60)))} · ${html(cut(offer.campaignName, 40))}`
    : bold(t.html('offer-test-rule'))
  const verdict = t.html(isShown ? 'offer-test-shown' : 'offer-test-not-shown')
  return linesOf(
    GAP,
    `${isShown ? '✅' : '❌'} ${name} – ${offer ? verdict : t.html(fits ? 'offer-test-fits' : 'offer-test-fits-not')}`,
    notShown && t.html(`offer-test-${notShown}`),
    ...(judged ? drawJudged(t, judged, words) : [offer ? t.html('offer-test-no-rule') : '']),
  )
}

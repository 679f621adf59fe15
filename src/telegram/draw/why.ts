import type { MerchantWhyView, WhyView } from '../../domain/why.ts'
import type { Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { bold, cut, GAP, html, linesOf } from './parts.ts'

/** Why somebody got their voucher, or why an offer came first: what decided, and what else there was. */
export function drawWhy(t: Texts, why: WhyView): Message {
  return {
    text: linesOf(
      `💡 ${bold(t.html('why-title'))}`,
      ...drawReasons(t, why, `why-reasons-${why.point}`),
      ...drawCandidates(t, why.candidates),
      why.by === 'match' && GAP,
      why.by === 'match' && t.html('why-switch'),
    ),
  }
}

/** The same for the merchant of them, with what the model expected. */
export function drawMerchantWhy(t: Texts, why: MerchantWhyView): Message {
  const { model, lambda } = why
  return {
    text: linesOf(
      `💡 ${bold(t.html('why-title-merchant'))}`,
      ...drawReasons(t, why, 'why-reasons-merchant'),
      ...drawCandidates(t, why.candidates),
      model !== '' && GAP,
      model !== '' && t.html('why-model', { model }),
      lambda !== undefined && t.html('why-lambda', { lambda: lambda.toFixed(2) }),
    ),
  }
}

function drawReasons(
  t: Texts,
  { said, reasons }: Pick<WhyView, 'said' | 'reasons'>,
  title: string,
): (string | false)[] {
  return [
    html(said[t.language]),
    reasons.length > 0 && GAP,
    reasons.length > 0 && t.html(title),
    ...reasons.map(({ said: reason, points }) => {
      const sentence = cut(reason[t.language], 200)
      return `• ${points === undefined ? html(sentence) : t.html('why-reason', { sentence, count: points })}`
    }),
  ]
}

const MOST_LISTED = 8

/** One alone was no choice. */
function drawCandidates(t: Texts, candidates: MerchantWhyView['candidates']): (string | false)[] {
  if (candidates.length < 2) return []
  const listed = candidates.slice(0, MOST_LISTED)
  return [
    GAP,
    t.html('why-candidates'),
    ...listed.map((candidate) => drawCandidate(t, candidate)),
    candidates.length > MOST_LISTED &&
      t.html('and-more', { count: candidates.length - MOST_LISTED }),
  ]
}

function drawCandidate(
  t: Texts,
  { name, chance, isChosen, expected }: MerchantWhyView['candidates'][number],
): string {
  const named = html(cut(name, 60))
  const likely =
    expected === undefined
      ? ''
      : ` · ${t.html('why-expected', { percent: percentOf(t, expected) })}`
  return `${isChosen ? `▸ ${bold(named)}` : `▹ ${named}`} · ${html(percentOf(t, chance))}${likely}`
}

/** Whole per cent, and below one of them tenths; what is less than one of these does not look like never. */
function percentOf(t: Texts, chance: number): string {
  if (chance > 0 && chance < 0.001) return `<${t.percent(10)}`
  return t.percent(chance < 0.01 ? Math.round(chance * 1000) * 10 : Math.round(chance * 100) * 100)
}

import type { OfferView, VoucherView } from '../../domain/views.ts'
import { escapeHtml } from '../escape.ts'
import type { Button } from '../message.ts'
import type { Texts } from '../texts.ts'

export function bold(html: string): string {
  return `<b>${html}</b>`
}

/** A line to copy with one tap, from a text that is no HTML. */
export function code(text: string): string {
  return `<code>${text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)}</code>`
}

/** The right form of a command and an example of it. */
export function drawForm(t: Texts, form: string, example: string, more?: string): string {
  return [t.html(form), code(t.plain(example)), ...(more ? [t.html(more)] : [])].join('\n')
}

/** Lines of a message; empty ones are left out, `''` of one's own goes in as `GAP`. */
export function linesOf(...lines: (string | false | undefined)[]): string {
  return lines
    .filter((line) => line !== undefined && line !== false && line !== '')
    .join('\n')
    .replaceAll(GAP, '')
}

/** A line that stays empty. */
export const GAP = '\u0001'

/** A text as part of a line or a button, cut where it is too long. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

export function callbackButton(text: string, data: string): Button {
  return { text: cut(text, 60), callback_data: data }
}

/** The last day on which a voucher can be spent: it ends as the day after it begins. */
export function lastDay(
  t: Texts,
  { expiresAt, zone }: Pick<VoucherView, 'expiresAt' | 'zone'>,
): string {
  return t.day(new Date(expiresAt.getTime() - 1), zone)
}

/** What a voucher is worth, in words without markup. */
export function voucherWorth(
  t: Texts,
  voucher: Pick<VoucherView, 'kind' | 'percentBp' | 'valueMinor' | 'currency' | 'name'>,
): string {
  return t.plain(`value-${voucher.kind}`, {
    percent: t.percent(voucher.percentBp ?? 0),
    amount: t.money(voucher.valueMinor, voucher.currency),
    name: cut(voucher.name, 60),
  })
}

/**
 * The most that somebody can get, in words without markup. The least is not promised: it is for people
 * whom the shop knows, while others get the preset voucher.
 */
export function offerWorth(
  t: Texts,
  { toMinor, currency }: Pick<OfferView, 'toMinor' | 'currency'>,
): string {
  if (toMinor === 0) return t.plain('worth-item')
  return t.plain('worth-most', { amount: t.money(toMinor, currency) })
}

/** A text that is no HTML, made fit to stand in it. */
export const html = escapeHtml

import { spellCode } from '../../domain/code.ts'
import type { ClaimAnswer, VoucherView } from '../../domain/views.ts'
import type { Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import type { AppPlace } from './order.ts'
import { bold, cut, html, lastDay, linesOf, voucherWorth } from './parts.ts'
import { drawVoucher, whyButton } from './voucher.ts'

/** What somebody who opened a share is told in private, with the voucher if there is one. @patent 9 10 */
export function drawClaim(t: Texts, answer: ClaimAnswer, place: AppPlace): Message {
  const { voucher } = answer
  const lines = resultOf(t, answer)
  if (!voucher) return { text: html(lines.join('\n')) }
  const [first = '', ...others] = lines
  const headline = linesOf(`🎉 ${bold(html(first))}`, ...others.map(html))
  const message = drawVoucher(t, headline, voucher, place)
  return { ...message, buttons: [...(message.buttons ?? []), [whyButton(t, voucher)]] }
}

/** The same in the 200 characters of an alert, code included. */
export function drawClaimAlert(t: Texts, answer: ClaimAnswer, isReachable: boolean): string {
  const { voucher } = answer
  const short = { ...answer, merchantName: cut(answer.merchantName, 30) }
  const [first = '', second] = resultOf(t, short)
  if (!voucher) return cut(first, MOST_IN_ALERT)
  const tail = linesOf(
    drawCode(t, voucher),
    t.plain(isReachable ? 'claim-alert-chat' : 'claim-alert-again'),
  )
  const room = MOST_IN_ALERT - tail.length - 1
  const head = linesOf(first, second)
  return `${head.length <= room ? head : cut(first, room)}\n${tail}`
}

const MOST_IN_ALERT = 200

/** The result in words without markup, and the reason where it helps. */
function resultOf(t: Texts, { result, reason, voucher, merchantName }: ClaimAnswer): string[] {
  const args = { merchant: merchantName, value: voucher ? cut(voucherWorth(t, voucher), 60) : '' }
  const reasoned = `claim-${result}-${reason}`
  if (result === 'fallback') {
    const isGone = reason === 'none_left' || reason?.endsWith('used_up')
    const why = `claim-fallback-${isGone ? 'used_up' : reason}`
    return [t.plain('claim-fallback', args), ...(t.has(why) ? [t.plain(why)] : [])]
  }
  return [t.plain(reason && t.has(reasoned) ? reasoned : `claim-${result}`, args)]
}

function drawCode(t: Texts, voucher: VoucherView): string {
  return t.plain('claim-alert-code', {
    code: spellCode(voucher.code),
    day: lastDay(t, voucher),
  })
}

import type { ShareLinks, ShareView } from '../../domain/views.ts'
import type { Button, Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { bold, callbackButton, cut, GAP, html, linesOf, offerWorth } from './parts.ts'

/** A share as it stands in a group: what there is to get, how much is left, and the way to it. @patent 1 */
export function drawShare(t: Texts, share: ShareView, links: ShareLinks): Message {
  const { offer, merchantName } = share
  return {
    text: linesOf(
      `🎁 ${bold(html(offer.title))}`,
      html(merchantName),
      html(offer.body),
      GAP,
      bold(
        html(
          isOpen(share)
            ? t.plain('share-get', { worth: offerWorth(t, offer) })
            : drawState(t, share),
        ),
      ),
      isOpen(share) && `${html(drawState(t, share))} · ${html(untilOf(t, share))}`,
    ),
    buttons: isOpen(share)
      ? claimButtons(t, share, links)
      : [[disabledButton(drawState(t, share))]],
  }
}

/** How much is left, or why nothing is; without markup. */
export function drawState(t: Texts, share: Pick<ShareView, 'status' | 'slots' | 'taken'>): string {
  const { status, slots, taken } = share
  return isOpen(share)
    ? t.plain('share-left', { left: slots - taken, slots })
    : t.plain(`share-${status}`)
}

/** What a person shares, with a button to stop each that goes on. */
export function drawShares(t: Texts, shares: readonly ShareView[]): Message {
  if (shares.length === 0) return { text: t.html('shares-none') }
  const listed = shares.slice(0, MOST_LISTED)
  return {
    text: linesOf(
      bold(t.html('shares-title')),
      ...listed.map((share) => drawShareLine(t, share)),
      shares.length > MOST_LISTED && t.html('and-more', { count: shares.length - MOST_LISTED }),
    ),
    buttons: listed
      .filter(isOpen)
      .map((share) => [
        callbackButton(
          t.plain('button-stop', { title: cut(share.offer.title, 40) }),
          `x:${share.reference}`,
        ),
      ]),
  }
}

export function drawStopQuestion(t: Texts, share: ShareView): Message {
  return {
    text: t.html('share-stop-ask', { title: share.offer.title }),
    buttons: [
      [
        { ...callbackButton(t.plain('button-stop-yes'), `X:${share.reference}`), style: 'danger' },
        callbackButton(t.plain('button-keep'), `k:${share.reference}`),
      ],
    ],
  }
}

export function isOpen(share: Pick<ShareView, 'status'>): boolean {
  return share.status === 'draft' || share.status === 'open'
}

const MOST_LISTED = 10

function drawShareLine(t: Texts, share: ShareView): string {
  const { offer, merchantName } = share
  const state = isOpen(share)
    ? `${drawState(t, share)} · ${untilOf(t, share)}`
    : drawState(t, share)
  return linesOf(
    GAP,
    `${bold(html(cut(offer.title, 60)))} · ${html(cut(merchantName, 40))}`,
    html(state),
  )
}

function claimButtons(t: Texts, share: ShareView, links: ShareLinks): Button[][] {
  return [
    [{ text: t.plain('button-claim'), url: links.app ?? links.chat, style: 'success' }],
    [callbackButton(t.plain('button-claim-here'), `c:${share.reference}`)],
  ]
}

function disabledButton(text: string): Button {
  return { text, disabled: {} }
}

function untilOf(t: Texts, share: ShareView): string {
  return t.plain('share-until', { moment: t.moment(share.expiresAt) })
}

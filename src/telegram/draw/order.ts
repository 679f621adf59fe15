import type { OfferView, OrderLine, OrderView } from '../../domain/views.ts'
import { type Button, fittingLines, type Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { bold, callbackButton, cut, drawForm, GAP, html, linesOf, offerWorth } from './parts.ts'

export type AppPlace = { appUrl?: string | undefined }

/**
 * An order, and what can be shared from it. Without an offer nothing is said of offers.
 * @patent 2
 */
export function drawOrder(
  t: Texts,
  order: OrderView,
  offers: readonly OfferView[],
  { appUrl }: AppPlace,
): Message {
  const head = [
    bold(t.html('order-title', { order: order.sourceId })),
    html(placeOf(t, order)),
    GAP,
  ]
  const foot = [GAP, ...totals(t, order), ...offers.flatMap((offer) => drawOffer(t, offer))]
  const items = order.lines.map((line) => drawLine(t, line, order.currency))
  const fitting = fittingLines(items, linesOf(...head, ...foot))
  const rest = fitting.left > 0 && t.html('and-more', { count: fitting.left })
  return {
    text: linesOf(...head, ...fitting.lines, rest, ...foot),
    buttons: [
      ...offers.map((offer) => [shareButton(t, order.reference, offer)]),
      ...(offers.length > 1 ? [[whyButton(t, order)]] : []),
      ...(appUrl ? [[openButton(t, appUrl)]] : []),
    ],
  }
}

/** A person's orders, each with a button that opens it. */
export function drawOrders(t: Texts, orders: readonly OrderView[]): Message {
  if (orders.length === 0) return { text: drawForm(t, 'orders-none', 'order-example') }
  return {
    text: linesOf(
      bold(t.html('orders-title')),
      GAP,
      ...orders.slice(0, MOST_LISTED).map((order) => summary(t, order)),
      orders.length > MOST_LISTED && t.html('and-more', { count: orders.length - MOST_LISTED }),
    ),
    buttons: orders.slice(0, MOST_LISTED).map((order) => [
      callbackButton(
        t.plain('button-order', {
          order: cut(order.sourceId, 30),
          amount: t.money(order.totalMinor, order.currency),
        }),
        `o:${order.reference}`,
      ),
    ]),
  }
}

export function openButton(t: Texts, appUrl: string): Button {
  return { text: t.plain('button-open'), web_app: { url: appUrl } }
}

const MOST_LISTED = 10

/** Leads to a list of chats, and from there to an inline query that holds the share. */
function shareButton(t: Texts, reference: string, offer: OfferView): Button {
  return {
    text: t.plain('button-share', { title: cut(offer.title, 40) }),
    switch_inline_query_chosen_chat: {
      query: `${reference} ${offer.offerId}`,
      allow_user_chats: true,
      allow_group_chats: true,
    },
  }
}

/** With one offer there was nothing to choose. */
function whyButton(t: Texts, { reference }: OrderView): Button {
  return callbackButton(t.plain('button-why-offer'), `why:${reference}`)
}

function drawLine(t: Texts, line: OrderLine, currency: string): string {
  const title = cut(line.title, 80)
  const what =
    line.kind === 'item' ? t.html('order-line', { quantity: line.quantity, title }) : html(title)
  return `${what} · ${html(t.money(line.amountMinor, currency))}`
}

function totals(t: Texts, order: OrderView): string[] {
  const { currency, totalMinor, cancelledMinor, status } = order
  const total = bold(t.html('order-total', { amount: t.money(totalMinor, currency) }))
  if (status === 'placed') return [total]
  const cancelled = t.html('order-cancelled-part', { amount: t.money(cancelledMinor, currency) })
  return [total, `${cancelled} (${t.html(`order-status-${status}`)})`]
}

function drawOffer(t: Texts, offer: OfferView): string[] {
  return [
    GAP,
    `🎁 ${bold(html(offer.title))}`,
    html(offer.body),
    t.html('offer-friends', { count: offer.slots, worth: offerWorth(t, offer) }),
  ]
}

function summary(t: Texts, order: OrderView): string {
  const status = t.html(`order-status-${order.status}`)
  return `🧾 ${html(cut(order.sourceId, 40))} · ${html(cut(order.merchantName, 40))}, ${html(t.day(order.placedAt))} · ${status}`
}

function placeOf(t: Texts, { merchantName, storeName, placedAt }: OrderView): string {
  return [merchantName, storeName, t.day(placedAt)].filter((part) => part !== '').join(' · ')
}

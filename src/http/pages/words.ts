import { formatMoney } from '../../domain/money.ts'
import type { OfferView } from '../../domain/views.ts'

/** What the pages for the open web say. */
export type Words = {
  language: 'en' | 'zh'
  sharedBy: (merchant: string) => string
  worth: (offer: OfferView) => string
  left: (left: number, slots: number) => string
  until: (end: Date) => string
  open: string
  over: string
  overHint: string
  receiptTitle: (merchant: string) => string
  receiptHint: string
  openOrder: string
  wrongTitle: string
  wrongHint: string
}

/** The words of the language that the browser asks for. */
export function wordsFor(acceptLanguage = ''): Words {
  return /^\s*zh\b/i.test(acceptLanguage) ? ZH : EN
}

const EN: Words = {
  language: 'en',
  sharedBy: (merchant) => `Somebody shares their order at ${merchant}`,
  worth: (offer) => `A voucher worth up to ${mostOf(offer, 'en-GB')}`,
  left: (left, slots) => `${left} of ${slots} left`,
  until: (end) => `until ${dateOf(end, 'en-GB')}`,
  open: 'Open in Telegram',
  over: 'This one is over',
  overHint: 'If you already have your voucher, open Telegram to see it again.',
  receiptTitle: (merchant) => `Your receipt from ${merchant}`,
  receiptHint: 'See your order in Telegram, and what you can pass on to your friends with it.',
  openOrder: 'See my order in Telegram',
  wrongTitle: 'This link does not work',
  wrongHint:
    'It may be cut off or too old. Scan the code again, or ask whoever sent it for a new one.',
}

const ZH: Words = {
  language: 'zh',
  sharedBy: (merchant) => `有人分享了在 ${merchant} 的订单`,
  worth: (offer) => `价值最高 ${mostOf(offer, 'zh-CN')} 的优惠券`,
  left: (left, slots) => `剩余 ${left} / ${slots} 份`,
  until: (end) => `${dateOf(end, 'zh-CN')} 截止`,
  open: '在 Telegram 中打开',
  over: '这次分享已结束',
  overHint: '如果您已领取过，请打开 Telegram 查看您的优惠券。',
  receiptTitle: (merchant) => `您在 ${merchant} 的小票`,
  receiptHint: '在 Telegram 中查看您的订单，以及可以分享给朋友的优惠。',
  openOrder: '在 Telegram 中查看订单',
  wrongTitle: '链接无效',
  wrongHint: '链接可能不完整或已过期。请重新扫码，或向分享者索取新的链接。',
}

function mostOf({ toMinor, currency }: OfferView, locale: string): string {
  return formatMoney(toMinor, currency, locale)
}

function dateOf(instant: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    instant,
  )
}

import { spellCode } from '../../domain/code.ts'
import type { VoucherView } from '../../domain/views.ts'
import type { UsedVoucher } from '../../usecases/show-voucher.ts'
import type { Button, Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { hoursWords } from './hours.ts'
import { type AppPlace, openButton } from './order.ts'
import {
  bold,
  callbackButton,
  code,
  cut,
  GAP,
  html,
  lastDay,
  linesOf,
  voucherWorth,
} from './parts.ts'

/** A voucher with its code, under a headline that says what it is worth. It cannot be forwarded. */
export function drawVoucher(
  t: Texts,
  headline: string,
  voucher: VoucherView,
  { appUrl }: AppPlace,
): Message {
  return {
    text: linesOf(
      headline,
      GAP,
      ...drawDetails(t, voucher),
      isUsable(voucher) && t.html('voucher-show'),
    ),
    buttons: [
      ...(isUsable(voucher)
        ? [[copyButton(t, voucher)], [cardButton(t.plain('button-card'), voucher)]]
        : []),
      ...(appUrl ? [[openButton(t, appUrl)]] : []),
    ],
    isProtected: true,
  }
}

/** The wallet: what can be used, soonest to expire first, and how many are over. */
export function drawVouchers(
  t: Texts,
  vouchers: readonly VoucherView[],
  { appUrl }: AppPlace,
  { reminders }: { reminders: boolean },
): Message {
  const usable = vouchers.filter(isUsable)
  const listed = usable.slice(0, MOST_LISTED)
  if (vouchers.length === 0) return { text: t.html('vouchers-none') }
  return {
    text: linesOf(
      bold(t.html('vouchers-title')),
      ...listed.flatMap((voucher) => [
        GAP,
        bold(html(voucherWorth(t, voucher))),
        ...drawDetails(t, voucher),
      ]),
      usable.length > MOST_LISTED && t.html('and-more', { count: usable.length - MOST_LISTED }),
      vouchers.length > usable.length && GAP,
      vouchers.length > usable.length &&
        t.html('vouchers-used', { count: vouchers.length - usable.length }),
      !reminders && GAP,
      !reminders && t.html('reminders-are-off'),
    ),
    buttons: [
      ...listed.map((voucher) => [cardButton(`▦ ${voucherWorth(t, voucher)}`, voucher)]),
      ...(reminders ? [] : [[callbackButton(t.plain('button-reminders-on'), 'b:on')]]),
      ...(appUrl ? [[openButton(t, appUrl)]] : []),
    ],
    isProtected: true,
  }
}

/** One voucher to show at the till, and how it was used; its code also as a picture while it is good. */
export function drawVoucherCard(
  t: Texts,
  { voucher, uses }: UsedVoucher,
  picture: Buffer | undefined,
): Message {
  const { currency, zone } = voucher
  return {
    text: linesOf(
      bold(html(cut(voucherWorth(t, voucher), 100))),
      ...drawDetails(t, voucher),
      uses.length > 0 && GAP,
      ...uses.slice(0, MOST_USES).map((use) => {
        const left = use.amountMinor - use.rolledBackMinor
        return t.html(left > 0 ? 'voucher-use' : 'voucher-use-undone', {
          amount: t.money(left > 0 ? left : use.amountMinor, currency),
          moment: t.moment(use.redeemedAt, zone),
          store: use.storeName ? ` · ${cut(use.storeName, 40)}` : '',
        })
      }),
      uses.length > MOST_USES && t.html('and-more', { count: uses.length - MOST_USES }),
      isUsable(voucher) && GAP,
      isUsable(voucher) && t.html('voucher-show'),
    ),
    buttons: [...(isUsable(voucher) ? [[copyButton(t, voucher)]] : []), [whyButton(t, voucher)]],
    ...(picture && { file: { as: 'photo', bytes: () => [picture], filename: 'voucher.png' } }),
    isProtected: true,
  }
}

/** As many as fit under a picture. */
const MOST_USES = 5

export function isUsable({ status }: VoucherView): boolean {
  return status === 'issued' || status === 'partially_redeemed' || status === 'held'
}

/** Fewer than a message could hold, so that the buttons stay in sight. */
const MOST_LISTED = 8

function drawDetails(t: Texts, voucher: VoucherView): string[] {
  const { name, currency, balanceMinor, valueMinor, minSpendMinor, hours } = voucher
  const isStarted = balanceMinor !== valueMinor && balanceMinor > 0
  return [
    html(cut(name, 80)),
    isUsable(voucher)
      ? t.html('voucher-code', { code: { html: code(spellCode(voucher.code)) } })
      : '',
    isStarted
      ? t.html('voucher-balance', {
          balance: t.money(balanceMinor, currency),
          amount: t.money(valueMinor, currency),
        })
      : '',
    minSpendMinor > 0
      ? t.html('voucher-min-spend', { amount: t.money(minSpendMinor, currency) })
      : '',
    t.html('voucher-where', { store: cut(placeOf(voucher), 200) }),
    hours ? t.html('voucher-hours', { hours: hoursWords(t, hours) }) : '',
    isUsable(voucher)
      ? t.html('voucher-until', { day: lastDay(t, voucher) })
      : t.html(`voucher-status-${voucher.status}`),
  ]
}

/** The shop, and of it the store or the stores where it is valid. */
function placeOf({ merchantName, storeName, storeAddress, storeNames }: VoucherView): string {
  if (storeNames) return `${merchantName}: ${storeNames.join(', ')}`
  return [merchantName, storeName, storeAddress].filter(Boolean).join(', ')
}

function copyButton(t: Texts, voucher: VoucherView): Button {
  const spelled = spellCode(voucher.code)
  return { text: t.plain('button-copy', { code: spelled }), copy_text: { text: spelled } }
}

/** Asks why somebody got just this one. */
export function whyButton(t: Texts, { voucherId }: VoucherView): Button {
  return callbackButton(t.plain('button-why'), `why:${voucherId}`)
}

function cardButton(words: string, { merchantId, voucherId }: VoucherView): Button {
  return callbackButton(words, `w:${merchantId}:${voucherId}`)
}

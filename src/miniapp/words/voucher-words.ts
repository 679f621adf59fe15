import type { Offer, Voucher } from '../api/answers.ts'
import type { Words } from './words.ts'

/** What a voucher gives: in big letters, and what has to be said beside them. */
export function worthOf(
  voucher: Pick<Voucher, 'kind' | 'percentBp' | 'valueMinor' | 'balanceMinor' | 'currency'>,
  { texts, money }: Words,
): { big: string; small?: string } {
  const { valueMinor, balanceMinor, currency } = voucher
  const whole = money(valueMinor, currency)
  const isPartly = balanceMinor > 0 && balanceMinor < valueMinor
  switch (voucher.kind) {
    case 'percent_off':
      return {
        big: texts.voucher.percentOff(voucher.percentBp ?? 0),
        small: texts.voucher.upTo(whole),
      }
    case 'free_item':
      return { big: texts.voucher.free, small: texts.voucher.worth(whole) }
    case 'gift_balance':
      return isPartly
        ? { big: money(balanceMinor, currency), small: texts.voucher.leftOf(whole) }
        : { big: whole, small: texts.voucher.toSpend }
    case 'amount_off':
      return { big: texts.voucher.off(isPartly ? money(balanceMinor, currency) : whole) }
  }
}

type Worth = Pick<Voucher, 'kind' | 'percentBp' | 'valueMinor' | 'currency'>

/** The same in one line, of a kind of voucher that nobody has spent from yet. */
export function worthOfKind(kind: Worth, words: Words): string {
  const { big, small } = worthOf({ ...kind, balanceMinor: kind.valueMinor }, words)
  return kind.kind === 'amount_off' || !small ? big : `${big} · ${small}`
}

/** What one friend can get from an offer. */
export function worthOfOffer({ toMinor, currency }: Offer, { texts, money }: Words): string {
  return texts.order.upToEach(money(toMinor, currency))
}

/**
 * Until when a voucher is valid, in the shop's own zone. One that ends at midnight is good for the
 * whole day before, and that day is what is said.
 */
export function validUntil(
  { expiresAt, zone }: Pick<Voucher, 'expiresAt' | 'zone'>,
  { day, moment }: Words,
): string {
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: zone })
  const last = new Date(Date.parse(expiresAt) - 1)
  return clock.format(last) === '23:59' ? day(last.toISOString(), zone) : moment(expiresAt, zone)
}

const HOUR_MS = 3_600_000
const SOON_DAYS = 7

/** How long a voucher is still good for, in whole hours or days; undefined while that is more than a week. */
export function timeLeft(
  { expiresAt }: Voucher,
  now: number,
  { texts }: Words,
): string | undefined {
  const hours = Math.floor((Date.parse(expiresAt) - now) / HOUR_MS)
  if (hours < 0 || hours >= SOON_DAYS * 24) return undefined
  if (hours === 0) return texts.voucher.lastHour
  return hours < 24
    ? texts.voucher.hoursLeft(hours)
    : texts.voucher.daysLeft(Math.floor(hours / 24))
}

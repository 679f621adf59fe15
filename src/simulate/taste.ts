import type { VoucherKind } from '../domain/views.ts'
import type { Traits } from '../matching/features.ts'
import { CATEGORIES } from './catalogue.ts'
import { chanceOf, normalOf } from './chance.ts'
import type { Player } from './people.ts'

/** A kind of voucher, as far as anybody's taste goes. */
export type Gift = {
  name: string
  kind: VoucherKind
  percentBp?: number | undefined
  /** The most that it is worth, in minor units. */
  valueMinor: number
  minSpendMinor?: number | undefined
  traits?: Traits | undefined
}

/** What a shop is after: money, where it says how much of an order is its own, else vouchers that are spent. */
export type Aim = { marginBp: number | undefined }

/** How far orders of one person are apart, and at which of these an order is one in nine. */
const SPREAD = 0.4
const NINTHS = [-1.59, -0.97, -0.59, -0.28, 0, 0.28, 0.59, 0.97, 1.59]

/** Who has to spend more than usual spends a little more than they must. */
const ABOVE = 1.1

/** The probability that somebody spends such a voucher before it ends: the truth, which nobody is told. */
export function wantOf(seed: number, player: Player, gift: Gift): number {
  const { basketMinor, tastes, eager, thrift, likes } = player
  const suits = CATEGORIES.reduce(
    (sum, name) => sum + (gift.traits?.[name] ?? 0) * (tastes[name] - 1 / CATEGORIES.length),
    0,
  )
  const depth = discountOn(gift, basketMinor) / basketMinor
  const effort = Math.max(0, Math.log((gift.minSpendMinor ?? 0) / basketMinor))
  const logit =
    -2.3 + eager + likes[gift.kind] + appealOf(seed, gift) + 4 * suits + thrift * depth - 2 * effort
  return 1 / (1 + Math.exp(-logit))
}

/** What a kind of voucher has that its terms do not say. */
function appealOf(seed: number, { name }: Gift): number {
  return 0.4 * normalOf(chanceOf(seed, 'appeal', name))
}

/** What such a voucher takes off an order, in minor units. */
export function discountOn({ kind, percentBp = 0, valueMinor }: Gift, orderMinor: number): number {
  const most = Math.min(valueMinor, orderMinor)
  return kind === 'percent_off'
    ? Math.min(most, Math.round((orderMinor * percentBp) / 10_000))
    : most
}

/** An order that is paid with such a voucher; `draw` says which of nine that are alike. */
export function orderWith(player: Player, { minSpendMinor = 0 }: Gift, draw: number): number {
  const usual = player.basketMinor * Math.exp(SPREAD * (NINTHS[Math.floor(draw * 9)] ?? 0))
  return Math.round(usual >= minSpendMinor ? usual : minSpendMinor * ABOVE)
}

/** What giving somebody such a voucher is worth on average: minor units, or 1 for each that is spent. */
export function worthOf(seed: number, player: Player, gift: Gift, { marginBp }: Aim): number {
  const want = wantOf(seed, player, gift)
  if (marginBp === undefined) return want
  const gains = NINTHS.map((_, i) => gainOf(gift, orderWith(player, gift, i / 9), marginBp))
  return (want * gains.reduce((sum, gain) => sum + gain, 0)) / gains.length
}

/** What is left to the shop of an order that a voucher brought. */
function gainOf(gift: Gift, orderMinor: number, marginBp: number): number {
  return (orderMinor * marginBp) / 10_000 - discountOn(gift, orderMinor)
}

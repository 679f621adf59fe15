import { DRIFT, delayed, RARE } from './circumstances.ts'
import type { Contest } from './contest.ts'

/** Figures that somebody else measured, as `reference/matching.md` 3 gives them, by number of decisions. */
export type Quoted = { of: string; figures: Record<number, string> }

const figures = (first: string, second: string, third: string, at = [250, 1000, 4000]) => ({
  [at[0]!]: first,
  [at[1]!]: second,
  [at[2]!]: third,
})

const COUPONS: Quoted[] = [
  {
    of: 'prototype, mixture',
    figures: { 250: '.684', 1000: '.72', 4000: '.73', 16000: '.735' },
  },
  {
    of: 'prototype, single scale',
    figures: { 250: '.703', 1000: '.723', 4000: '.73', 16000: '.736' },
  },
  { of: 'VW RegCB', figures: { 250: '.702', 1000: '.727', 4000: '.735', 16000: '.736' } },
  { of: 'VW RegCBopt', figures: { 250: '.697', 1000: '.726', 4000: '.736', 16000: '.737' } },
  { of: 'VW default ε', figures: { 250: '.676', 1000: '.693', 4000: '.694', 16000: '.688' } },
  { of: 'VW cover', figures: { 250: '.6', 1000: '.62', 4000: '.63', 16000: '.64' } },
]

/** The coffee chain's offers ("S"), for the value after costs and for redemptions. */
const OFFERS_NET: Quoted[] = [
  { of: 'prototype, mixture', figures: figures('3.1', '3.22', '3.283') },
  { of: 'prototype, 1 % floor', figures: figures('3.05', '3.16', '3.248') },
  { of: 'VW best of 7', figures: figures('2.53', '2.87', '3.07') },
  { of: 'VW default ε', figures: figures('2.22', '2.66', '2.94') },
]
const OFFERS: Quoted[] = [
  { of: 'prototype, mixture', figures: figures('.623', '.665', '.679') },
  { of: 'prototype, 1 % floor', figures: figures('.622', '.658', '.677') },
  { of: 'VW best of 7', figures: figures('.614', '.648', '.672') },
  { of: 'VW default ε', figures: figures('.579', '.617', '.63') },
]

const LATE = [1000, 4000, 16_000]

/** The e-mail test ("H"), visits. */
const EMAILS: Quoted[] = [
  { of: 'prototype, mixture', figures: figures('.17', '.177', '.1798', LATE) },
  { of: 'prototype, single scale', figures: figures('.172', '.176', '.1805', LATE) },
  { of: 'VW bag 5 (its best)', figures: figures('.168', '.175', '.1807', LATE) },
  { of: 'VW RegCB', figures: figures('.155', '.162', '.173', LATE) },
  { of: 'VW SquareCB', figures: figures('.14', '.139', '.139', LATE) },
  { of: 'VW ε .05', figures: figures('.148', '.155', '.157', LATE) },
]

/**
 * What stands in `reference/matching.md` for this set, under the usual circumstances. The logs are known by
 * their size there; of the classification sets it has means over thirteen only.
 */
export function quotedFor(
  { set, kind, count, arms }: Pick<Contest, 'set' | 'kind' | 'count' | 'arms'>,
  margin: number | undefined,
): Quoted[] {
  if (set === 'coupon_sim') return COUPONS
  if (kind !== 'logged') return []
  if (arms === 3 && count === 64_000) return EMAILS
  const isOffers = (arms === 8 || arms === 10) && count > 55_000 && count <= 76_277
  if (!isOffers) return []
  return margin === undefined ? OFFERS : OFFERS_NET
}

/** Of the coupon simulator under other circumstances. */
export const QUOTED_CIRCUMSTANCES: readonly (Quoted & { circumstance: string; after?: string })[] =
  [
    { circumstance: delayed(0), of: 'prototype', figures: { 1000: '.720' } },
    { circumstance: delayed(50), of: 'prototype', figures: { 1000: '.710' } },
    { circumstance: delayed(200), of: 'prototype', figures: { 1000: '.695' } },
    { circumstance: delayed(500), of: 'prototype', figures: { 1000: '.649' } },
    { circumstance: RARE, of: 'prototype, mixture', figures: { 4000: '.0695' } },
    { circumstance: RARE, of: 'VW greedy (its best)', figures: { 4000: '.0665' } },
    { circumstance: RARE, of: 'VW bag', figures: { 4000: '.0644' } },
    { circumstance: RARE, of: 'VW RegCB', figures: { 4000: '.060' } },
    { circumstance: DRIFT, of: 'prototype, half-life 4000', figures: {}, after: '.716' },
    { circumstance: DRIFT, of: 'prototype, forgetting nothing', figures: {}, after: '.655' },
  ]

/** Mean reward over thirteen classification sets, one pass: six of them are at hand here. */
export const QUOTED_BAKE_OFF: Record<string, number> = {
  'LinUCB .3': 0.803,
  'prototype, mixture': 0.781,
  'VW greedy': 0.739,
  'VW RegCB': 0.735,
  'VW RegCBopt': 0.731,
  'VW SquareCB': 0.709,
  'VW ε .05': 0.674,
  'VW bag': 0.672,
  'VW cover': 0.579,
}

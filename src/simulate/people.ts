import type { Language, VoucherKind } from '../domain/views.ts'
import { CATEGORIES, type Category } from './catalogue.ts'
import { chanceOf, normalOf } from './chance.ts'

/**
 * Somebody who buys, shares and opens, and whose taste nobody but the simulation knows: the program learns
 * of it only by what they do.
 */
export type Player = {
  personId: string
  language: Language
  /** What part of their money goes where; sums to 1. */
  tastes: Readonly<Record<Category, number>>
  /** What an order of theirs usually comes to, in minor units. */
  basketMinor: number
  /** How often they buy, beside others. */
  pace: number
  /** Probabilities that they share an offer, and that they open a friend's link. */
  shares: number
  opens: number
  /** In logits: how fond they are of vouchers at all, of much for little money, and of each kind. */
  eager: number
  thrift: number
  likes: Readonly<Record<VoucherKind, number>>
}

/** People of a chat who see each other's shares. */
const CIRCLE = 12

/** No person of Telegram's that somebody plays with has such a number. */
const FIRST_ID = 9_000_051_000

/** So many people, always the same for a seed. Neighbours in the list are in one chat. */
export function makePlayers(seed: number, count: number): Player[] {
  return Array.from({ length: count }, (_, i) => makePlayer(chanceOf(seed, 'player', i), i))
}

function makePlayer(chance: () => number, i: number): Player {
  const normal = () => normalOf(chance)
  return {
    personId: `telegram:${FIRST_ID + i}`,
    language: chance() < 0.3 ? 'zh' : 'en',
    tastes: tastesOf(chance),
    basketMinor: Math.round(2000 * Math.exp(0.5 * normal())),
    pace: Math.exp(0.6 * normal()),
    shares: 0.3 + 0.5 * chance(),
    opens: 0.25 + 0.5 * chance(),
    eager: 0.6 * normal(),
    thrift: 3.5 + normal(),
    likes: {
      percent_off: 0.5 * normal(),
      amount_off: 0.5 * normal(),
      gift_balance: 0.5 * normal(),
      free_item: 0.5 * normal(),
    },
  }
}

/** Most people buy mostly one kind of thing. */
function tastesOf(chance: () => number): Record<Category, number> {
  const weights = CATEGORIES.map(() => (-Math.log(1 - chance())) ** 2)
  const sum = weights.reduce((all, weight) => all + weight, 0)
  return Object.fromEntries(CATEGORIES.map((name, i) => [name, (weights[i] ?? 0) / sum])) as Record<
    Category,
    number
  >
}

/** The others of somebody's chat, by their places in the list. */
export function friendsOf(place: number, count: number): number[] {
  const first = place - (place % CIRCLE)
  return Array.from({ length: Math.min(CIRCLE, count - first) }, (_, i) => first + i).filter(
    (other) => other !== place,
  )
}

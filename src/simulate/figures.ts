import type { Diary, Opening } from './diary.ts'
import type { Player } from './people.ts'
import { type Aim, type Gift, worthOf } from './taste.ts'

/** Means over decisions, by what is true of the people they were for: minor units, or vouchers spent. */
type Worths = {
  /** What they were given. */
  given: number
  /** What the preset voucher, one of chance, and the best for each of them would have been worth. */
  preset: number
  random: number
  best: number
  /** The best of the vouchers if everybody had got the same, known only afterwards. */
  bestForAll: number
}

type WeekFigures = Worths & {
  /** Counted from 1. */
  week: number
  /** Openers for whom it was decided, and those who were given the preset voucher to compare with. */
  decisions: number
  control: number
  /** How many of the vouchers that were decided on were spent until the end of the play. */
  spent: number
}

/** What a play came to, measured against the truth. */
export type Figures = {
  orders: number
  shares: number
  openings: number
  weeks: WeekFigures[]
  /** Of all weeks; and of those decisions alone whose vouchers were over when the play was. */
  total: Omit<WeekFigures, 'week'>
  over: Omit<WeekFigures, 'week'>
  /** What was lost to the best, in all. */
  regret: number
}

type Played = {
  seed: number
  players: readonly Player[]
  days: number
  /** What a voucher is worth by. */
  aim: Aim
}

export function figuresOf(diary: Diary, { seed, players, days, aim }: Played): Figures {
  const truth = truthOf(seed, players, aim)
  const week = ({ day }: Opening) => Math.floor(day / 7) + 1
  const byWeek = Map.groupBy(diary.openings, week)
  const weeks = [...byWeek.keys()].sort((a, b) => a - b)
  const total = sumUp(diary.openings, truth)
  return {
    orders: diary.orders,
    shares: diary.shares,
    openings: diary.openings.length,
    weeks: weeks.map((number) => ({ week: number, ...sumUp(byWeek.get(number) ?? [], truth) })),
    total,
    over: sumUp(
      diary.openings.filter(({ lastDay }) => lastDay < days),
      truth,
    ),
    regret: (total.best - total.given) * total.decisions,
  }
}

/** What a voucher is worth to the shop in somebody's hands. */
type Truth = (player: number, gift: Gift) => number

/** The truth of each person and voucher, reckoned once. */
function truthOf(seed: number, players: readonly Player[], aim: Aim): Truth {
  const known = new Map<string, number>()
  return (place, gift) => {
    const key = `${place} ${gift.name}`
    const player = players[place]
    const worth = known.get(key) ?? (player ? worthOf(seed, player, gift, aim) : 0)
    known.set(key, worth)
    return worth
  }
}

/** What the model chose; and, where nothing may be personal, what everybody known got. */
const DECIDED = ['matched', 'not_personal']

function sumUp(openings: readonly Opening[], truth: Truth): Figures['total'] {
  const decided = openings.filter(({ why }) => DECIDED.includes(why))
  const mean = (worth: (opening: Opening) => number) =>
    meanOf(decided.map((opening) => worth(opening)))
  return {
    decisions: decided.length,
    control: openings.filter(({ why }) => why === 'control').length,
    spent: decided.filter(({ spent }) => spent).length,
    given: mean(({ player, given }) => (given ? truth(player, given) : 0)),
    preset: mean(({ player, preset }) => truth(player, preset)),
    random: mean(({ player, gifts }) => meanOf(gifts.map((gift) => truth(player, gift)))),
    best: mean(({ player, gifts }) => Math.max(...gifts.map((gift) => truth(player, gift)))),
    bestForAll: bestForAllOf(decided, truth),
  }
}

/** Each campaign has a voucher that is best for all who opened a share of it. */
function bestForAllOf(openings: readonly Opening[], truth: Truth): number {
  const campaigns = Map.groupBy(openings, ({ preset }) => preset)
  const sums = [...campaigns.values()].map((own) => {
    const gifts = own[0]?.gifts ?? []
    return Math.max(
      ...gifts.map((gift) => own.reduce((sum, { player }) => sum + truth(player, gift), 0)),
    )
  })
  return openings.length === 0 ? 0 : sums.reduce((all, sum) => all + sum, 0) / openings.length
}

export function meanOf(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, one) => sum + one, 0) / numbers.length
}

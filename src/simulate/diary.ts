import type { Gift } from './taste.ts'

/** Somebody opened a share: what there was, what they got and why, and what they made of it. */
export type Opening = {
  /** Counted from 0; and the last on which what they got can be spent. */
  day: number
  lastDay: number
  /** Their place among the players. */
  player: number
  /** What the model chooses from, and what a stranger gets. */
  gifts: readonly Gift[]
  preset: Gift
  /** Nothing where they went away with nothing. */
  given: Gift | undefined
  /** `matched`, or why it is the preset one: `control`, `stranger`, `budget_used_up` … */
  why: string
  /** In minor units; nothing where it was not spent. */
  spent?: { day: number; orderMinor: number; discountMinor: number }
}

/** What happened in a shop that was played. */
export type Diary = { orders: number; shares: number; openings: Opening[] }

export function emptyDiary(): Diary {
  return { orders: 0, shares: 0, openings: [] }
}

import type { AppContext } from '../context.ts'

/** Something that is done at an hour of the play, counted from midnight before its first day. */
type Deed = { at: number; run: (app: AppContext) => Promise<void> }

/** What is going to be done, the earliest first. */
export type Deeds = {
  plan(at: number, run: Deed['run']): void
  /** Takes the next one before an hour, with those in the hours after it; none when none is left. */
  next(before: number, hours: number): Deed[]
}

export function createDeeds(): Deeds {
  const waiting: Deed[] = []
  return {
    plan: (at, run) => {
      const place = waiting.findIndex((deed) => deed.at > at)
      waiting.splice(place < 0 ? waiting.length : place, 0, { at, run })
    },
    next: (before, hours) => {
      const [first] = waiting
      if (!first || first.at >= before) return []
      const until = Math.min(before, first.at + hours)
      const last = waiting.findIndex(({ at }, i) => i > 0 && at >= until)
      return waiting.splice(0, last < 0 ? waiting.length : last)
    },
  }
}

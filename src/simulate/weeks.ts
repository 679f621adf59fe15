import type { AppContext } from '../context.ts'
import { createClaimMemory } from '../recent.ts'
import { age, leaveUntold } from '../store/aging.ts'
import { closeDueShares } from '../usecases/close-due-shares.ts'
import { expireDueVouchers } from '../usecases/expire-due-vouchers.ts'
import { learn } from '../usecases/learn.ts'
import { reportMatching } from '../usecases/report-matching.ts'
import { chanceOf } from './chance.ts'
import { createDeeds } from './deeds.ts'
import { type Diary, emptyDiary } from './diary.ts'
import type { Player } from './people.ts'
import { type Play, type PlayedShop, planOrders } from './play.ts'

const WEEK_DAYS = 7

export type WeeksRequest = {
  seed: number
  players: readonly Player[]
  shop: PlayedShop
  days: number
  ordersPerDay: number
  /** The last day by the calendar of the shop's zone. */
  lastDay: Temporal.PlainDate
  /**
   * What happens within so many hours happens at once. That is faster, but then one thing comes before the
   * other by chance; left out, a seed gives the same weeks again.
   */
  hoursAtOnce?: number
  /** What came of it is learnt after so many days; left out, after each. */
  learnEveryDays?: number
  /** After each day, counted from 0. */
  onDay?: (day: number) => void
}

/**
 * Plays some weeks of a shop through the use cases, a day at a time: what came of it is learnt, and each week
 * it is judged whether the model does worse than the preset voucher. The database's clock cannot be turned
 * on, so after each day the shop's past is moved back by one; orders are dated by the calendar.
 */
export async function playWeeks(app: AppContext, request: WeeksRequest): Promise<Diary> {
  const play = beginPlay(request)
  const { hoursAtOnce = 0, learnEveryDays = 1 } = request
  for (let day = 0; day < request.days; day++) {
    await playDay(app, play, { day, hoursAtOnce })
    await age(app.db, request.shop.merchantId, 1)
    await expireDueVouchers(app)
    await closeDueShares(app)
    if ((day + 1) % learnEveryDays === 0) await learn(app)
    if ((day + 1) % WEEK_DAYS === 0) await reportMatching(app, request.shop.merchantId)
    request.onDay?.(day)
  }
  await leaveUntold(app.db, request.shop.merchantId)
  return play.diary
}

function beginPlay({ lastDay, days, shop, ...request }: WeeksRequest): Play {
  const firstDay = lastDay.subtract({ days: days - 1 })
  const momentOf = (hour: number) => {
    const midnight = firstDay.toZonedDateTime(shop.zone)
    return new Date(midnight.epochMilliseconds + Math.round(hour * 3_600_000))
  }
  return { ...request, shop, momentOf, deeds: createDeeds(), diary: emptyDiary(), seen: new Set() }
}

/** What claims remember is read anew each day, however short it was in truth. */
async function playDay(
  app: AppContext,
  play: Play,
  { day, hoursAtOnce }: { day: number; hoursAtOnce: number },
): Promise<void> {
  const { seed, deeds, momentOf } = play
  const today: AppContext = { ...app, ...createClaimMemory() }
  planOrders(play, day)
  const take = () => deeds.next(24 * (day + 1), hoursAtOnce)
  let count = 0
  for (let next = take(); next.length > 0; next = take()) {
    await Promise.all(
      next.map(({ at, run }) => {
        const moment = momentOf(at)
        return run({ ...today, now: () => moment, draw: chanceOf(seed, 'draw', day, count++) })
      }),
    )
  }
}

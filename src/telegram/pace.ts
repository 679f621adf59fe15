import { setTimeout as delay } from 'node:timers/promises'
import { RateLimiterMemory, RateLimiterQueue, RateLimiterRes } from 'rate-limiter-flexible'

/** Sends something when its turn has come. */
export type Pace = <Sent>(chat: string | undefined, send: () => Promise<Sent>) => Promise<Sent>

/**
 * The limits of Telegram with some room: 25 messages in any second, one a second in a chat, 18 in any
 * minute in a group. Each is kept as one message at a time at a steady distance, since a window that
 * starts anew lets twice as many through where two of them meet.
 *
 * A chat is an id as Telegram writes it (a group's is negative) or a person's, `telegram:42`.
 */
export function createPace(): Pace {
  const overall = new RateLimiterQueue(new RateLimiterMemory({ points: 1, duration: 0.041 }))
  const perChat = new RateLimiterMemory({ points: 1, duration: 1 })
  const perGroup = new RateLimiterMemory({ points: 1, duration: 3.4 })
  const limiterOf = (chat: string): RateLimiterMemory => (isGroup(chat) ? perGroup : perChat)

  return async (chat, send) => {
    if (chat !== undefined) await turnOf(limiterOf(chat), chat)
    await overall.removeTokens(1)
    try {
      return await send()
    } finally {
      // A chat's distance counts from when the message has arrived, however long it was on its way.
      if (chat !== undefined) await limiterOf(chat).set(chat, 1, limiterOf(chat).duration)
    }
  }
}

async function turnOf(limiter: RateLimiterMemory, chat: string): Promise<void> {
  for (;;) {
    const wait = await limiter.consume(chat).then(() => 0, msBeforeNext)
    if (wait === 0) return
    await delay(wait)
  }
}

function msBeforeNext(refusal: unknown): number {
  if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext)
  throw refusal
}

function isGroup(chat: string): boolean {
  return /^(-|@)/.test(chat)
}

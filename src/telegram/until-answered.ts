import { setTimeout as delay } from 'node:timers/promises'

import type { AppContext } from '../context.ts'
import { BotApiError } from './call.ts'

/** Asks until Telegram answers. What it refuses for good is thrown: a wrong token, a wrong address. */
export async function untilAnswered<Answer>(
  log: AppContext['log'],
  signal: AbortSignal,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask()
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof BotApiError) || isFinal(error)) throw error
      log.warn({ err: error, attempt }, 'Telegram does not answer')
      const pauseMs = (error.retryAfterSeconds ?? Math.min(30, 2 ** attempt / 2)) * 1000
      await delay(pauseMs, undefined, { signal })
    }
  }
}

function isFinal({ code }: BotApiError): boolean {
  return code >= 400 && code < 500 && code !== 409 && code !== 429
}

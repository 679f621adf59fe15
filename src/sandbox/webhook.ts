import { dropExpired, type WaitingUpdate, type Webhook } from './world/updates.ts'
import type { World } from './world.ts'

const ANSWER_WITHIN_MS = 60_000
const LONGEST_PAUSE = 60

/**
 * Delivers updates to the bot's webhook as Telegram does: those of one chat or person one after
 * another, different ones side by side; what is not answered with 2xx is sent again at once, then
 * after 2, 4, 8 … pauses, until it expires. Returns how to stop.
 */
export function deliverByWebhook(
  world: World,
  { deliverTo, retryAfterMs = 1000 }: { deliverTo: string; retryAfterMs?: number },
): () => void {
  const stop = new AbortController()
  const busy = new Set<string>()

  const pump = () => {
    const { webhook } = world.updates
    if (!webhook || stop.signal.aborted) return
    dropExpired(world)
    for (const waiting of [...world.updates.waiting]) {
      if (busy.size >= webhook.maxConnections) return
      if (!busy.has(waiting.key)) void deliver(waiting, webhook)
    }
  }

  const deliver = async (waiting: WaitingUpdate, webhook: Webhook) => {
    busy.add(waiting.key)
    let pause = 0
    while (!(await post(world, deliverTo, webhook, waiting, stop.signal))) {
      const isOver = world.now().getTime() >= waiting.expiresAt
      if (isOver || stop.signal.aborted || world.updates.webhook !== webhook) break
      await new Promise((resolve) => setTimeout(resolve, pause * retryAfterMs).unref())
      pause = Math.min(Math.max(2, pause * 2), LONGEST_PAUSE)
    }
    busy.delete(waiting.key)
    pump()
  }

  world.updates.onQueued = pump
  return () => {
    world.updates.onQueued = undefined
    stop.abort()
  }
}

/** One attempt. A delivered update leaves the queue. */
async function post(
  world: World,
  deliverTo: string,
  webhook: Webhook,
  waiting: WaitingUpdate,
  stop: AbortSignal,
): Promise<boolean> {
  const { pathname, search } = new URL(webhook.url)
  try {
    const reply = await fetch(new URL(pathname + search, deliverTo), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(webhook.secretToken ? { 'x-telegram-bot-api-secret-token': webhook.secretToken } : {}),
      },
      body: JSON.stringify(waiting.update),
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    })
    await reply.body?.cancel()
    if (!reply.ok) throw new Error(`Wrong response from the webhook: ${reply.status}`)
    world.updates.waiting = world.updates.waiting.filter((one) => one !== waiting)
    return true
  } catch (error) {
    const date = Math.floor(world.now().getTime() / 1000)
    webhook.lastError = { date, message: String(error instanceof Error ? error.message : error) }
    return false
  }
}

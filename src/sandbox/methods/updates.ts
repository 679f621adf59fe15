import type { TelegramUpdate } from '@gramio/types'
import { isHttps, isPrivateHost } from '../links-allowed.ts'
import { conflict, misused, refused } from '../refusals.ts'
import { dropExpired, type UpdateQueue } from '../world/updates.ts'
import type { World } from '../world.ts'
import type { CallContext, Methods, Params } from './context.ts'

const WEBHOOK_PORTS = ['', '80', '88', '443', '8443']

export const updateMethods = {
  getUpdates: async (context, params) => {
    const { world } = context
    const { updates } = world
    if (updates.webhook) {
      throw conflict(
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      )
    }
    updates.poll?.end(
      'terminated by other getUpdates request; make sure that only one bot instance is running',
    )
    if (params.allowed_updates) allow(updates, params.allowed_updates)
    confirm(updates, params.offset ?? 0)
    if (firstUpdates(world, params).length === 0) await longPoll(context, params.timeout ?? 0)
    return firstUpdates(world, params)
  },

  setWebhook: ({ world }, params) => {
    if (params.url === '') return removeWebhook(world.updates, params.drop_pending_updates)
    checkWebhook(params)
    const { updates } = world
    updates.poll?.end('terminated by setWebhook request')
    if (params.drop_pending_updates) updates.waiting = []
    if (params.allowed_updates) allow(updates, params.allowed_updates)
    updates.webhook = {
      url: params.url,
      secretToken: params.secret_token,
      maxConnections: params.max_connections ?? 40,
      ipAddress: params.ip_address,
      lastError: undefined,
    }
    updates.onQueued?.()
    return true
  },

  deleteWebhook: ({ world }, params) => removeWebhook(world.updates, params.drop_pending_updates),

  getWebhookInfo: ({ world }) => {
    const { webhook, waiting, allowed } = world.updates
    return {
      url: webhook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: waiting.length,
      ...(webhook ? { max_connections: webhook.maxConnections } : {}),
      ...(webhook?.ipAddress ? { ip_address: webhook.ipAddress } : {}),
      ...(webhook?.lastError
        ? {
            last_error_date: webhook.lastError.date,
            last_error_message: webhook.lastError.message,
          }
        : {}),
      ...(allowed ? { allowed_updates: [...allowed] as AllowedUpdates } : {}),
    }
  },
} satisfies Methods

type AllowedUpdates = Exclude<keyof TelegramUpdate, 'update_id'>[]

/** An empty list means the default again. */
function allow(queue: UpdateQueue, kinds: readonly string[]): void {
  queue.allowed = kinds.length > 0 ? kinds : undefined
}

/** Forgets what is below the offset; a negative one keeps that many of the newest. */
function confirm(queue: UpdateQueue, offset: number): void {
  if (offset < 0) queue.waiting = queue.waiting.slice(offset)
  if (offset > 0) queue.waiting = queue.waiting.filter((one) => one.update.update_id >= offset)
}

function firstUpdates(world: World, params: Params<'getUpdates'>): TelegramUpdate[] {
  dropExpired(world)
  const limit = Math.min(Math.max(params.limit ?? 100, 1), 100)
  return world.updates.waiting.slice(0, limit).map((one) => one.update)
}

/** Waits until something is queued, the time is over or the caller has gone. */
async function longPoll({ world, signal }: CallContext, seconds: number): Promise<void> {
  if (seconds <= 0) return
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const poll = { wake: () => resolve(), end: (reason: string) => reject(conflict(reason)) }
  const timer = setTimeout(poll.wake, Math.min(seconds, 50) * 1000)
  signal.addEventListener('abort', poll.wake, { once: true })
  world.updates.poll = poll
  try {
    await promise
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', poll.wake)
    if (world.updates.poll === poll) world.updates.poll = undefined
  }
}

function checkWebhook(params: Params<'setWebhook'>): void {
  const url = URL.parse(params.url)
  if (url && !WEBHOOK_PORTS.includes(url.port)) {
    throw misused('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443')
  }
  if (!isHttps(params.url)) {
    throw misused('bad webhook: An HTTPS URL must be provided for webhook')
  }
  if (isPrivateHost(url?.hostname ?? '')) {
    throw refused(`bad webhook: IP address ${url?.hostname} is reserved`)
  }
}

function removeWebhook(queue: UpdateQueue, dropPending: boolean | undefined): true {
  queue.webhook = undefined
  if (dropPending) queue.waiting = []
  return true
}

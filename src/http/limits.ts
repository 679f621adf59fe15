import {
  normalizeIP,
  type RateLimitOptions,
  type RateLimitPluginOptions,
} from '@fastify/rate-limit'
import type { FastifyReply, FastifyRequest } from 'fastify'

import type { AppContext } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Server } from './server.ts'

const WINDOW_MS = 60_000
/** A whole group may share one address, so before anybody is verified the limit by address is wide. */
const WIDE = { max: 3000, timeWindow: WINDOW_MS }
/** A merchant's key speaks for all of their tills and for the shop's system. */
const PER_KEY = 6000
/** Ten thousand openers must not push one another out of memory. */
const REMEMBERED = 20_000

/**
 * What every route is limited by: who asks, or the address where nobody says who they are. Counted
 * together by all processes where there is a Redis.
 */
export async function limitOptions(app: AppContext): Promise<RateLimitPluginOptions> {
  const shared = app.config.REDIS_URL ? await redisOf(app, app.config.REDIS_URL) : undefined
  return {
    global: true,
    timeWindow: WIDE.timeWindow,
    max: mostOf(WIDE.max),
    keyGenerator: (request) => request.who || normalizeIP(request.ip),
    cache: REMEMBERED,
    ...(shared && { redis: shared, skipOnError: true, nameSpace: 'passalong:' }),
  }
}

/** A narrower limit by who asks, except for keys. */
export function perPerson(limit: { max: number; timeWindow: string }): {
  rateLimit: RateLimitOptions
} {
  return { rateLimit: { ...limit, max: mostOf(limit.max) } }
}

function mostOf(max: number): (request: FastifyRequest) => number {
  return ({ who, visitor }) => (who && !visitor ? PER_KEY : max)
}

type Identify = (request: FastifyRequest) => Promise<void>

/**
 * Lets in who can show who they are. Those who cannot are counted by their address: past the limit no
 * session and no key is looked at that comes from there, until the minute is over.
 */
export function createEntrance(server: Server, shared: boolean) {
  const failures = server.createRateLimit({
    ...WIDE,
    keyGenerator: (request) => `unknown:${normalizeIP(request.ip)}`,
  })
  let lastFailure = Number.NEGATIVE_INFINITY
  return (identify: Identify) => async (request: FastifyRequest, reply: FastifyReply) => {
    // while nobody shows anything wrong there is nothing to look up
    if (shared || performance.now() - lastFailure < WINDOW_MS) await refuseKnown(request, reply)
    try {
      await identify(request)
    } catch (error) {
      if (error instanceof AppError && error.status === 401) {
        lastFailure = performance.now()
        await failures(request)
      }
      throw error
    }
  }

  async function refuseKnown(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const before = await failures(request, { increment: false })
    if (before.isAllowed || !before.isExceeded) return
    reply.header('retry-after', before.ttlInSeconds)
    throw new AppError('ERR_TOO_MANY_REQUESTS', 'Too many requests. Wait a little.')
  }
}

async function redisOf(app: AppContext, url: string) {
  const { Redis } = await import('ioredis')
  const redis = new Redis(url, {
    connectTimeout: 500,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
  })
  redis.on('error', (err: unknown) => app.log.warn({ err }, 'redis is away: limits are not shared'))
  return redis
}

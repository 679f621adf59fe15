import type { RateLimitOptions, RateLimitPluginOptions } from '@fastify/rate-limit'
import type { AppContext } from '../context.ts'

/** A whole group may share one address, so before anybody is verified the limit by address is wide. */
const PER_ADDRESS = { max: 3000, timeWindow: '1 minute' }
/** Ten thousand openers must not push one another out of memory. */
const REMEMBERED = 20_000

/** What every route is limited by; counted together by all processes where there is a Redis. */
export async function limitOptions(app: AppContext): Promise<RateLimitPluginOptions> {
  const shared = app.config.REDIS_URL ? await redisOf(app, app.config.REDIS_URL) : undefined
  return {
    global: true,
    ...PER_ADDRESS,
    cache: REMEMBERED,
    ...(shared && { redis: shared, skipOnError: true, nameSpace: 'passalong:' }),
  }
}

/** A limit by who asks, after they were verified. */
export function perPerson(limit: { max: number; timeWindow: string }): {
  rateLimit: RateLimitOptions
} {
  return {
    rateLimit: {
      ...limit,
      hook: 'preHandler',
      keyGenerator: (request) => request.who,
      groupId: `${limit.max}/${limit.timeWindow}`,
    },
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

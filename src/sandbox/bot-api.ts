import fastify from 'fastify'
import { botRoutes } from './bot-routes.ts'
import { readRules } from './rules/rules.ts'
import { simRoutes } from './sim-routes.ts'
import { deliverByWebhook } from './webhook.ts'
import { createWorld, type World, type WorldOptions } from './world.ts'

export interface BotApiOptions extends WorldOptions {
  host?: '127.0.0.1'
  /** Left out: any free one. */
  port?: number
  /**
   * Where the https address that the bot gives to setWebhook is really to be found, for example
   * `http://127.0.0.1:3000`. Left out, nothing is delivered by webhook.
   */
  webhook?: { deliverTo: string; retryAfterMs?: number }
}

export interface BotApi extends AsyncDisposable {
  /** Give it to the bot as `TELEGRAM_API_ROOT`; `/sim/*` is there as well. */
  url: string
  world: World
  close: () => Promise<void>
}

/** Starts Telegram on this machine: the Bot API for one bot, and `/sim/*` for people. */
export async function startBotApi(options: BotApiOptions): Promise<BotApi> {
  const host = options.host ?? '127.0.0.1'
  if (host !== '127.0.0.1') throw new Error('The sandbox listens on 127.0.0.1 only.')
  const world = createWorld(options)
  const rules = readRules()
  const server = fastify({ forceCloseConnections: true })
  await server.register(async (scope) => botRoutes(scope, world, rules))
  await server.register(async (scope) => simRoutes(scope, world))
  server.setNotFoundHandler((_, reply) =>
    reply.code(404).send({ ok: false, error_code: 404, description: 'Not Found' }),
  )
  const url = await server.listen({ host, port: options.port ?? 0 })
  const stopDelivery = options.webhook ? deliverByWebhook(world, options.webhook) : undefined

  const close = async () => {
    stopDelivery?.()
    await server.close()
  }
  return { url, world, close, [Symbol.asyncDispose]: close }
}

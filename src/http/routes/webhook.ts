import { createHash, timingSafeEqual } from 'node:crypto'
import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { receiveUpdate } from '../../usecases/receive-update.ts'
import type { Server } from '../server.ts'

const Update = Type.Object({
  update_id: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
})

/** Updates from Telegram: the secret is checked before the body is read, the update is stored, then 200. */
export function webhookRoutes(server: Server, app: AppContext): void {
  server.post(
    '/telegram/webhook',
    {
      bodyLimit: 1024 * 1024,
      schema: { hide: true, body: Update },
      onRequest: async (request) => {
        const given = request.headers['x-telegram-bot-api-secret-token']
        if (typeof given !== 'string' || !isSecret(given, app.config.WEBHOOK_SECRET)) {
          throw new AppError('ERR_WEBHOOK_SECRET_INVALID', 'Telegram did not send this.')
        }
      },
      config: { rateLimit: false },
    },
    async (request) => {
      await receiveUpdate(app, { botId: app.bot.id, update: request.body })
      return { ok: true }
    },
  )
}

/** In constant time: what is compared are digests. */
function isSecret(given: string, secret: string | undefined): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return secret !== undefined && timingSafeEqual(digest(given), digest(secret))
}

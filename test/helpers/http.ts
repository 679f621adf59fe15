import type { AppContext } from '../../src/context.ts'
import { buildHttp } from '../../src/http/app.ts'
import type { Server } from '../../src/http/server.ts'
import { signInitData } from '../../src/tokens/init-data.ts'

/** The HTTP server of an app, closed when disposed of. */
export async function testHttp(app: AppContext): Promise<Server & AsyncDisposable> {
  const server = await buildHttp(app)
  return Object.assign(server, { [Symbol.asyncDispose]: () => server.close() })
}

/** initData as Telegram would sign it for this person. */
export function initDataOf(
  app: AppContext,
  userId: number,
  fields: Record<string, string> = {},
): string {
  const signed = new Map(
    Object.entries({
      auth_date: String(Math.floor(app.now().getTime() / 1000)),
      user: JSON.stringify({ id: userId, first_name: 'Ana', language_code: 'en' }),
      ...fields,
    }),
  )
  return new URLSearchParams([...signed, ['hash', signInitData(signed, app.bot.token)]]).toString()
}

/** The header of a session that this person has. */
export async function sessionOf(app: AppContext, userId: number, signedAt = app.now()) {
  return {
    authorization: `Bearer ${app.tokens.sealSession({ personId: `telegram:${userId}`, signedAt })}`,
  }
}

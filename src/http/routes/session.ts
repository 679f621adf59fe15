import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { readInitData } from '../../tokens/init-data.ts'
import { touchPerson } from '../../usecases/touch-person.ts'
import { Body } from '../schemas.ts'
import type { Server } from '../server.ts'

const SessionBody = Body({ initData: Type.String({ minLength: 1, maxLength: 8192 }) })
const SessionReply = Type.Object({
  session: Type.String(),
  customer: Type.Object({ personId: Type.String(), language: Type.String() }),
  startParam: Type.Optional(Type.String()),
})

/** Trades what Telegram signed for a session of an hour. */
export function sessionRoutes(server: Server, app: AppContext): void {
  server.post(
    '/v1/session',
    {
      schema: { tags: ['people'], body: SessionBody, response: { 200: SessionReply } },
    },
    async (request) => {
      const opener = readInitData(request.body.initData, app.bot.token, app.now())
      const personId = `telegram:${opener.userId}`
      const { language } = await touchPerson(app, {
        personId,
        language: opener.languageCode,
        ...(opener.allowsWriteToPm && { reachable: true }),
      })
      const session = await app.tokens.sealSession({ personId, signedAt: opener.signedAt })
      return {
        session,
        customer: { personId, language },
        ...(opener.startParam !== undefined && { startParam: opener.startParam }),
      }
    },
  )
}

import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { openSession } from '../../usecases/open-session.ts'
import { Body } from '../fields.ts'
import type { Server } from '../server.ts'

const SessionBody = Body({ initData: Type.String({ minLength: 1, maxLength: 8192 }) })
const SessionReply = Type.Object({
  session: Type.String(),
  customer: Type.Object({ personId: Type.String(), language: Type.String() }),
  roles: Type.Array(
    Type.Object({
      merchantId: Type.String(),
      merchantName: Type.String(),
      role: Type.Enum(['owner', 'manager', 'cashier', 'analyst']),
      currency: Type.String(),
    }),
  ),
  startParam: Type.Optional(Type.String()),
})

/** Trades what Telegram signed for a session of an hour. */
export function sessionRoutes(server: Server, app: AppContext): void {
  server.post(
    '/v1/session',
    {
      schema: {
        tags: ['people'],
        security: [],
        body: SessionBody,
        response: { 200: SessionReply },
      },
    },
    (request) => openSession(app, request.body.initData),
  )
}

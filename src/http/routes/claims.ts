import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { claimShare } from '../../usecases/claim-share.ts'
import { Body, Token } from '../fields.ts'
import { perPerson } from '../limits.ts'
import { Voucher } from '../schemas.ts'
import type { Server } from '../server.ts'
import { visitorOf } from '../who.ts'

const ClaimBody = Body({ token: Token })
const ClaimReply = Type.Object({
  result: Type.Enum([
    'allocated',
    'repeated',
    'fallback',
    'exhausted',
    'expired',
    'revoked',
    'ineligible',
  ]),
  reason: Type.Optional(
    Type.String({
      description:
        'Why it is the preset voucher: `stranger`, `not_personal` (as they asked), `control` (the share ' +
        'compared with), `paced` (the budget must last), `stop_loss` (matching does worse), `fault`, `none_left` or ' +
        '`…_used_up`; or why there is none.',
    }),
  ),
  voucher: Type.Optional(Voucher),
  merchantName: Type.String(),
})

/** Opening a shared link. */
export function claimRoutes(server: Server, app: AppContext): void {
  server.post(
    '/v1/claims',
    {
      schema: { tags: ['people'], body: ClaimBody, response: { 200: ClaimReply } },
      config: perPerson({ max: 10, timeWindow: '1 minute' }),
    },
    async (request) => {
      const { personId } = visitorOf(request)
      return claimShare(app, { personId, by: { kind: 'token', token: request.body.token } })
    },
  )
}
